import { type Disposable, Hover, languages, MarkdownString } from 'vscode';
import { toRange } from './convert.ts';
import { selector, toDocument } from './documents.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import type { PartLoader } from './parts.ts';

/** Shows what is known about an address, a prefix or a finding under the pointer. */
export function registerHover(engine: Engine, parts: PartLoader, boundary: ErrorBoundary): Disposable {
  return languages.registerHoverProvider(selector, {
    provideHover: (document, position) =>
      boundary.runLater('show a hover', async () => {
        const found = await engine.analyse(document);
        if (found === undefined) return undefined;
        const { analysis, service } = found;
        const hover = service.hover(toDocument(document), analysis.lines.offset(position));
        if (hover === undefined) return undefined;
        const text = hover.rules.length === 0 ? hover.markdown : (await parts.load('help')).withExplanations(hover);
        return text === '' ? undefined : new Hover(new MarkdownString(text), toRange(hover.span, analysis.lines));
      }),
  });
}

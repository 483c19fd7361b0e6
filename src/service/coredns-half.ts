import {
  type CorednsKind,
  formatCorefiles,
  lowerCoredns,
  mayBeJsonConfigMap,
  parseCoredns,
  recogniseCoredns,
  renderCorednsChange,
} from '../coredns/index.ts';
import { type Document, fileName, isJson } from './document.ts';
import { type ParsedDocument, renderEach, withContent } from './parsed-document.ts';

export { corednsCompletions, isInCorefile } from './coredns-completion.ts';
export { corednsHoverAt } from './coredns-hover.ts';
export { corednsFolds, corednsOutline } from './coredns-outline.ts';
export { generatedPaths, lowerGenerated } from './generated-keys.ts';

/** Parses a document as a Corefile or as ConfigMaps for CoreDNS; undefined where it is neither. */
export function parseCorednsDocument(document: Document): ParsedDocument | undefined {
  if (isJson(document)) return mayBeJsonConfigMap(document.text) ? corednsDocument(document, 'yaml') : undefined;
  const kind = recogniseCoredns(document.text, corednsName(document));
  return kind === undefined ? undefined : corednsDocument(document, kind);
}

/** The name to recognise a document by; an editor knows the language of documents that have no name yet. */
function corednsName({ languageId, uri }: Document): string {
  const name = fileName(uri);
  if (languageId === 'corefile') return /.\.(?:override|server)$/.test(name) ? name : 'Corefile';
  return languageId === 'yaml' ? 'document.yaml' : name;
}

function corednsDocument(document: Document, kind: CorednsKind): ParsedDocument {
  const file = parseCoredns(document.text, kind, document.uri);
  return withContent(
    {
      document,
      language: 'coredns',
      errors: file.errors,
      comments: file.comments,
      syntaxRule: 'corefile-syntax',
      render: (changes) =>
        renderEach(
          changes,
          () => undefined,
          (change) => renderCorednsChange(file, change),
        ),
    },
    () => ({
      kind: 'coredns',
      model: lowerCoredns(file),
      format: (step, range) => formatCorefiles(file, step, range),
    }),
  );
}

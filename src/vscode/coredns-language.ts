import {
  CodeAction,
  CodeActionKind,
  CompletionItem,
  CompletionItemKind,
  Disposable,
  DocumentSymbol,
  FoldingRange,
  type FormattingOptions,
  languages,
  type Range,
  SymbolKind,
  type TextDocument,
  TextEdit,
  WorkspaceEdit,
} from 'vscode';
import type { LineIndex } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { Analysis } from '../service/analysis.ts';
import type { CorednsCompletion } from '../service/coredns-completion.ts';
import type { OutlineEntry } from '../service/coredns-outline.ts';
import { toRange, toSpan } from './convert.ts';
import { toDocument } from './documents.ts';
import type { Analysed, Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** Where Corefile text may stand. */
const selector = [{ language: 'corefile' }, { language: 'yaml' }];

/** Most YAML is none of ours, so formatting it is offered as an action and never as the formatter of the language. */
const formatAction = CodeActionKind.Source.append('formatCorefile.aksnet');

/** Completion, outline, folding and formatting of Corefile text, in files of its own and in ConfigMaps. */
export function registerCorednsLanguage(engine: Engine, boundary: ErrorBoundary): Disposable {
  const analyse = async (document: TextDocument): Promise<Analysed | undefined> => {
    const found = await engine.analyse(document);
    return found?.analysis.language === 'coredns' ? found : undefined;
  };
  return Disposable.from(
    languages.registerCompletionItemProvider(selector, {
      provideCompletionItems: (document, position) =>
        boundary.runLater('offer completions', async () => {
          const found = await analyse(document);
          if (found === undefined) return [];
          const { lines } = found.analysis;
          const offers = found.service.completions(toDocument(document), lines.offset(position));
          return offers.map((offer) => toCompletionItem(offer, lines));
        }),
    }),
    languages.registerDocumentSymbolProvider(selector, {
      provideDocumentSymbols: (document) =>
        boundary.runLater('make an outline', async () => {
          const found = await analyse(document);
          if (found === undefined) return [];
          const { lines } = found.analysis;
          return found.service.outline(toDocument(document)).map((entry) => toSymbol(entry, lines));
        }),
    }),
    languages.registerFoldingRangeProvider(selector, {
      provideFoldingRanges: (document) =>
        boundary.runLater('find folds', async () => {
          const found = await analyse(document);
          // Without an answer, the editor folds by indentation.
          return found?.service
            .folds(toDocument(document))
            ?.map(({ startLine, endLine }) => new FoldingRange(startLine, endLine));
        }),
    }),
    languages.registerDocumentFormattingEditProvider(
      { language: 'corefile' },
      {
        provideDocumentFormattingEdits: (document, options) =>
          boundary.runLater('format a Corefile', async () =>
            format((await analyse(document))?.analysis, stepOf(options)),
          ),
      },
    ),
    languages.registerDocumentRangeFormattingEditProvider(
      { language: 'corefile' },
      {
        provideDocumentRangeFormattingEdits: (document, range, options) =>
          boundary.runLater('format a selection', async () =>
            format((await analyse(document))?.analysis, stepOf(options), range),
          ),
      },
    ),
    languages.registerCodeActionsProvider(
      { language: 'yaml' },
      {
        provideCodeActions: (document, range, { only }) =>
          boundary.runLater('offer to format', async () => {
            if (only === undefined || !only.intersects(formatAction)) return [];
            return formatActions(document, (await analyse(document))?.analysis, range);
          }),
      },
      { providedCodeActionKinds: [formatAction] },
    ),
  );
}

const itemKinds: Readonly<Record<CorednsCompletion['kind'], CompletionItemKind>> = {
  plugin: CompletionItemKind.Function,
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  snippet: CompletionItemKind.Reference,
};

function toCompletionItem(
  { label, kind, detail, documentation, span }: CorednsCompletion,
  lines: LineIndex,
): CompletionItem {
  const item = new CompletionItem({ label, ...(detail !== '' && { detail: ` ${detail}` }) }, itemKinds[kind]);
  item.range = toRange(span, lines);
  if (documentation !== '') item.documentation = documentation;
  return item;
}

const symbolKinds: Readonly<Record<OutlineEntry['kind'], SymbolKind>> = {
  'config-map': SymbolKind.File,
  key: SymbolKind.Key,
  'server-block': SymbolKind.Namespace,
  snippet: SymbolKind.Module,
  plugin: SymbolKind.Function,
};

function toSymbol({ name, detail, kind, span, nameSpan, children }: OutlineEntry, lines: LineIndex): DocumentSymbol {
  const symbol = new DocumentSymbol(name, detail, symbolKinds[kind], toRange(span, lines), toRange(nameSpan, lines));
  symbol.children = children.map((child) => toSymbol(child, lines));
  return symbol;
}

function stepOf({ insertSpaces, tabSize }: FormattingOptions): string {
  return insertSpaces ? ' '.repeat(tabSize) : '\t';
}

function format(analysis: Analysis | undefined, step: string, range?: Range): TextEdit[] {
  if (analysis?.parsed.content.kind !== 'coredns') return [];
  const { lines, document } = analysis;
  const whole: Span = { start: 0, end: document.text.length };
  const edits = analysis.parsed.content.format(step, range === undefined ? whole : toSpan(range, lines));
  return edits.map(({ span, newText }) => TextEdit.replace(toRange(span, lines), newText));
}

/** YAML is not indented with tabs, and the examples of AKS indent Corefiles by four spaces. */
const yamlStep = '    ';

function formatActions(document: TextDocument, analysis: Analysis | undefined, range: Range): CodeAction[] {
  const edits = format(analysis, yamlStep, range.isEmpty ? undefined : range);
  if (edits.length === 0) return [];
  const action = new CodeAction('Format the Corefile text', formatAction);
  action.edit = new WorkspaceEdit();
  action.edit.set(document.uri, edits);
  return [action];
}

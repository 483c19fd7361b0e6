import {
  CompletionItem,
  CompletionItemKind,
  Disposable,
  languages,
  MarkdownString,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  window,
} from 'vscode';
import arm from '../../snippets/arm.json' with { type: 'json' };
import bicep from '../../snippets/bicep.json' with { type: 'json' };
import corefile from '../../snippets/corefile.json' with { type: 'json' };
import corefileYaml from '../../snippets/corefile-yaml.json' with { type: 'json' };
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** One snippet of a snippet file as VS Code defines it. */
interface Snippet {
  readonly prefix: string | readonly string[];
  readonly body: string | readonly string[];
  readonly description?: string;
}

type SnippetFile = Readonly<Record<string, Snippet>>;

/**
 * Languages whose snippets are offered by us, only where they fit: any JSON or YAML file has them, or they are another
 * extension's. The manifest offers those of the languages that are ours.
 */
const foreignLanguages = [
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'arm-template' },
  { language: 'yaml' },
];

/** Offers the snippets as a command, and in completions of JSON and YAML files that are ours or still empty. */
export function registerSnippets(engine: Engine, boundary: ErrorBoundary): Disposable {
  return Disposable.from(
    boundary.registerCommand('aksnet.insertSnippet', 'insert a snippet', insertSnippet),
    languages.registerCompletionItemProvider(foreignLanguages, {
      provideCompletionItems: (document, position) =>
        boundary.run('offer snippets', () =>
          isBlank(document) || engine.analyse(document) !== undefined ? completions(document, position) : undefined,
        ),
    }),
  );
}

async function insertSnippet(name?: unknown): Promise<void> {
  const editor = window.activeTextEditor;
  const file = editor === undefined ? undefined : snippetsFor(editor.document.languageId);
  if (editor === undefined || file === undefined) {
    await window.showInformationMessage(
      'Open a Bicep, ARM JSON, CoreDNS YAML or Corefile document to insert a snippet.',
    );
    return;
  }
  const chosen = typeof name === 'string' ? name : await chooseSnippet(file);
  const snippet = chosen === undefined ? undefined : file[chosen];
  if (snippet !== undefined) await editor.insertSnippet(new SnippetString(bodyOf(snippet)));
}

async function chooseSnippet(file: SnippetFile): Promise<string | undefined> {
  const items = Object.entries(file).map(([name, snippet]) => ({
    label: name,
    description: prefixOf(snippet),
    ...(snippet.description === undefined ? {} : { detail: snippet.description }),
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'AKS Network: Insert Snippet',
    placeHolder: 'A snippet for this document',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.label;
}

function completions(document: TextDocument, position: Position): CompletionItem[] {
  const before = document.lineAt(position).text.slice(0, position.character);
  const typed = /[\w-]*$/.exec(before)?.[0] ?? '';
  const range = new Range(position.translate(0, -typed.length), position);
  return Object.entries(snippetsFor(document.languageId) ?? {}).map(([name, snippet]) => {
    const item = new CompletionItem({ label: prefixOf(snippet), description: name }, CompletionItemKind.Snippet);
    item.insertText = new SnippetString(bodyOf(snippet));
    item.range = range;
    item.documentation = new MarkdownString(snippet.description ?? name);
    return item;
  });
}

function snippetsFor(languageId: string): SnippetFile | undefined {
  switch (languageId) {
    case 'bicep':
      return bicep;
    case 'json':
    case 'jsonc':
    case 'arm-template':
      return arm;
    case 'yaml':
      return corefileYaml;
    case 'corefile':
      return corefile;
    default:
      return undefined;
  }
}

function isBlank(document: TextDocument): boolean {
  // The word that is being typed stands in the document already.
  return document.lineCount < 20 && /^\s*[\w-]*\s*$/.test(document.getText());
}

function prefixOf(snippet: Snippet): string {
  return typeof snippet.prefix === 'string' ? snippet.prefix : (snippet.prefix[0] ?? '');
}

function bodyOf(snippet: Snippet): string {
  return typeof snippet.body === 'string' ? snippet.body : snippet.body.join('\n');
}

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
  Uri,
  window,
  workspace,
} from 'vscode';
import { toDocument } from './documents.ts';
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
export function registerSnippets(extensionUri: Uri, engine: Engine, boundary: ErrorBoundary): Disposable {
  const files = new SnippetFiles(extensionUri);
  return Disposable.from(
    boundary.registerCommand('aksnet.insertSnippet', 'insert a snippet', (name) => insertSnippet(files, name)),
    languages.registerCompletionItemProvider(foreignLanguages, {
      provideCompletionItems: (document, position) =>
        boundary.runLater('offer snippets', async () => {
          if (!isBlank(document) && !(await isPlaceFor(engine, document, position))) return undefined;
          return completions((await files.forLanguage(document.languageId)) ?? {}, document, position);
        }),
    }),
  );
}

/** Whether a document is one of ours. In the Corefile text of a ConfigMap the editor offers the snippets of Corefiles. */
async function isPlaceFor(engine: Engine, document: TextDocument, position: Position): Promise<boolean> {
  const found = await engine.analyse(document);
  if (found === undefined) return false;
  return !found.service.isInCorefile(toDocument(document), found.analysis.lines.offset(position));
}

/** The files of snippets, read when they are first needed. */
class SnippetFiles {
  private readonly extensionUri: Uri;
  private readonly read = new Map<string, Promise<SnippetFile>>();

  constructor(extensionUri: Uri) {
    this.extensionUri = extensionUri;
  }

  /** The snippets for documents of a language; undefined where there are none. */
  forLanguage(languageId: string): Promise<SnippetFile> | undefined {
    const path = pathFor(languageId);
    if (path === undefined) return undefined;
    const known = this.read.get(path) ?? readSnippets(Uri.joinPath(this.extensionUri, path));
    this.read.set(path, known);
    return known;
  }
}

async function readSnippets(uri: Uri): Promise<SnippetFile> {
  return JSON.parse(new TextDecoder().decode(await workspace.fs.readFile(uri))) as SnippetFile;
}

async function insertSnippet(files: SnippetFiles, name?: unknown): Promise<void> {
  const editor = window.activeTextEditor;
  const file = editor === undefined ? undefined : await files.forLanguage(editor.document.languageId);
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

function completions(file: SnippetFile, document: TextDocument, position: Position): CompletionItem[] {
  const before = document.lineAt(position).text.slice(0, position.character);
  const typed = /[\w-]*$/.exec(before)?.[0] ?? '';
  const range = new Range(position.translate(0, -typed.length), position);
  return Object.entries(file).map(([name, snippet]) => {
    const item = new CompletionItem({ label: prefixOf(snippet), description: name }, CompletionItemKind.Snippet);
    item.insertText = new SnippetString(bodyOf(snippet));
    item.range = range;
    item.documentation = new MarkdownString(snippet.description ?? name);
    return item;
  });
}

function pathFor(languageId: string): string | undefined {
  switch (languageId) {
    case 'bicep':
      return 'snippets/bicep.json';
    case 'json':
    case 'jsonc':
    case 'arm-template':
      return 'snippets/arm.json';
    case 'yaml':
      return 'snippets/corefile-yaml.json';
    case 'corefile':
      return 'snippets/corefile.json';
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

import { commands, Disposable, EventEmitter, env, Range, UIKind, Uri, window, workspace } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import type { BlamedPlace } from '../service/explain.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { type Links, linkTo } from './links.ts';
import type { PartLoader, Parts } from './parts.ts';
import { showPreview } from './preview.ts';
import { rulePageLink } from './rule-pages.ts';

/** The document that holds the explanation; a new one replaces it. */
const pageUri = Uri.from({ scheme: 'aksnet-explanation', path: '/What the error means.md' });

/** Explains an error that a person has selected, copied or types, and shows the explanation as a page. */
export function registerExplain(engine: Engine, parts: PartLoader, links: Links, boundary: ErrorBoundary): Disposable {
  const changed = new EventEmitter<Uri>();
  let page: Page = { text: '', places: [] };
  links.on('places', async (index) => {
    const place = page.places[Number(index)];
    if (place !== undefined) await showPlace(place);
  });
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(pageUri.scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => page.text,
    }),
    boundary.registerCommand('aksnet.explainError', 'explain an error', async (given) => {
      const help = await parts.load('help');
      const text = typeof given === 'string' ? given : await chooseText(help);
      if (text === undefined || text.trim() === '') return;
      page = await makePage(text, engine, help);
      changed.fire(pageUri);
      await showPreview(pageUri);
    }),
  );
}

/** The selection; else what was copied, if it can be explained; else what a person types. */
async function chooseText({ explain }: Parts['help']): Promise<string | undefined> {
  const editor = window.activeTextEditor;
  const selected = editor?.document.getText(editor.selection) ?? '';
  if (selected.trim() !== '') return selected;
  // A browser asks before it shows what was copied, and the editor complains where the answer was no.
  const copied = env.uiKind === UIKind.Desktop ? await env.clipboard.readText() : '';
  if (explain(copied).length > 0) return copied;
  return window.showInputBox({
    title: 'AKS Network: Explain Error',
    prompt: 'Paste an error code, a message or a log of Azure, AKS or CoreDNS',
    placeHolder: 'InsufficientSubnetSize, exit status=52, Unknown directive ...',
  });
}

interface Page {
  readonly text: string;
  /** Where the links of the text lead. They name a place by its number: a preview shows no link to a file. */
  readonly places: readonly Place[];
}

interface Place {
  readonly uri: Uri;
  /** Counted from 0. */
  readonly line: number;
}

async function makePage(text: string, engine: Engine, { explain, explanationPage }: Parts['help']): Promise<Page> {
  await engine.prepare(workspace.textDocuments);
  const open = workspace.textDocuments.flatMap((document) => engine.analyseNow(document)?.analysis ?? []);
  const places: Place[] = [];
  const explanation = explanationPage(explain(text, open), {
    place: (blamed) => {
      const place = placeOf(blamed, open);
      places.push(place);
      const name = workspace.asRelativePath(place.uri).replace(/[\\[\]]/g, '\\$&');
      return `[${name}:${place.line + 1}](<${linkTo('places', String(places.length - 1)).toString()}>)`;
    },
    rule: (id) => `[${id}](<${rulePageLink(id).toString()}>)`,
  });
  return { text: explanation, places };
}

function placeOf({ location }: BlamedPlace, open: readonly Analysis[]): Place {
  const analysis = open.find(({ document }) => document.uri === location.uri);
  return { uri: Uri.parse(location.uri), line: analysis?.lines.position(location.span.start).line ?? 0 };
}

async function showPlace({ uri, line }: Place): Promise<void> {
  await commands.executeCommand('vscode.open', uri, { selection: new Range(line, 0, line, 0) });
}

import { Disposable, EventEmitter, env, UIKind, Uri, window, workspace } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import type { BlamedPlace } from '../service/explain.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import type { PartLoader, Parts } from './parts.ts';
import { showPreview } from './preview.ts';
import { rulePageLink } from './rule-pages.ts';

/** The document that holds the explanation; a new one replaces it. */
const pageUri = Uri.from({ scheme: 'aksnet-explanation', path: '/What the error means.md' });

/** Explains an error that a person has selected, copied or types, and shows the explanation as a page. */
export function registerExplain(engine: Engine, parts: PartLoader, boundary: ErrorBoundary): Disposable {
  const changed = new EventEmitter<Uri>();
  let page = '';
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(pageUri.scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => page,
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

async function makePage(text: string, engine: Engine, { explain, explanationPage }: Parts['help']): Promise<string> {
  await engine.prepare(workspace.textDocuments);
  const open = workspace.textDocuments.flatMap((document) => engine.analyseNow(document)?.analysis ?? []);
  return explanationPage(explain(text, open), {
    place: (place) => placeLink(place, open),
    rule: (id) => `[${id}](<${rulePageLink(id).toString()}>)`,
  });
}

function placeLink({ location }: BlamedPlace, open: readonly Analysis[]): string {
  const uri = Uri.parse(location.uri);
  const analysis = open.find(({ document }) => document.uri === location.uri);
  const line = (analysis?.lines.position(location.span.start).line ?? 0) + 1;
  const name = workspace.asRelativePath(uri).replace(/[\\[\]]/g, '\\$&');
  return `[${name}:${line}](<${uri.with({ fragment: `L${line}` }).toString()}>)`;
}

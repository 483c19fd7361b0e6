import { Disposable, languages, type TextDocument, window, workspace } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import { toDiagnostic } from './convert.ts';
import { isCandidate } from './documents.ts';
import { type Analysed, type Engine, linesFor } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { rulePageLink } from './rule-pages.ts';

/** Milliseconds of quiet after a keystroke before documents are analysed again. */
const typingPause = 120;

/** Milliseconds of work before whatever else the editor asks for has its turn. */
const slice = 8;

/** Keeps the findings of every open document on show while it is edited. */
export function registerDiagnostics(engine: Engine, boundary: ErrorBoundary): Disposable {
  const collection = languages.createDiagnosticCollection('aksnet');
  /** What is on show, by document. */
  const shown = new Map<string, Analysis>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** How often a run was asked for; the last one counts. */
  let runs = 0;

  /** Analyses later what stands there then, so no result is ever older than its text. */
  function schedule(delay: number): void {
    clearTimeout(timer);
    runs++;
    timer = setTimeout(() => void refresh(), delay);
  }

  /**
   * A change in one document can change what is known about those that use it; the others cost next to nothing. A run
   * ends as soon as there is reason for another.
   */
  async function refresh(): Promise<void> {
    const run = runs;
    await boundary.runLater('load the engine', () => engine.prepare(workspace.textDocuments));
    if (run !== runs) return;
    let since = Date.now();
    for (const document of inOrderOfInterest(workspace.textDocuments.filter(isCandidate))) {
      await boundary.runLater(`analyse ${document.uri.path}`, async () => {
        let isPartOnShow = false;
        for (const _ of engine.analyseInSteps(document)) {
          if (Date.now() - since < slice) continue;
          // What the file says of itself is there at once; what its callers say of it follows.
          if (!isPartOnShow) show(document, engine.analyseSoFar(document));
          isPartOnShow = true;
          await nextTurn();
          if (run !== runs) return;
          since = Date.now();
        }
        show(document, engine.analyseNow(document));
      });
      if (run !== runs) return;
    }
    await boundary.runLater('read referenced files', async () => {
      if (await engine.readReferencedFiles()) schedule(0);
    });
  }

  function show(document: TextDocument, found: Analysed | undefined): void {
    const key = document.uri.toString();
    if (document.isClosed || found?.analysis === shown.get(key)) return;
    if (found === undefined) {
      hide(document);
      return;
    }
    const { analysis } = found;
    shown.set(key, analysis);
    const linesOf = linesFor(found);
    collection.set(
      document.uri,
      analysis.diagnostics.map((diagnostic) => toDiagnostic(diagnostic, linesOf, rulePageLink(diagnostic.rule))),
    );
  }

  function hide(document: TextDocument): void {
    shown.delete(document.uri.toString());
    collection.delete(document.uri);
  }

  schedule(0);
  return Disposable.from(
    collection,
    workspace.onDidOpenTextDocument((document) => {
      if (isCandidate(document)) schedule(0);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && isCandidate(document)) schedule(typingPause);
    }),
    workspace.onDidCloseTextDocument((document) => {
      if (!isCandidate(document)) return;
      hide(document);
      engine.close(document);
      schedule(0);
    }),
    engine.onDidChange(() => schedule(0)),
    new Disposable(() => {
      clearTimeout(timer);
      runs++;
    }),
  );
}

/** The document that is being edited first, then those on screen, then the others. */
function inOrderOfInterest(documents: readonly TextDocument[]): readonly TextDocument[] {
  const visible = [window.activeTextEditor, ...window.visibleTextEditors].flatMap((editor) => editor?.document ?? []);
  const rank = (document: TextDocument): number =>
    visible.includes(document) ? visible.indexOf(document) : visible.length;
  return [...documents].sort((a, b) => rank(a) - rank(b));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

import { Disposable, languages, type TextDocument, workspace } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import { toDiagnostic } from './convert.ts';
import { isCandidate } from './documents.ts';
import { type Engine, linesFor } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { rulePageLink } from './rule-pages.ts';

/** Milliseconds of quiet after a keystroke before documents are analysed again. */
const typingPause = 120;

/** Keeps the findings of every open document on show while it is edited. */
export function registerDiagnostics(engine: Engine, boundary: ErrorBoundary): Disposable {
  const collection = languages.createDiagnosticCollection('aksnet');
  /** What is on show, by document. */
  const shown = new Map<string, Analysis>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Analyses later what stands there then, so no result is ever older than its text. */
  function schedule(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), delay);
  }

  /** A change in one document can change what is known about those that use it; the others cost next to nothing. */
  async function refresh(): Promise<void> {
    await boundary.runLater('load the engine', () => engine.prepare(workspace.textDocuments));
    for (const document of workspace.textDocuments) {
      if (isCandidate(document)) boundary.run(`analyse ${document.uri.path}`, () => show(document));
    }
    await boundary.runLater('read referenced files', async () => {
      if (await engine.readReferencedFiles()) schedule(0);
    });
  }

  function show(document: TextDocument): void {
    const key = document.uri.toString();
    const found = engine.analyseNow(document);
    if (found?.analysis === shown.get(key)) return;
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
    new Disposable(() => clearTimeout(timer)),
  );
}

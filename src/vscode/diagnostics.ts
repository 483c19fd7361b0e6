import { Disposable, languages, type TextDocument, workspace } from 'vscode';
import { toDiagnostic } from './convert.ts';
import { isCandidate } from './documents.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';
import { rulePageLink } from './rule-pages.ts';

/** Milliseconds of quiet after a keystroke before the document is analysed again. */
const typingPause = 120;

/** Keeps the findings of every open document on show while it is edited. */
export function registerDiagnostics(engine: Engine, boundary: ErrorBoundary): Disposable {
  const collection = languages.createDiagnosticCollection('aksnet');
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();

  function schedule(document: TextDocument, delay: number): void {
    if (!isCandidate(document)) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    const timer = setTimeout(() => {
      waiting.delete(key);
      boundary.run(`analyse ${document.uri.path}`, () => refresh(document));
    }, delay);
    waiting.set(key, timer);
  }

  /** Analyses the text as it stands now; a change made meanwhile has a refresh of its own waiting. */
  function refresh(document: TextDocument): void {
    if (document.isClosed) return;
    const analysis = engine.analyse(document);
    if (analysis === undefined) {
      if (collection.has(document.uri)) collection.delete(document.uri);
      return;
    }
    const own = analysis.diagnostics.filter((diagnostic) => diagnostic.location.uri === analysis.document.uri);
    collection.set(
      document.uri,
      own.map((diagnostic) => toDiagnostic(diagnostic, analysis, rulePageLink(diagnostic.rule))),
    );
  }

  function close(document: TextDocument): void {
    if (!isCandidate(document)) return;
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.delete(key);
    collection.delete(document.uri);
    engine.close(document);
  }

  function scheduleAll(): void {
    for (const document of workspace.textDocuments) schedule(document, 0);
  }

  scheduleAll();
  return Disposable.from(
    collection,
    workspace.onDidOpenTextDocument((document) => schedule(document, 0)),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) schedule(document, typingPause);
    }),
    workspace.onDidCloseTextDocument(close),
    engine.onDidChangeSettings(scheduleAll),
    new Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );
}

import { type ExtensionContext, window } from 'vscode';
import { registerCalculator } from './calculator.ts';
import { registerCodeActions } from './code-actions.ts';
import { registerCorednsLanguage } from './coredns-language.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { Engine } from './engine.ts';
import { ErrorBoundary } from './error-boundary.ts';
import { registerExplain } from './explain.ts';
import { registerHover } from './hover.ts';
import { registerRulePages } from './rule-pages.ts';
import { registerSnippets } from './snippets.ts';

/** Called by the editor when the first document opens that may be one of ours. The work starts after it has returned. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('AKS Network', { log: true });
  const boundary = new ErrorBoundary(log);
  const engine = new Engine(log);
  context.subscriptions.push(
    log,
    engine,
    registerDiagnostics(engine, boundary),
    registerCodeActions(engine, boundary),
    registerHover(engine, boundary),
    registerCorednsLanguage(engine, boundary),
    registerRulePages(context.extensionUri, boundary),
    registerSnippets(engine, boundary),
    registerCalculator(engine, boundary),
    registerExplain(engine, boundary),
  );
}

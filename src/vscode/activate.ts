import { type ExtensionContext, window } from 'vscode';
import { registerCalculator } from './calculator.ts';
import { registerCodeActions } from './code-actions.ts';
import { registerCorednsLanguage } from './coredns-language.ts';
import { registerDiagnostics } from './diagnostics.ts';
import { Engine } from './engine.ts';
import { ErrorBoundary } from './error-boundary.ts';
import { registerExplain } from './explain.ts';
import { registerHover } from './hover.ts';
import { Links } from './links.ts';
import { type ImportModule, PartLoader } from './parts.ts';
import { registerRulePages } from './rule-pages.ts';
import { registerSnippets } from './snippets.ts';

/**
 * Registers what the extension offers. Nothing of the engine is loaded before a document or a command needs it: most
 * JSON and YAML documents are none of ours.
 */
export function activateWith(context: ExtensionContext, importModule: ImportModule): void {
  const log = window.createOutputChannel('AKS Network', { log: true });
  const boundary = new ErrorBoundary(log);
  const parts = new PartLoader(importModule);
  const engine = new Engine(log, parts);
  const links = new Links();
  context.subscriptions.push(
    log,
    engine,
    links,
    registerDiagnostics(engine, boundary),
    registerCodeActions(engine, boundary),
    registerHover(engine, parts, boundary),
    registerCorednsLanguage(engine, boundary),
    registerRulePages(context.extensionUri, parts, links, boundary),
    registerSnippets(context.extensionUri, engine, boundary),
    registerCalculator(engine, parts, boundary),
    registerExplain(engine, parts, links, boundary),
  );
}

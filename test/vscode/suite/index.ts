import * as vscode from 'vscode';
import './calculator.test.ts';
import './code-actions.test.ts';
import './coredns-language.test.ts';
import './configuration.test.ts';
import './diagnostics.test.ts';
import './explain.test.ts';
import './flow.test.ts';
import './hover.test.ts';
import './modules.test.ts';
import './rule-pages.test.ts';
import { runTests } from './runner.ts';
import './settings.test.ts';
import './snippets.test.ts';

/** Called by VS Code in its extension host. */
export function run(): Promise<void> {
  return runTests(vscode.workspace.getConfiguration('aksnetTests').get('only', ''));
}

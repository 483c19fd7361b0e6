import * as vscode from 'vscode';
import { waitFor } from './runner.ts';

/** The URI of a file of the opened workspace. */
export function fixture(name: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('The tests need an opened folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Opens a file of the workspace in an editor. */
export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(fixture(name)));
}

/** Opens a text that is in no file. */
export async function openText(language: string, content: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language, content }));
}

/** Closes every editor without asking about changes, and thereby undoes them. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Our findings for a document, one line each: place, severity, rule and message, counted from 1 as people do. */
export function findings(uri: vscode.Uri): string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter((diagnostic) => diagnostic.source === 'aksnet')
    .map(({ range: { start, end }, severity, code, message }) => {
      const rule = typeof code === 'object' ? code.value : code;
      const place = `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
      return `${place} ${vscode.DiagnosticSeverity[severity]} ${rule}: ${message}`;
    });
}

/** Waits until the findings of a document are these. */
export async function expectFindings(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(expected);
  try {
    await waitFor('the expected findings', () => JSON.stringify(findings(uri)) === wanted, 5_000);
  } catch {
    expectEqual(findings(uri), expected);
  }
}

/** The rules that report in a document, in the order of the text. */
export function reportingRules(uri: vscode.Uri): string[] {
  return findings(uri).map((line) => line.split(' ')[2]?.replace(/:$/, '') ?? '');
}

/** Waits until the only rules that report in a document are these, in the order of the text. */
export async function expectRules(uri: vscode.Uri, expected: readonly string[]): Promise<void> {
  const wanted = JSON.stringify(expected);
  try {
    await waitFor('the expected rules', () => JSON.stringify(reportingRules(uri)) === wanted, 5_000);
  } catch {
    expectEqual(reportingRules(uri), expected);
  }
}

/**
 * Waits until a document without findings was analysed: what is asked of the extension after this is answered from the
 * text as it stands.
 */
export async function expectSilence(uri: vscode.Uri): Promise<void> {
  // Longer than the pause that the extension makes after a keystroke; there is nothing to wait for.
  await new Promise((done) => setTimeout(done, 400));
  expectEqual(findings(uri), []);
}

/** Fails unless both are the same plain data. */
export function expectEqual(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual, undefined, 2), JSON.stringify(expected, undefined, 2)];
  if (a !== b) throw new Error(`Expected:\n${b}\nbut got:\n${a}`);
}

/** Fails unless `text` contains `part`. */
export function expectContains(text: string, part: string): void {
  if (!text.includes(part)) throw new Error(`Expected ${JSON.stringify(part)} in:\n${text}`);
}

/** The range of the first place where `text` stands in a document. */
export function rangeOf(document: vscode.TextDocument, text: string): vscode.Range {
  const start = document.getText().indexOf(text);
  if (start < 0) throw new Error(`"${text}" is not in ${document.uri.path}.`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

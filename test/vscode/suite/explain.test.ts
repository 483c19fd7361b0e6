import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains } from './support.ts';

suite('error explainer', () => {
  afterEach(closeAll);

  test('shows what an error means', async () => {
    await vscode.commands.executeCommand('aksnet.explainError', 'Code: SubnetIsFull');
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('What the error means'))),
    );
    const page = vscode.Uri.parse('aksnet-explanation:/What the error means.md');
    expectContains((await vscode.workspace.openTextDocument(page)).getText(), '## SubnetIsFull');
  });
});

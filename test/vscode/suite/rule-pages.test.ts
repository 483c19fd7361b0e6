import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains } from './support.ts';

suite('rule pages', () => {
  afterEach(closeAll);

  test('hold the documentation of a rule', async () => {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('aksnet-rule:/subnet-overlap.md'));
    expectContains(document.getText(), '# subnet-overlap');
    expectContains(document.getText(), '## Why');
    // What the linter says about the example is its real output.
    expectContains(document.getText(), 'overlaps');
  });

  test('open as a preview', async () => {
    await vscode.commands.executeCommand('aksnet.showRuleDocumentation', 'subnet-overlap');
    await waitFor('the preview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.includes('subnet-overlap'))),
    );
  });
});

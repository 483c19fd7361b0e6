import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectRules, open } from './support.ts';

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

  test('leads to the place to blame', async () => {
    const { document } = await open('azuredeploy.json');
    await expectRules(document.uri, ['subnet-overlap', 'subnet-outside-vnet']);
    await vscode.commands.executeCommand('aksnet.explainError', 'Code: NetcfgSubnetRangesOverlap');
    const page = vscode.Uri.parse('aksnet-explanation:/What the error means.md');
    const [, line, link = ''] = await waitFor('a link to the place', async () => {
      const text = (await vscode.workspace.openTextDocument(page)).getText();
      return /\[azuredeploy\.json:(\d+)\]\(<([^>]*)>\)/.exec(text) ?? undefined;
    });
    // A preview of Markdown shows a link to a file as plain text.
    expectContains(link, `${vscode.env.uriScheme}://aksnet.aksnet/places/`);
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(link));
    await waitFor('the place', () => {
      const editor = vscode.window.activeTextEditor;
      const isShown = editor?.document.uri.toString() === document.uri.toString();
      return isShown && editor?.selection.active.line === Number(line) - 1;
    });
  });
});

import * as vscode from 'vscode';
import bicep from '../../../snippets/bicep.json' with { type: 'json' };
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectEqual, open, openText } from './support.ts';

suite('snippets', () => {
  afterEach(closeAll);

  test('are inserted with their placeholders', async () => {
    const editor = await openText('bicep', '');
    const [name = ''] = Object.keys(bicep);
    await vscode.commands.executeCommand('aksnet.insertSnippet', name);
    await waitFor('the snippet', () => editor.document.getText() !== '');
    if (/\$\{?\d/.test(editor.document.getText())) throw new Error('The placeholders were inserted as text.');
  });

  test('are offered in an empty JSON file', async () => {
    const editor = await openText('json', '');
    expectContains((await offers(editor)).join(' '), 'aks');
  });

  test('are offered in an ARM template', async () => {
    expectContains((await offers(await open('azuredeploy.json'))).join(' '), 'aks');
  });

  test('for YAML are offered in a ConfigMap around its Corefile text, and not in it', async () => {
    const editor = await open('coredns-custom.yaml');
    const names = async (line: number): Promise<string> => (await offers(editor, line)).join(' ');
    expectContains(await names(5), 'aksnet-coredns-custom');
    if ((await names(10)).includes('aksnet-coredns-custom')) throw new Error('A ConfigMap is offered in a Corefile.');
  });

  for (const name of ['ordinary.json', 'ordinary.yaml']) {
    test(`are not offered in ${name}`, async () => {
      expectEqual(await offers(await open(name)), []);
    });
  }
});

/** The labels of the snippets that completions offer at the start of a line. */
async function offers({ document }: vscode.TextEditor, line = 0): Promise<string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    new vscode.Position(line, line === 0 ? 0 : document.lineAt(line).firstNonWhitespaceCharacterIndex),
  );
  return list.items
    .filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet)
    .map(({ label }) => (typeof label === 'string' ? label : label.label));
}

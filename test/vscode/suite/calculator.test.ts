import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectEqual, open, openText, rangeOf } from './support.ts';

suite('calculator', () => {
  afterEach(closeAll);

  test('inserts a free range of the network at the cursor', async () => {
    const editor = await open('network.bicep');
    const end = rangeOf(editor.document, '    ]\n').start;
    editor.selection = new vscode.Selection(end, end);
    await calculateAndAccept(editor, '/24', 'prefix');
    expectContains(editor.document.getText(), '10.240.1.0/24    ]');
  });

  test('replaces the prefix under the cursor, which it starts with', async () => {
    const editor = await open('network.bicep');
    const { start } = rangeOf(editor.document, '10.240.4.7/24');
    editor.selection = new vscode.Selection(start, start);
    await calculateAndAccept(editor, undefined, 'prefix');
    expectContains(editor.document.getText(), "addressPrefix: '10.240.4.0/24' }");
  });

  test('inserts a Bicep subnet, indented like its surroundings', async () => {
    const editor = await openText('bicep', 'subnets: [\n  \n]\n');
    editor.selection = new vscode.Selection(1, 2, 1, 2);
    await calculateAndAccept(editor, '10.0.4.0/24', 'bicep-subnet');
    expectEqual(
      editor.document.getText(),
      "subnets: [\n  {\n    name: 'aks-nodes'\n    properties: {\n      addressPrefix: '10.0.4.0/24'\n    }\n  }\n]\n",
    );
  });

  test('inserts an ARM subnet that is large enough', async () => {
    const editor = await openText('json', '[]');
    editor.selection = new vscode.Selection(0, 1, 0, 1);
    await calculateAndAccept(editor, '10 x 30', 'arm-subnet');
    const [subnet] = JSON.parse(editor.document.getText()) as { properties: { addressPrefix: string } }[];
    expectContains(subnet?.properties.addressPrefix ?? '', '/23');
  });

  test('lets a person choose how to write the result', async () => {
    const editor = await openText('bicep', '');
    await calculateAndAccept(editor, '10.0.4.0/24', undefined);
    expectEqual(editor.document.getText(), '10.0.4.0/24');
  });
});

/** Runs the command and accepts what is selected until the text has changed. */
async function calculateAndAccept(
  editor: vscode.TextEditor,
  question: string | undefined,
  form: string | undefined,
): Promise<void> {
  const before = editor.document.version;
  const done = vscode.commands.executeCommand('aksnet.subnetCalculator', question, form);
  await waitFor('the calculator to insert something', async () => {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return editor.document.version > before;
  });
  await done;
}

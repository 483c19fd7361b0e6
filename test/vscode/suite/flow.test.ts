import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import {
  closeAll,
  expectEqual,
  expectFindings,
  expectRules,
  expectSilence,
  findings,
  fixture,
  open,
  openText,
  rangeOf,
  reportingRules,
} from './support.ts';

const written: vscode.Uri[] = [];

suite('the flow of findings', () => {
  afterEach(async () => {
    await closeAll();
    for (const uri of written.splice(0)) await vscode.workspace.fs.delete(uri).then(undefined, () => {});
  });

  test('does not flicker while somebody types', async () => {
    const editor = await open('network.bicep');
    const { uri } = editor.document;
    await expectRules(uri, ['subnet-overlap', 'cidr-host-bits']);
    const seen: string[][] = [];
    const subscription = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((each) => each.toString() === uri.toString())) seen.push(reportingRules(uri));
    });
    try {
      const start = editor.document.lineCount - 1;
      for (const [at, character] of [...'// A comment that somebody writes.'].entries()) {
        await editor.edit((edit) => edit.insert(new vscode.Position(start, at), character));
        // Longer than the extension waits for more.
        if (character === ' ') await new Promise((done) => setTimeout(done, 250));
      }
    } finally {
      subscription.dispose();
    }
    expectEqual(
      seen.filter((rules) => rules.length < 2),
      [],
    );
  });

  test('is the same in two editors of one document', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    const second = await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
    await second.edit((edit) => edit.replace(rangeOf(document, '10.240.4.7/24'), '10.240.4.0/24'));
    await expectRules(document.uri, ['subnet-overlap']);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
  });

  test('moves with a file that is renamed', async () => {
    const before = await write('before.bicep', hostBits);
    const after = fixture('after.bicep');
    written.push(after);
    await vscode.commands.executeCommand('vscode.open', before);
    await expectRules(before, ['cidr-host-bits']);
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(before, after);
    await vscode.workspace.applyEdit(edit);
    await expectRules(after, ['cidr-host-bits']);
    await waitFor('the findings to leave the old name', () => findings(before).length === 0);
  });

  test('follows the language of a document', async () => {
    const { document } = await openText('plaintext', hostBits);
    await expectSilence(document.uri);
    const bicep = await vscode.languages.setTextDocumentLanguage(document, 'bicep');
    await expectRules(bicep.uri, ['cidr-host-bits']);
    const plain = await vscode.languages.setTextDocumentLanguage(bicep, 'plaintext');
    await waitFor('the findings to go', () => findings(plain.uri).length === 0);
  });

  test('begins when a JSON document becomes a template', async () => {
    const text = (await vscode.workspace.openTextDocument(fixture('azuredeploy.json'))).getText();
    const editor = await openText('json', '{}');
    await expectSilence(editor.document.uri);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 2), text));
    await expectRules(editor.document.uri, ['subnet-overlap', 'subnet-outside-vnet']);
  });

  test('takes configuration from a document before it is saved', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    const file = await write('aksnet.jsonc', '{}\n');
    // No editor shows it, so that nothing but the change itself makes the extension look at it.
    await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, new vscode.Range(0, 0, 1, 0), '{ "severity": { "subnet-overlap": "off" } }\n');
    await vscode.workspace.applyEdit(edit);
    await expectRules(document.uri, ['cidr-host-bits']);
    await vscode.window.showTextDocument(file);
  });

  test('takes a module from an editor, whichever was opened first', async () => {
    const editor = await open('modules/network.bicep');
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await open('calls-modules.bicep');
    await expectRules(fixture('calls-modules.bicep'), ['cidr-host-bits', 'module-not-found']);
    const shown = await vscode.window.showTextDocument(editor.document);
    await shown.edit((edit) => edit.replace(whole, 'param prefix string\n'));
    await expectRules(fixture('calls-modules.bicep'), ['module-not-found']);
  });

  test('reads YAML that a template loads', async () => {
    const file = await write('addresses.yaml', 'prefix: 10.0.0.1/16\n');
    const main = await write(
      'loads-yaml.bicep',
      hostBits.replace("'10.9.0.1/16'", "loadYamlContent('addresses.yaml').prefix"),
    );
    await vscode.commands.executeCommand('vscode.open', main);
    await expectRules(main, ['cidr-host-bits']);
    await vscode.workspace.openTextDocument(file);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, new vscode.Range(0, 0, 1, 0), 'prefix: 10.0.0.0/16\n');
    await vscode.workspace.applyEdit(edit);
    await expectRules(main, []);
    await vscode.window.showTextDocument(file);
  });

  for (const [name, load, bad, good] of [
    ['addresses.json', 'loadJsonContent', '{ "prefix": "10.0.0.1/16" }\n', '{ "prefix": "10.0.0.0/16" }\n'],
    ['ranges.yaml', 'loadYamlContent', 'prefix: 10.0.0.1/16\n', 'prefix: 10.0.0.0/16\n'],
  ] as const) {
    test(`reports what a template loads from ${name} there, once it is open`, async () => {
      const file = await write(name, bad);
      const main = await write(`loads-${name}.bicep`, hostBits.replace("'10.9.0.1/16'", `${load}('${name}').prefix`));
      // In a preview it would be closed when the other file is shown.
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(main), { preview: false });
      await expectRules(main, ['cidr-host-bits']);
      const shown = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
      await expectRules(file, ['cidr-host-bits']);
      await expectRules(main, []);
      await shown.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), good));
      await expectRules(file, []);
    });
  }

  test('follows what is known of modules of the registry', async () => {
    const { document } = await openText(
      'bicep',
      "module network 'br/public:avm/res/network/virtual-network:0.5.0' = {\n  name: 'network'\n" +
        "  params: { name: 'network', addressPrefixes: ['10.9.0.1/16'] }\n}\n",
    );
    await expectRules(document.uri, ['cidr-host-bits']);
  });

  test('keeps up with a large template', async () => {
    const subnets = Array.from(
      { length: 2_900 },
      (_, index) =>
        `      { name: 's${index}', properties: { addressPrefix: '10.${index >> 8}.${index & 255}.0/24' } }`,
    );
    const text = hostBits
      .replace('10.9.0.1/16', '10.0.0.0/8')
      .replace('  }\n}', `    subnets: [\n${subnets.join('\n')}\n    ]\n  }\n}`);
    const editor = await openText('bicep', text);
    const place = rangeOf(editor.document, '10.9.9.0/24');
    await editor.edit((edit) => edit.replace(place, '10.9.9.1/24'));
    await expectRules(editor.document.uri, ['cidr-host-bits']);
    await editor.edit((edit) => edit.replace(rangeOf(editor.document, '10.9.9.1/24'), '10.9.9.0/24'));
    await expectRules(editor.document.uri, []);
  });

  test('comes back when the extension is switched on again', async () => {
    const { document } = await open('Corefile');
    await expectRules(document.uri, ['coredns-unknown-plugin']);
    const configuration = vscode.workspace.getConfiguration('aksnet', document.uri);
    await configuration.update('enable', false, vscode.ConfigurationTarget.Workspace);
    await expectRules(document.uri, []);
    await configuration.update('enable', undefined, vscode.ConfigurationTarget.Workspace);
    await expectFindings(document.uri, [
      '3:5-3:10 Error coredns-unknown-plugin: "cahce" is not a CoreDNS plugin. Did you mean "cache"?',
    ]);
  });
});

const hostBits = `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'network'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.9.0.1/16'] }
  }
}
`;

async function write(name: string, text: string): Promise<vscode.Uri> {
  const uri = fixture(name);
  written.push(uri);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

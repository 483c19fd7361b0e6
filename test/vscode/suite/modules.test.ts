import * as vscode from 'vscode';
import { afterEach, host, suite, test } from './runner.ts';
import { closeAll, expectFindings, expectRules, fixture, open } from './support.ts';

suite('modules', () => {
  afterEach(closeAll);

  test('are read from disk, and findings are where the value is written', async () => {
    await open('calls-modules.bicep');
    await expectFindings(fixture('calls-modules.bicep'), [
      '3:22-3:33 Error cidr-host-bits: 10.1.0.1/16 does not start at the first address of its block. Write 10.1.0.0/16. Azure would answer InvalidCIDRNotation.',
      '6:15-6:36 Error module-not-found: The file "modules/missing.bicep" does not exist. Correct the path or create the file.',
    ]);
  });

  test('of a registry are read as Bicep has restored them, where there is a disk', async () => {
    const { document } = await open('calls-registry.bicep');
    await expectRules(document.uri, host === 'node' ? ['cidr-host-bits'] : []);
  });

  test('are read again when they change on disk', async () => {
    const { document } = await open('calls-modules.bicep');
    await expectRules(document.uri, ['cidr-host-bits', 'module-not-found']);
    const missing = fixture('modules/missing.bicep');
    await vscode.workspace.fs.writeFile(missing, new TextEncoder().encode("param location string = 'westeurope'\n"));
    await expectRules(document.uri, ['cidr-host-bits']);
    await vscode.workspace.fs.delete(missing);
    await expectRules(document.uri, ['cidr-host-bits', 'module-not-found']);
  });

  test('count as they stand in an editor', async () => {
    await open('calls-modules.bicep');
    await expectRules(fixture('calls-modules.bicep'), ['cidr-host-bits', 'module-not-found']);
    const editor = await open('modules/network.bicep');
    const whole = new vscode.Range(0, 0, editor.document.lineCount, 0);
    await editor.edit((edit) => edit.replace(whole, 'param prefix string\n'));
    await expectRules(fixture('calls-modules.bicep'), ['module-not-found']);
  });
});

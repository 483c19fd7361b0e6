import * as vscode from 'vscode';
import { afterEach, suite, test } from './runner.ts';
import { closeAll, expectFindings, expectRules, fixture, open } from './support.ts';

const file = fixture('aksnet.jsonc');

suite('configuration file', () => {
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(file).then(undefined, () => {});
  });

  test('counts from when it is there until it is gone', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    await write('{ "severity": { "subnet-overlap": "off" } }');
    await expectRules(document.uri, ['cidr-host-bits']);
    await write('{ "ignore": ["network.bicep"] }');
    await expectRules(document.uri, []);
    await vscode.workspace.fs.delete(file);
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
  });

  test('is checked itself', async () => {
    await write('{ "sevrity": {} }');
    await open('aksnet.jsonc');
    await expectFindings(file, [
      '1:4-1:11 Warning configuration-invalid: There is no setting "sevrity". Did you mean "severity"?',
    ]);
  });
});

async function write(text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
}

import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectRules, expectSilence, findings, fixture, open } from './support.ts';

suite('settings', () => {
  afterEach(async () => {
    await change('severity', undefined);
    await change('enable', undefined);
    await closeAll();
  });

  test('switch a rule off and on again', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    await change('severity', { 'subnet-overlap': 'off' });
    await expectRules(document.uri, ['cidr-host-bits']);
    await change('severity', undefined);
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
  });

  test('change the severity of a rule', async () => {
    const { document } = await open('network.bicep');
    await change('severity', { 'subnet-overlap': 'information' });
    await waitFor('the new severity', () =>
      findings(document.uri).some((line) => line.includes('Information subnet-overlap')),
    );
  });

  test('ignore what is no severity', async () => {
    const { document } = await open('network.bicep');
    await change('severity', { 'subnet-overlap': 'loud', 'cidr-host-bits': 'off' });
    await expectRules(document.uri, ['subnet-overlap']);
  });

  test('switch everything off', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    await change('enable', false);
    await expectRules(document.uri, []);
    await expectSilence(document.uri);
  });
});

async function change(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('aksnet', fixture('network.bicep'));
  await configuration.update(name, value, vscode.ConfigurationTarget.Workspace);
}

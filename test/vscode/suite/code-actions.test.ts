import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectEqual, expectRules, open, rangeOf, reportingRules } from './support.ts';

suite('code actions', () => {
  afterEach(closeAll);

  test('fix a finding, and the finding goes', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    const actions = await actionsAt(document, '10.240.4.7/24');
    const [first] = actions;
    expectEqual([first?.title, first?.isPreferred, first?.kind?.value], ['Replace by 10.240.4.0/24', true, 'quickfix']);
    await apply(first);
    expectContains(document.getText(), "{ name: 'jump', properties: { addressPrefix: '10.240.4.0/24' } }");
    await expectRules(document.uri, ['subnet-overlap']);
  });

  test('are not preferred when a person has to choose', async () => {
    const { document } = await open('azuredeploy.json');
    await expectRules(document.uri, ['subnet-overlap', 'subnet-outside-vnet']);
    const [first] = await actionsAt(document, '10.1.1.0/24');
    expectEqual([first?.title, first?.isPreferred], ['Move to the free range 10.1.2.0/24', false]);
    await apply(first);
    await expectRules(document.uri, ['subnet-outside-vnet']);
  });

  for (const [name, text, rule, left] of [
    ['network.bicep', '10.240.4.7/24', 'cidr-host-bits', ['subnet-overlap']],
    ['azuredeploy.json', '10.2.0.0/24', 'subnet-outside-vnet', ['subnet-overlap']],
    ['coredns-custom.yaml', 'cahce', 'coredns-unknown-plugin', ['coredns-forward-no-upstream']],
  ] as const) {
    for (const scope of ['line', 'file']) {
      test(`disable a rule for the ${scope} in ${name}`, async () => {
        const { document } = await open(name);
        const before = await rulesWhenSettled(document.uri, rule);
        const action = (await actionsAt(document, text)).find(
          ({ title }) => title === `Disable ${rule} for this ${scope}`,
        );
        await apply(action);
        expectEqual(
          before.filter((other) => other !== rule),
          left,
        );
        await expectRules(document.uri, left);
      });
    }
  }

  test('fix a Corefile inside YAML', async () => {
    const { document } = await open('coredns-custom.yaml');
    await rulesWhenSettled(document.uri, 'coredns-unknown-plugin');
    const [first] = await actionsAt(document, 'cahce');
    expectEqual(first?.title, 'Replace by "cache"');
    await apply(first);
    expectContains(document.getText(), '        cache 30\n');
    await expectRules(document.uri, ['coredns-forward-no-upstream']);
  });

  test('apply all safe fixes at once', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      whole,
      'source.fixAll.aksnet',
    );
    expectEqual(
      actions.map(({ kind }) => kind?.value),
      ['source.fixAll.aksnet'],
    );
    await apply(actions[0]);
    await expectRules(document.uri, ['subnet-overlap']);
  });

  test('apply the safe fixes when a document is saved and its owner wants that', async () => {
    const { document } = await open('network.bicep');
    const { uri } = document;
    const before = await vscode.workspace.fs.readFile(uri);
    const settings = vscode.workspace.getConfiguration('editor');
    try {
      const wanted = { 'source.fixAll.aksnet': 'explicit' };
      await settings.update('codeActionsOnSave', wanted, vscode.ConfigurationTarget.Global);
      await vscode.commands.executeCommand('workbench.action.files.save');
      const saved = await waitFor('the saved fix', async () => {
        const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
        return text.includes('10.240.4.0/24') ? text : undefined;
      });
      // A person has to choose where the other subnet goes.
      expectContains(saved, '10.240.0.128/25');
    } finally {
      await settings.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
      await vscode.workspace.fs.writeFile(uri, before);
    }
  });
});

/** The editor drops a request while other extensions are still registering their actions, and answers with nothing. */
async function actionsAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  return waitFor(`code actions at ${text}`, async () => {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      rangeOf(document, text),
      vscode.CodeActionKind.QuickFix.value,
    );
    return actions.length > 0 ? actions : undefined;
  });
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  if (action?.edit === undefined) throw new Error('There is no such action, or it has no edit.');
  expectEqual(await vscode.workspace.applyEdit(action.edit), true);
}

/** The rules that report, as soon as `rule` is among them. */
async function rulesWhenSettled(uri: vscode.Uri, rule: string): Promise<string[]> {
  return waitFor(`a finding of ${rule}`, () => (reportingRules(uri).includes(rule) ? reportingRules(uri) : undefined));
}

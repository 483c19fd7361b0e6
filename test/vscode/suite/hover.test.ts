import * as vscode from 'vscode';
import { afterEach, suite, test, waitFor } from './runner.ts';
import { closeAll, expectContains, expectEqual, expectRules, open, rangeOf } from './support.ts';

suite('hover', () => {
  afterEach(closeAll);

  test('says what a prefix covers', async () => {
    const { document } = await open('network.bicep');
    const text = await hoverAt(document, '10.240.0.0/24');
    expectContains(text, '10.240.0.255');
    expectContains(text, '251');
  });

  test('says what a prefix covers in JSON', async () => {
    const { document } = await open('azuredeploy.json');
    expectContains(await hoverAt(document, '10.1.0.0/23'), '507');
  });

  test('explains a finding', async () => {
    const { document } = await open('network.bicep');
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
    expectContains(await hoverAt(document, '10.240.0.128/25'), 'Azure refuses');
  });

  test('explains a finding in a Corefile inside YAML', async () => {
    const { document } = await open('coredns-custom.yaml');
    await expectRules(document.uri, ['coredns-unknown-plugin', 'coredns-forward-no-upstream']);
    expectContains(await hoverAt(document, 'cahce'), 'coredns-unknown-plugin');
  });

  test('colours the syntax of a plugin inside YAML as a Corefile', async () => {
    const { document } = await open('coredns-custom.yaml');
    await expectRules(document.uri, ['coredns-unknown-plugin', 'coredns-forward-no-upstream']);
    expectContains(await hoverAt(document, 'forward'), '```corefile\nforward FROM');
  });

  test('is silent in a file that is none of ours', async () => {
    const { document } = await open('ordinary.yaml');
    expectEqual(await hoversAt(document, '10.0.0.5/16'), []);
  });
});

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const texts = await waitFor('a hover', async () => {
    const found = await hoversAt(document, text);
    return found.length > 0 ? found : undefined;
  });
  return texts.join('\n');
}

async function hoversAt(document: vscode.TextDocument, text: string): Promise<string[]> {
  const position = rangeOf(document, text).start.translate(0, 2);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers.flatMap(({ contents }) =>
    contents.map((content) => (typeof content === 'string' ? content : content.value)),
  );
}

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
} from './support.ts';

const oldCluster = `resource cluster 'Microsoft.ContainerService/managedClusters@2023-01-01' = {
  name: 'aks'
  location: 'westeurope'
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'kubenet'
      dockerBridgeCidr: '172.17.0.1/16'
    }
  }
}
// aksnet-disable-next-line subnet-overlap
`;

suite('diagnostics', () => {
  afterEach(closeAll);

  test('are exactly those of a Bicep file', async () => {
    await open('network.bicep');
    await expectFindings(fixture('network.bicep'), [
      '10:53-10:68 Error subnet-overlap: 10.240.0.128/25 overlaps 10.240.0.0/24 of subnet "nodes". Give each subnet its own range. Azure would answer NetcfgSubnetRangesOverlap.',
      '11:53-11:66 Error cidr-host-bits: 10.240.4.7/24 does not start at the first address of its block. Write 10.240.4.0/24. Azure would answer InvalidCIDRNotation.',
    ]);
  });

  test('are exactly those of an ARM template', async () => {
    await open('azuredeploy.json');
    await expectFindings(fixture('azuredeploy.json'), [
      '17:63-17:74 Error subnet-overlap: 10.1.1.0/24 overlaps 10.1.0.0/23 of subnet "nodes". Give each subnet its own range. Azure would answer NetcfgSubnetRangesOverlap.',
      '18:66-18:77 Error subnet-outside-vnet: 10.2.0.0/24 lies outside the address space of its virtual network, 10.1.0.0/16. Move the subnet or extend the address space. Azure would answer NetcfgSubnetRangeOutsideVnet.',
    ]);
  });

  test('are exactly those of a ConfigMap for CoreDNS', async () => {
    await open('coredns-custom.yaml');
    await expectFindings(fixture('coredns-custom.yaml'), [
      '12:9-12:14 Error coredns-unknown-plugin: "cahce" is not a CoreDNS plugin. Did you mean "cache"?',
      '17:17-17:18 Error coredns-forward-no-upstream: This forward sends "." to no server. Add the address of a DNS server.',
    ]);
  });

  test('are exactly those of a Corefile', async () => {
    const { document } = await open('Corefile');
    expectEqual(document.languageId, 'corefile');
    await expectFindings(document.uri, [
      '3:5-3:10 Error coredns-unknown-plugin: "cahce" is not a CoreDNS plugin. Did you mean "cache"?',
    ]);
  });

  test('lead to the other places and to the page of the rule', async () => {
    await open('azuredeploy.json');
    await expectRules(fixture('azuredeploy.json'), ['subnet-overlap', 'subnet-outside-vnet']);
    const [overlap] = vscode.languages
      .getDiagnostics(fixture('azuredeploy.json'))
      .filter(({ source }) => source === 'aksnet');
    const [related] = overlap?.relatedInformation ?? [];
    expectEqual(related?.location.uri.toString(), fixture('azuredeploy.json').toString());
    // The literal behind the variable, not the expression that uses it.
    expectEqual(related?.location.range.start.line, 4);
    const target = typeof overlap?.code === 'object' ? overlap.code.target.toString() : '';
    expectEqual(target, `${vscode.env.uriScheme}://aksnet.aksnet/rules/subnet-overlap`);
  });

  test('strike through what Azure retires, and fade what has no effect', async () => {
    const { document } = await openText('bicep', oldCluster);
    await expectRules(document.uri, ['kubenet-retirement', 'docker-bridge-cidr-ignored', 'suppression-unused']);
    const { Deprecated, Unnecessary } = vscode.DiagnosticTag;
    expectEqual(
      vscode.languages.getDiagnostics(document.uri).map(({ tags }) => tags ?? []),
      [[Deprecated], [Unnecessary], [Unnecessary]],
    );
  });

  test('follow the typing', async () => {
    const editor = await open('network.bicep');
    const { uri } = editor.document;
    await expectRules(uri, ['subnet-overlap', 'cidr-host-bits']);
    await editor.edit((edit) => edit.replace(rangeOf(editor.document, '10.240.4.7/24'), '10.240.4.0/24'));
    await expectRules(uri, ['subnet-overlap']);
    await editor.edit((edit) => edit.replace(rangeOf(editor.document, '10.240.0.128/25'), '10.240.1.0/24'));
    await expectRules(uri, []);
  });

  test('are those of the last text after many quick changes', async () => {
    const editor = await open('network.bicep');
    for (let length = 24; length <= 28; length++) {
      const line = editor.document.lineAt(8).text;
      await editor.edit((edit) =>
        edit.replace(new vscode.Range(8, 0, 8, line.length), line.replace(/\/\d+'/, `/${length}'`)),
      );
    }
    await expectRules(editor.document.uri, ['cidr-host-bits']);
  });

  test('appear in a document that has no file yet', async () => {
    const text = (await vscode.workspace.openTextDocument(fixture('network.bicep'))).getText();
    const { document } = await openText('bicep', text);
    await expectRules(document.uri, ['subnet-overlap', 'cidr-host-bits']);
  });

  test('go when the document closes', async () => {
    // The editor keeps documents for minutes that an extension has opened; no test opens this file in that way.
    const uri = fixture('closing.bicep');
    await vscode.commands.executeCommand('vscode.open', uri);
    await expectRules(uri, ['cidr-host-bits']);
    await closeAll();
    await waitFor('the findings to go', () => findings(uri).length === 0);
  });

  for (const name of ['ordinary.json', 'ordinary.yaml']) {
    test(`are absent from ${name}`, async () => {
      await open(name);
      await expectSilence(fixture(name));
    });
  }
});

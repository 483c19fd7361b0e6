import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../../src/service/hover.ts';
import { withExplanations } from '../../../src/service/hover-explanations.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

/** The hover at `<|>`, with the text that it is for. */
function hover(name: string, marked: string): { markdown: string; text: string } | undefined {
  const offset = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  const found = hoverAt(analyseText(name, text, defaultSettings), offset);
  return found === undefined
    ? undefined
    : { markdown: withExplanations(found), text: text.slice(found.span.start, found.span.end) };
}

const cluster = (networkProfile: string, subnet = "'${network.id}/subnets/nodes'") => `
resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  properties: {
    agentPoolProfiles: [{ name: 'system', count: 3, vnetSubnetID: ${subnet} }]
    networkProfile: ${networkProfile}
  }
}
`;

const network = (space: string, subnets: string) => `
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet_a*b'
  properties: {
    addressSpace: { addressPrefixes: ['${space}'] }
    subnets: [${subnets}]
  }
}
`;

const subnet = (name: string, prefix: string) => `{ name: '${name}', properties: { addressPrefix: '${prefix}' } }`;

describe('hover on a prefix', () => {
  it('says what it is, what it belongs to and where it lies', () => {
    const text = network('10.1.0.0/16', `${subnet('nodes', '10.1.0<|>.0/22')}, ${subnet('pods', '10.1.8.0/22')}`);
    expect(hover('main.bicep', text)).toEqual({
      text: '10.1.0.0/22',
      markdown: [
        '**10.1.0.0/22** · subnet "nodes" of virtual network "vnet\\_a\\*b"',
        '10.1.0.0 – 10.1.3.255 · 1,024 addresses · 1,019 usable in an Azure subnet · mask 255.255.252.0',
        '- Lies in 10.1.0.0/16, address space of virtual network "vnet\\_a\\*b".',
      ].join('\n\n'),
    });
  });

  it('counts the addresses of a service range without those that a subnet would lose', () => {
    const text = network('10.1.0.0/16', '') + cluster("{ networkPlugin: 'azure', serviceCidr: '10.9.0<|>.0/22' }");
    expect(hover('main.bicep', text)?.markdown).toContain(
      '10.9.0.0 – 10.9.3.255 · 1,024 addresses · mask 255.255.252.0',
    );
  });

  it('lists what a network holds', () => {
    const text = network('10.1.0.0/1<|>6', `${subnet('nodes', '10.1.0.0/22')}, ${subnet('pods', '10.1.8.0/22')}`);
    expect(hover('main.bicep', text)?.markdown).toContain(
      [
        '- Holds 10.1.0.0/22, subnet "nodes" of virtual network "vnet\\_a\\*b".',
        '- Holds 10.1.8.0/22, subnet "pods" of virtual network "vnet\\_a\\*b".',
      ].join('\n'),
    );
  });

  it('lists eight others and counts the rest', () => {
    const subnets = Array.from({ length: 20 }, (_, i) => subnet(`s${i}`, `10.1.${i}.0/24`)).join(', ');
    const lines = hover('main.bicep', network('10.1.0.0/1<|>6', subnets))?.markdown.split('\n') ?? [];
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(9);
    expect(lines.at(-1)).toBe('- … and 12 more.');
  });

  it('names overlaps with ranges of clusters, those that are written nowhere included', () => {
    const text = network('10.0.0.0/16', subnet('nodes', '10.0.<|>0.0/22')) + cluster("{ networkPlugin: 'azure' }");
    expect(hover('main.bicep', text)?.markdown).toContain(
      '- Overlaps 10.0.0.0/16, the service range that AKS uses when none is set.',
    );
    const explicit = text.replace("'azure' }", "'azure', serviceCidr: '10.0.0.0/24' }");
    expect(hover('main.bicep', explicit)?.markdown).toContain(
      '- Overlaps 10.0.0.0/24, service range of cluster "aks".',
    );
  });

  it('says which parameter default it is', () => {
    const text = `param nodes string = '10.1<|>.0.0/22'\n${network('10.1.0.0/16', "{ name: 'n', properties: { addressPrefix: nodes } }")}`;
    expect(hover('main.bicep', text)).toMatchObject({
      text: '10.1.0.0/22',
      markdown: expect.stringContaining(
        '- It is the default of parameter "nodes"; a deployment may pass another value.',
      ),
    });
  });

  it('shows a computed prefix where it is computed', () => {
    const text = network(
      '10.1.0.0/16',
      "{ name: 'n', properties: { addressPrefix: cidrSub<|>net('10.1.0.0/16', 24, 3) } }",
    );
    expect(hover('main.bicep', text)).toMatchObject({
      text: "cidrSubnet('10.1.0.0/16', 24, 3)",
      markdown: expect.stringContaining('**10.1.3.0/24** · subnet "n"'),
    });
  });

  it('points at host bits', () => {
    expect(hover('main.bicep', network('10.1.0.0/16', subnet('n', '10.1.0.<|>7/24')))?.markdown).toContain(
      '- The address 10.1.0.7 has host bits; the block starts at 10.1.0.0.',
    );
  });

  it('knows IPv6', () => {
    const markdown = hover('main.bicep', network('fd00:db8::<|>/48', ''))?.markdown;
    expect(markdown).toContain('**fd00:db8::/48**');
    expect(markdown).toContain('2^80 addresses');
    expect(markdown).not.toContain('usable');
  });

  it('knows a single address, wherever it stands', () => {
    const text = cluster(
      "{ networkPlugin: 'azure', serviceCidr: '172.16.0.0/16', dnsServiceIP: '172.16.0<|>.10' }",
      'null',
    );
    expect(hover('main.bicep', text)?.markdown).toBe(
      '**172.16.0.10** · DNS service IP of cluster "aks"\n\n- Lies in 172.16.0.0/16, service range of cluster "aks".',
    );
    expect(hover('main.bicep', "var note = 'see 10.2.3<|>.4.'\n")).toMatchObject({ text: '10.2.3.4' });
    expect(hover('Corefile', '.:53 {\n  forward . 10.0.0<|>.10:53\n}\n')).toMatchObject({ text: '10.0.0.10' });
  });
});

describe('hover on what is not known', () => {
  it('says why', () => {
    const text = `param nodes string\n${network('10.1.0.0/16', "{ name: 'n', properties: { addressPrefix: nod<|>es } }")}`;
    expect(hover('main.bicep', text)).toEqual({
      text: 'nodes',
      markdown: '**Subnet "n" of virtual network "vnet\\_a\\*b"** is not known: parameter "nodes" has no default.',
    });
  });

  it('is silent where nothing of ours stands', () => {
    expect(hover('main.bicep', network('10.1.0.0/16', '').replace('name:', 'na<|>me:'))).toBeUndefined();
    expect(hover('main.bicep', "var version = '1.2<|>.3'\n")).toBeUndefined();
    expect(hover('main.bicep', '<|>')).toBeUndefined();
  });
});

describe('hover on a finding', () => {
  it('tells why it matters, what the service answers and where to read on', () => {
    const text = network('10.1.0.0/16', `${subnet('a', '10.1.0.0/24')}, ${subnet('b', '10.1.0<|>.0/24')}`);
    const { markdown = '', text: shown } = hover('main.bicep', text) ?? {};
    expect(shown).toBe('10.1.0.0/24');
    expect(markdown.split('\n\n---\n\n')).toEqual([
      expect.stringMatching(/^\*\*10\.1\.0\.0\/24\*\*/),
      [
        '**subnet-overlap** · Two subnets of one virtual network claim the same addresses.',
        'Azure refuses the second subnet, after the first and whatever else comes before it were created. The service answers `NetcfgSubnetRangesOverlap`.',
        '[Reference](https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq)',
      ].join('\n\n'),
    ]);
  });

  it('lets nothing in a name act as Markdown', () => {
    const text = network('10.1.0.0/16', subnet('[x](https://example.com)<b>`', '10.1<|>.0.0/24'));
    const first = hover('main.bicep', text)?.markdown.split('\n')[0];
    expect(first).toContain('subnet "\\[x\\]\\(https://example.com\\)\\<b\\>\\`"');
  });
});

import { describe, expect, test } from 'vitest';
import { rules } from '../../../src/rules/index.ts';
import { explain, maximumText } from '../../../src/service/explain.ts';
import { azureCodes } from '../../../src/service/explain-codes.ts';
import { corednsMessages } from '../../../src/service/explain-coredns.ts';
import { nodeExits } from '../../../src/service/explain-exits.ts';
import { azureMessages } from '../../../src/service/explain-messages.ts';
import { explanationPage } from '../../../src/service/explain-report.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';
import { expectLinear } from '../../support/growth.ts';
import { only, titles } from './explanations.ts';

const status = (number: number): string => `Exit status ${number} of the node set-up`;

/** Every code that rules of templates name; what CoreDNS says is words. */
const namedErrors = rules.flatMap(({ id, serviceErrors, languages }) =>
  languages.includes('coredns')
    ? []
    : serviceErrors.filter((error) => /^\w+$/.test(error)).map((code) => ({ id, code })),
);

test.each(namedErrors)('$code leads to the rule $id', ({ id, code }) => {
  const found = explain(`{ "code": "${code}", "message": "" }`).flatMap((explanation) => explanation.rules);
  expect(found.map((rule) => rule.id)).toContain(id);
});

describe('an exit status of the node set-up', () => {
  test.each([
    'command terminated with exit status=52',
    'exit status 52',
    'Exit code: 52',
    'ExitCode=52',
    '{ "ExitCode": "52", "Output": "" }',
    '{"ExitCode":52}',
    String.raw`"message": "{ \"ExitCode\": \"52\" }"`,
    String.raw`\\\"ExitCode\\\": \\\"52\\\"`,
    'Code="VMExtensionError_K8SAPIServerDNSLookupFail" Message="..."',
    'VMExtensionProvisioningError: vmssCSE failed (exit_code: 52)',
    'ERR_K8S_API_SERVER_DNS_LOOKUP_FAIL',
    ' 52\n',
  ])('is read from %s', (text) => {
    expect(titles(text)).toEqual([status(52)]);
  });

  test.each([
    ['VMExtensionError_OutboundConnFail', 50],
    ['VMExtensionError_K8SAPIServerConnFail', 51],
    ['ERR_K8S_API_SERVER_AZURE_DNS_LOOKUP_FAIL', 53],
  ])('is read from the name %s', (text, number) => {
    expect(titles(text)).toEqual([status(number)]);
  });

  test.each([
    'exit status 0',
    'exit status 1',
    'exit status 520',
    'line 52',
    'the 52 nodes',
    'VMExtensionError_OutboundConnFailure',
    '7',
  ])('is not read from %s', (text) => {
    expect(titles(text)).toEqual([]);
  });

  test('that is not about networking is said to be none of ours, in the log of a node alone', () => {
    expect(only("vmssCSE: command terminated with exit status=124 {'ExitCode': '124'}").meaning).toContain(
      'status 124',
    );
  });

  test('50 is the registry, 51 the API server, 52 its name', () => {
    expect(only('50').meaning).toContain('mcr.microsoft.com');
    expect(only('51').meaning).toContain('could not connect');
    expect(only('52').meaning).toContain('a matter of DNS, not of the registry');
    expect(only('50').rules.map(({ id }) => id)).toContain('mcr-route-missing');
    expect(only('52').rules.map(({ id }) => id)).not.toContain('mcr-route-missing');
  });

  test('is not blamed on a registry that the log shows answering', () => {
    const log = `VM has reported a failure when processing extension 'vmssCSE'.
Error message: "Enable failed: command terminated with exit status=52 [stdout]
{ "ExitCode": "52", "Output": "* Trying 203.0.113.7...\\n* Connected to mcr.microsoft.com (203.0.113.7) port 443 (#0)\\n< HTTP/2 200" }"`;
    expect(only(log).details).toEqual([
      'The log shows that mcr.microsoft.com answered, so that the way to the registry is open and not the cause.',
    ]);
  });

  test.each([
    [
      'exit status=50 nc: connect to mcr.microsoft.com port 443 (tcp) failed: Connection timed out',
      'Nothing answered the node at mcr.microsoft.com, port 443.',
    ],
    [
      'exit status=52 dial tcp: lookup aks.0f.privatelink.westeurope.azmk8s.io on 10.1.0.4:53: no such host',
      'The DNS server 10.1.0.4 does not know aks.0f.privatelink.westeurope.azmk8s.io. Link the private DNS zone privatelink.westeurope.azmk8s.io to the network of the DNS servers.',
    ],
    [
      'exit status=52 lookup aks.hcp.westeurope.azmk8s.io on 10.1.0.4:53: read udp 10.2.0.4:33000: i/o timeout',
      'The DNS server 10.1.0.4 did not answer about aks.hcp.westeurope.azmk8s.io.',
    ],
    [
      "exit status=52 ** server can't find aks.hcp.westeurope.azmk8s.io: NXDOMAIN",
      'The DNS servers of the network do not know aks.hcp.westeurope.azmk8s.io.',
    ],
    [
      'exit status=52 ;; connection timed out; no servers could be reached',
      'No DNS server answered at all: check that the nodes reach the dnsServers of the network on port 53.',
    ],
    [
      'exit status=31 curl: (6) Could not resolve host: packages.aks.azure.com',
      'No DNS server told the node the address of packages.aks.azure.com.',
    ],
  ])('is explained by its log: %s', (text, detail) => {
    expect(only(text).details).toEqual([detail]);
  });
});

describe('a code of Azure', () => {
  test.each(azureCodes.map(({ code }) => code))('%s is known by its name, alone and in a sentence', (code) => {
    expect(titles(code)).toEqual([code]);
    expect(only(`ERROR: (${code}) Something.\nCode: ${code}\nMessage: Something.`)).toMatchObject({
      title: code,
      origin: 'azure',
      span: { start: 8, end: 8 + code.length },
    });
  });

  test('is not found inside of another word', () => {
    expect(titles('MySubnetIsFullOfPeople')).toEqual([]);
  });

  test('of which only the name is documented says so', () => {
    expect(only('InsufficientPodCidr').details.join()).toContain('No message of this code is documented');
    expect(only('SubnetIsFull').details).toEqual([]);
  });

  test.each([
    [
      'InsufficientSubnetSize',
      'Pre-allocated IPs 498 exceeds IPs available 251 in Subnet Cidr 10.9.0.0/24, Subnet Name pool-b. http://aka.ms/aks/insufficientsubnetsize',
      'The node pools reserve 498 addresses, and pool-b (10.9.0.0/24) has 251 free: 256 less the 5 that Azure keeps. 498 is what 2 nodes with 250 max pods take: AKS counts 250 - 1 for each. A /23 has room for them.',
    ],
    [
      'InsufficientSubnetSize',
      'Pre-allocated IPs 327 exceeds IPs available 250 in Subnet Cidr 10.9.0.0/24, Subnet Name a.',
      'The node pools reserve 327 addresses, and a (10.9.0.0/24) has 250 free: 256 less the 5 that Azure keeps and 1 that are taken. 327 is what 3 nodes with 110 max pods take: AKS counts 110 - 1 for each. A /23 has room for them.',
    ],
    [
      'InsufficientSubnetSize',
      'Pre-allocated IPs 61 exceeds IPs available 59',
      'The node pools reserve 61 addresses, and the subnet has 59 free. A /25 has room for them.',
    ],
    [
      'SubnetIsFull',
      "Subnet 'nodes' with address prefix 10.1.0.0/25 doesn't have enough capacity for IP addresses.",
      'nodes (10.1.0.0/25) has no free address left of its 123.',
    ],
    [
      'ServiceCidrOverlapExistingSubnetsCidr',
      'The specified service CIDR 10.0.0.0/16 is conflicted with an existing subnet CIDR 10.0.4.0/22',
      'The service range 10.0.0.0/16 and the subnet 10.0.4.0/22 share 10.0.4.0/22 (10.0.4.0 to 10.0.7.255). 10.0.0.0/16 is what AKS takes where no serviceCidr is written.',
    ],
    [
      'DnsServiceIpOutOfServiceCidr',
      'The DNS service IP 10.0.0.10 is out of the range defined by service CIDR 10.200.0.0/16.',
      '10.0.0.10 is not in 10.200.0.0/16 (10.200.0.0 to 10.200.255.255). Set dnsServiceIP to 10.200.0.10.',
    ],
    [
      'InvalidCIDRNotation',
      'The address prefix 10.1.0.7/24 in resource /subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub has an invalid CIDR notation. For the given prefix length, the address prefix should be 10.1.0.0/24.',
      '10.1.0.7/24 in hub lies inside a block that starts earlier. Write 10.1.0.0/24.',
    ],
    [
      'InvalidAddressPrefixFormat',
      'Address prefix 10.0.0.0 for resource x is not formatted correctly. It should follow CIDR notation',
      '"10.0.0.0" has no length. Write one such as 10.0.0.0/32.',
    ],
    [
      'NetcfgSubnetRangesOverlap',
      "Subnet 'pods' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'vnet-aks'.",
      'The subnet pods overlaps another subnet of vnet-aks.',
    ],
    [
      'NetcfgSubnetRangeOutsideVnet',
      "Subnet 'pods' is not valid because its IP address range is outside the IP address range of virtual network 'vnet-aks'.",
      'The subnet pods has addresses outside of the addressSpace of vnet-aks.',
    ],
    [
      'NetcfgInvalidSubnet',
      "Subnet 'pods' is not valid in virtual network 'vnet-aks'.",
      'The range of subnet pods does not fit into vnet-aks.',
    ],
    [
      'CustomRouteTableMissingPermission',
      'identity must be given permission to read and write to custom route table /subscriptions/1/resourceGroups/network/providers/Microsoft.Network/routeTables/spoke. Please see',
      'The route table is spoke in resource group network. Assign Network Contributor on it to the identity of the cluster.',
    ],
    [
      'RouteTableInvalidNextHop',
      'Default route 0.0.0.0/0 has a next hop of Internet but only next hops of VirtualAppliance or VirtualNetworkGateway are allowed.',
      'The default route has nextHopType Internet. Set VirtualAppliance and the address of the firewall, or VirtualNetworkGateway.',
    ],
    [
      'InvalidLoadBalancerProfileAllocatedOutboundPorts',
      'Total node count 9 requires 72000 ports but only 64000 ports are available given 1 outbound public IPs.',
      '9 nodes ask for 72000 ports, and 1 outbound address has 64000. Set managedOutboundIPs.count to 2 or more, or allocate fewer ports to each node.',
    ],
    [
      'RouteConflict',
      'Route: b conflicts with Route: a. Routes cannot have the same AddressPrefix.',
      'The routes b and a are for one prefix. Remove one of them.',
    ],
    ['VnetAddressSpacesOverlap', 'cannot be peered because their address spaces overlap.', undefined],
  ])('%s is known by its message, whose values are explained', (code, text, detail) => {
    const expected = detail === undefined ? [] : [detail];
    expect(only(text)).toMatchObject({ title: code, details: expected });
    expect(only(`(${code}) ${text}\nCode: ${code}\nMessage: ${text}`).details).toEqual(expected);
  });

  test('explains each of several messages', () => {
    const message = (need: number, name: string): string =>
      `(InsufficientSubnetSize) Pre-allocated IPs ${need} exceeds IPs available 251 in Subnet Cidr 10.9.0.0/24, Subnet Name ${name}.`;
    expect(only(`${message(498, 'a')}\n${message(747, 'b')}`).details).toHaveLength(2);
  });
});

describe('explanations', () => {
  test('come in the order of the text', () => {
    expect(titles('cannot serve dns://.:53 - it is already defined\nSubnetIsFull\nexit status=51')).toEqual([
      'Zone served twice',
      'SubnetIsFull',
      status(51),
    ]);
  });

  test.each(['', ' ', 'everything is fine', 'line\nline\n'])('of a text without an error are none: "%s"', (text) => {
    expect(explain(text)).toEqual([]);
  });

  test.each([
    'plugin/a: ',
    'Subnet ',
    'a',
    'Route: a conflicts with ',
    'exit status ',
    'SubnetIsFull ',
    "Unknown directive '",
    'x',
    'lookup a on 10.0.0.1:53: ',
    'NetworkProfile CIDR 10.0.0.0/8 ',
  ])('cost no more than their length, however often a text says %j', (words) => {
    expectLinear(maximumText, (length) => {
      const text = `subnet ${words.repeat(length / words.length)}`;
      return () => explain(text);
    });
  });

  test('of a text of any length are those of its beginning', () => {
    expect(explain('x'.repeat(3 * maximumText) + status(52))).toEqual([]);
  });

  test('rest on pages that have an address, each code and status once', () => {
    const rows = [...azureCodes, ...nodeExits, ...corednsMessages];
    for (const { reference } of rows) expect(reference).toMatch(/^https:\/\/\S+$/);
    expect(new Set(azureCodes.map(({ code }) => code)).size).toBe(azureCodes.length);
    expect(new Set(nodeExits.map((exit) => exit.status)).size).toBe(nodeExits.length);
    const codes = new Set(azureCodes.map(({ code }) => code));
    expect(azureMessages.filter(({ code }) => !codes.has(code))).toEqual([]);
  });

  test('name every rule that says which error it prevents', () => {
    const known = new Set(azureCodes.map(({ code }) => code));
    for (const rule of rules) {
      const codes = rule.serviceErrors.flatMap((error) => error.split(/\W+/)).filter((word) => known.has(word));
      for (const code of codes) expect(only(code).rules.map(({ id }) => id)).toContain(rule.id);
    }
  });
});

const tooSmall = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'b', properties: { addressPrefix: '10.1.0.128/25' } }
      { name: 'c', properties: { addressPrefix: '10.1.1.0/24' } }
      { name: 'd', properties: { addressPrefix: '10.1.1.0/25' } }
    ]
  }
}
`;

describe('places to blame', () => {
  const analysis = analyseText('main.bicep', tooSmall, defaultSettings);

  test('are the findings of the rules, those first that the text names', () => {
    const text =
      "Subnet '10.1.1.0/25' is not valid because its IP address range overlaps with that of an existing subnet in virtual network 'vnet'.";
    const [explanation] = explain(text, [analysis]);
    expect(
      explanation?.places.map(({ location, isNamed }) => [
        tooSmall.slice(location.span.start, location.span.end),
        isNamed,
      ]),
    ).toEqual([
      ['10.1.1.0/25', true],
      ['10.1.0.128/25', false],
    ]);
  });

  test('are none where no rule of the error reports', () => {
    expect(explain('CustomRouteTableMissingPermission', [analysis])[0]?.places).toEqual([]);
  });

  test('stand on the page, with nothing of the text that could be a link or HTML', () => {
    const page = explanationPage(explain('NetcfgSubnetRangesOverlap', [analysis]), {
      place: ({ location }) => `main.bicep at ${location.span.start}`,
      rule: (id) => `rule ${id}`,
    });
    expect(page).toContain('## NetcfgSubnetRangesOverlap');
    expect(page).toContain('- rule subnet-overlap: ');
    expect(page).toMatch(/- main\.bicep at \d+: /);
    const hostile = explanationPage(explain("Unknown directive '<img>[a](b)'"), { place: () => '', rule: (id) => id });
    expect(hostile).toContain('\\<img\\>\\[a\\](b)');
    expect(explanationPage([], { place: () => '', rule: () => '' })).toContain('Nothing in this text is known');
  });
});

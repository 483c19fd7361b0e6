import { sameLocation } from '../../base/span.ts';
import type { Subnet } from '../../model/network.ts';
import { canCoexist, nameInId } from '../../model/queries.ts';
import { subnetGroups } from '../../model/subnet-prefixes.ts';
import { defineRule } from '../rule.ts';

export const subnetDuplicateName = defineRule({
  id: 'subnet-duplicate-name',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two subnets of one virtual network have the same name.',
  condition:
    'Reports a subnet in the subnets of a virtual network, or declared as a resource of its own, with the known name of another one of the same kind in that network. One of each kind with the same name is one subnet.',
  why: 'The name is the identity of a subnet in its network, so Azure refuses to make two of them.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'nodes', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'apps', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules',
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
  ],
  messages: {
    duplicate: (d: { name: string }) =>
      `Another subnet of this virtual network is also named "${d.name}". Give each subnet its own name.`,
  },

  check(model, report) {
    for (const { subnets } of subnetGroups(model)) {
      const earlier = new Map<string, Subnet>();
      for (const subnet of subnets) {
        if (subnet.isExisting || subnet.name.kind !== 'known') continue;
        const key = `${subnet.id} ${subnet.isInline}`;
        const twin = earlier.get(key);
        if (twin === undefined) earlier.set(key, subnet);
        else if (canCoexist(twin, subnet)) {
          report({
            at: subnet.header,
            message: 'duplicate',
            data: { name: nameInId(subnet.id) ?? subnet.name.value },
            related: sameLocation(twin.header, subnet.header)
              ? []
              : [{ at: twin.header, text: 'The other subnet of that name is here.' }],
          });
        }
      }
    }
  },
});

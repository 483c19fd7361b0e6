import { areDifferent, canCoexist, subnetsUsing } from '../../model/queries.ts';
import { knownValue } from '../../model/value.ts';
import { parseAddress } from '../../net/address.ts';
import { containsAddress } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const nvaSameSubnetLoop = defineRule({
  id: 'nva-same-subnet-loop',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A virtual appliance stands in a subnet that routes to it.',
  condition:
    'Reports a next hop address of a virtual appliance that lies in a subnet in the files which uses the same route table, when the route is for 0.0.0.0/0.',
  why: 'What the appliance sends on follows the same route back to it, so that packets go round until they expire.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.1.0.4'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'spoke', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
      { name: 'appliances', properties: { addressPrefix: '10.1.9.0/24' } }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.1.9.4'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'spoke', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
      { name: 'appliances', properties: { addressPrefix: '10.1.9.0/24' } }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    loop: (d: { address: string; prefix: string }) =>
      `The appliance ${d.address} stands in a subnet (${d.prefix}) that uses this route table, so its own traffic comes back to it. Put the appliance into a subnet with another table.`,
  },

  check(model, report) {
    for (const table of model.routeTables) {
      for (const { nextHopType, nextHopIpAddress: hop, addressPrefix } of table.routes.items) {
        if (hop?.kind !== 'known' || knownValue(nextHopType)?.toLowerCase() !== 'virtualappliance') continue;
        const address = parseAddress(hop.value);
        const target = knownValue(addressPrefix)?.cidr;
        if (address === undefined || target?.length !== 0 || target.family !== address.family) continue;
        for (const subnet of subnetsUsing(model, table.id)) {
          if (areDifferent(knownValue(subnet.routeTable)?.id ?? '', table.id) || !canCoexist(subnet, table)) continue;
          const prefix = subnet.addressPrefixes.items.find((item) => {
            const cidr = knownValue(item)?.cidr;
            return cidr !== undefined && containsAddress(cidr, address);
          });
          if (prefix?.kind !== 'known') continue;
          report({
            at: hop.origin,
            message: 'loop',
            data: { address: hop.value, prefix: prefix.value.text },
            related: [{ at: prefix.origin, text: 'The subnet is here.' }],
          });
          break;
        }
      }
    }
  },
});

import type { Location } from '../../base/span.ts';
import { joinWords } from '../../base/words.ts';
import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import type { UserAssignedIdentity } from '../../model/identity.ts';
import type { Model } from '../../model/model.ts';
import type { Resource, Subnet } from '../../model/network.ts';
import { routeTableOf, virtualNetworkOf } from '../../model/queries.ts';
import { declaredIdentity, isGivenNoRole, roleAssignment } from '../../model/role-assignments.ts';
import { deployedClusterSubnets, routeTableLabel, subnetPhrase } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const routeTableRoleAssignment = defineRule({
  id: 'route-table-role-assignment',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The identity of a cluster is given no role on the subnets or the route table that it uses.',
  condition:
    'Reports a user-assigned identity in the files when a cluster that has it stands in subnets of the files, and no role assignment there may give it a role on them or on anything around them. Kubenet needs one on the route table as well.',
  why: 'AKS joins nodes and load balancers to your subnets with the identity of the cluster, and kubenet writes routes with it. Without a role AKS refuses the route table, and internal load balancers stay pending. The Azure CLI gives the roles by itself, templates do not.',
  serviceError: { missingOnTable: 'CustomRouteTableMissingPermission' },
  examples: [
    {
      language: 'bicep',
      bad: `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-aks'
  location: resourceGroup().location
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${identity.id}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
      good: `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-aks'
  location: resourceGroup().location
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
  }
}

resource networkRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vnet.id, identity.id, '4d97b98b-1d4f-4787-a291-c67834d212e7')
  scope: vnet
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${identity.id}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-cni-overview',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
    'https://github.com/Azure/AKS-Construction/issues/501',
  ],
  messages: {
    missing: missingText,
    missingOnTable: missingText,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const found = declaredIdentity(model, cluster);
      if (found === undefined) continue;
      const { identity, origin } = found;
      const places = neededPlaces(model, cluster).filter(({ id }) => isGivenNoRole(model, identity.id, id));
      if (places.length === 0) continue;
      report({
        at: origin,
        message: places.some(({ kind }) => kind === 'route table') ? 'missingOnTable' : 'missing',
        data: {
          identity:
            identity.name.kind === 'known' ? `Identity "${identity.name.value}"` : 'The identity of this cluster',
          places: joinWords(places.map(({ label }) => label)),
        },
        related: places.map(({ header, kind }) => ({ at: header, text: `The ${kind} is here.` })),
        fixes: () => roleFixes(cluster, identity, places),
      });
    }
  },
});

function missingText(d: { readonly identity: string; readonly places: string }): string {
  return `${d.identity} is given no role on ${d.places} in these files. Assign it Network Contributor there, unless it has the role already.`;
}

/** What the identity needs a role on. */
interface Place {
  readonly kind: 'subnet' | 'route table';
  readonly id: string;
  readonly header: Location;
  readonly label: string;
  /** What a role can be assigned on, smallest first. */
  readonly scopes: readonly Resource[];
}

function neededPlaces(model: Model, cluster: ManagedCluster): Place[] {
  const isKubenet = knownValue(cluster.networkProfile.networkPlugin)?.toLowerCase() === 'kubenet';
  const subnets = deployedClusterSubnets(model, cluster).filter((subnet) => isDeclared(model, subnet));
  const tables = isKubenet ? subnets.flatMap((subnet) => routeTableOf(model, subnet) ?? []) : [];
  return [
    ...subnets.map((subnet): Place => {
      const network = virtualNetworkOf(model, subnet) ?? [];
      const scopes = subnet.isInline ? [network] : [subnet, network];
      return { ...subnet, kind: 'subnet', label: subnetPhrase(subnet), scopes: scopes.flat() };
    }),
    ...[...new Set(tables)]
      .filter(({ body, isExisting }) => body !== undefined && !isExisting)
      .map((table): Place => {
        const label = routeTableLabel(table).replace(/^./, (first) => first.toLowerCase());
        return { ...table, kind: 'route table', label, scopes: [table] };
      }),
  ];
}

/** Whether all of the subnet is in the files. A module that cannot be read may assign roles as well. */
function isDeclared(model: Model, subnet: Subnet): boolean {
  const owner = subnet.isInline ? virtualNetworkOf(model, subnet) : subnet;
  return owner?.body !== undefined && !owner.isExisting;
}

/** The role on the places themselves, and on what is around them where they cannot be named as a scope. */
function roleFixes(cluster: ManagedCluster, identity: UserAssignedIdentity, places: readonly Place[]): Fix[] {
  const own = roleFix(cluster, identity, (scopes) => scopes[0], places);
  const around = roleFix(cluster, identity, (scopes) => scopes.at(-1), places);
  return own.title === around.title ? [own] : [own, around];
}

function roleFix(
  cluster: ManagedCluster,
  identity: UserAssignedIdentity,
  choose: (scopes: Place['scopes']) => Resource | undefined,
  places: readonly Place[],
): Fix {
  const scopes = [...new Set(places.flatMap((place) => choose(place.scopes) ?? []))];
  return {
    title: `Assign Network Contributor on ${joinWords(scopes.map(nameOf))} to the identity`,
    applicability: 'unsafe',
    changes: [
      {
        kind: 'append-resources',
        beside: cluster.header,
        resources: scopes.map((scope) => roleAssignment('networkContributor', identity, scope)),
      },
    ],
  };
}

function nameOf({ name }: Resource): string {
  return name.kind === 'known' ? `"${name.value}"` : 'what it uses';
}

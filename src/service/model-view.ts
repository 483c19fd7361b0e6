import type { Model } from '../model/model.ts';
import { viewAgentPool, viewManagedCluster } from './cluster-view.ts';
import { viewConfigMap, viewCorefile } from './dns-view.ts';
import {
  viewApplicationGateway,
  viewBastionHost,
  viewLocalNetworkGateway,
  viewNatGateway,
  viewPeering,
  viewPublicIPAddress,
  viewPublicIPPrefix,
  viewRouteTable,
  viewSecurityGroup,
  viewSubnet,
  viewVirtualNetwork,
  viewVirtualNetworkGateway,
} from './network-view.ts';
import {
  viewAzureFirewall,
  viewFirewallPolicy,
  viewFirewallRuleSet,
  viewPrivateDnsZone,
  viewRoleAssignment,
} from './security-view.ts';
import { type ObjectView, viewResource } from './view-values.ts';

/**
 * The network model as plain JSON, which is what `aksnet model` prints. The shape is the same for every language: the
 * lists of a language that has no such thing are empty, no property is ever left out, and no place in the text is in it,
 * so that a Bicep file and the template compiled from it can be compared. Names are those of Resource Manager; an object
 * that groups properties says in `state` whether it is set. Subnets, peerings and the pools of clusters that are not in
 * the files stand in lists of their own; resources name each other by `id`, in which what is known only at deployment
 * stands in braces.
 */
export function viewModel(model: Model): ObjectView {
  const ownClusters = new Set(model.managedClusters.map((cluster) => cluster.id));
  return {
    virtualNetworks: model.virtualNetworks.map(viewVirtualNetwork),
    subnets: model.subnets.map(viewSubnet),
    virtualNetworkPeerings: model.virtualNetworkPeerings.map(viewPeering),
    routeTables: model.routeTables.map(viewRouteTable),
    networkSecurityGroups: model.networkSecurityGroups.map(viewSecurityGroup),
    natGateways: model.natGateways.map(viewNatGateway),
    publicIPAddresses: model.publicIPAddresses.map(viewPublicIPAddress),
    publicIPPrefixes: model.publicIPPrefixes.map(viewPublicIPPrefix),
    applicationGateways: model.applicationGateways.map(viewApplicationGateway),
    bastionHosts: model.bastionHosts.map(viewBastionHost),
    virtualNetworkGateways: model.virtualNetworkGateways.map(viewVirtualNetworkGateway),
    localNetworkGateways: model.localNetworkGateways.map(viewLocalNetworkGateway),
    azureFirewalls: model.azureFirewalls.map(viewAzureFirewall),
    firewallPolicies: model.firewallPolicies.map(viewFirewallPolicy),
    firewallRuleSets: model.firewallRuleSets.map(viewFirewallRuleSet),
    managedClusters: model.managedClusters.map(viewManagedCluster),
    agentPools: model.agentPools.filter((pool) => !ownClusters.has(pool.clusterId)).map(viewAgentPool),
    privateDnsZones: model.privateDnsZones.map(viewPrivateDnsZone),
    userAssignedIdentities: model.userAssignedIdentities.map(viewResource),
    roleAssignments: model.roleAssignments.map(viewRoleAssignment),
    configMaps: model.configMaps.map(viewConfigMap),
    corefiles: model.corefiles.map(viewCorefile),
  };
}

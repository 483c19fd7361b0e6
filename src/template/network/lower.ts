import { emptyModel, type Model } from '../../model/model.ts';
import { evaluateTemplate } from '../evaluate.ts';
import type { EvaluationInput } from '../evaluation.ts';
import {
  readApplicationGateways,
  readBastionHosts,
  readLocalNetworkGateways,
  readNatGateways,
  readPublicIPAddresses,
  readPublicIPPrefixes,
  readVirtualNetworkGateways,
} from './edge.ts';
import { readAzureFirewalls, readFirewallPolicies, readFirewallRuleSets } from './firewalls.ts';
import { readPrivateDnsZones, readRoleAssignments, readUserAssignedIdentities } from './identities.ts';
import { readManagedClusters } from './managed-clusters.ts';
import { withoutRepeated } from './repeated.ts';
import { ownersAmong } from './resource.ts';
import { readRouteTables } from './route-tables.ts';
import { readSecurityGroups } from './security-groups.ts';
import { readVirtualNetworks } from './virtual-networks.ts';

/** The network model of a template with the parameter values given, its modules included. */
export function lowerTemplate(input: EvaluationInput): Model {
  const { resources: evaluated, session } = evaluateTemplate(input);
  const resources = withoutRepeated(evaluated);
  const ownerOf = ownersAmong(resources);
  const azureFirewalls = readAzureFirewalls(resources);
  const model = {
    ...emptyModel,
    ...readVirtualNetworks(resources),
    routeTables: readRouteTables(resources, ownerOf),
    networkSecurityGroups: readSecurityGroups(resources),
    natGateways: readNatGateways(resources),
    publicIPAddresses: readPublicIPAddresses(resources),
    publicIPPrefixes: readPublicIPPrefixes(resources),
    applicationGateways: readApplicationGateways(resources),
    bastionHosts: readBastionHosts(resources),
    virtualNetworkGateways: readVirtualNetworkGateways(resources),
    localNetworkGateways: readLocalNetworkGateways(resources),
    azureFirewalls,
    firewallPolicies: readFirewallPolicies(resources),
    firewallRuleSets: readFirewallRuleSets(resources, azureFirewalls),
    ...readManagedClusters(resources),
    privateDnsZones: readPrivateDnsZones(resources),
    userAssignedIdentities: readUserAssignedIdentities(resources),
    roleAssignments: readRoleAssignments(resources, ownerOf),
  };
  // Evaluation is lazy: what was noted is complete only once every resource has been read.
  const { expressionProblems, referenceProblems, unreadParts } = session;
  return { ...model, expressionProblems, referenceProblems, unreadParts };
}

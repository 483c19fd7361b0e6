import { emptyModel, type Model } from '../../model/model.ts';
import { evaluateTemplate } from '../evaluate.ts';
import type { EvaluationInput } from '../evaluation.ts';
import type { EvaluatedResource } from '../resources.ts';
import type { Session } from '../session.ts';
import type { Template } from '../template.ts';
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
export function lowerTemplate(input: EvaluationInput, session: Session): Model {
  if (declaresNothing(input.template)) return emptyModel;
  for (;;) {
    const evaluated = evaluateTemplate(input, session);
    const { kept, repeated } = withoutRepeated(evaluated.resources);
    const network = readNetwork(kept);
    // What another declaration replaces is deployed all the same, so a call that it makes must hold.
    if (repeated.length > 0) readNetwork(repeated);
    evaluated.finish();
    // Where calls of the evaluation before cannot be used, nothing of it is left and the next one ends.
    const notes = session.finish();
    if (notes !== undefined) return { ...network, ...notes };
  }
}

function declaresNothing({ resources, modules, outputs, imports }: Template): boolean {
  return [resources, modules, outputs, imports].every((part) => part.length === 0);
}

function readNetwork(resources: readonly EvaluatedResource[]): Model {
  if (resources.length === 0) return emptyModel;
  const ownerOf = ownersAmong(resources);
  const azureFirewalls = readAzureFirewalls(resources);
  const { virtualNetworks, subnets, virtualNetworkPeerings } = readVirtualNetworks(resources);
  const { managedClusters, agentPools } = readManagedClusters(resources);
  return {
    virtualNetworks,
    subnets,
    virtualNetworkPeerings,
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
    managedClusters,
    agentPools,
    localDnsProfiles: [],
    privateDnsZones: readPrivateDnsZones(resources),
    userAssignedIdentities: readUserAssignedIdentities(resources),
    roleAssignments: readRoleAssignments(resources, ownerOf),
    configMaps: [],
    corefiles: [],
    unreadParts: [],
    referenceProblems: [],
    expressionProblems: [],
  };
}

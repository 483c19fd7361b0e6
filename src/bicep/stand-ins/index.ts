import { agentPool } from './agent-pool.ts';
import { applicationGateway } from './application-gateway.ts';
import { azdAutomaticCluster, azdCluster } from './azd-aks.ts';
import { azureFirewall } from './azure-firewall.ts';
import { bastionHost } from './bastion-host.ts';
import { firewallPolicy, ruleCollectionGroup } from './firewall-policy.ts';
import { hubNetworking } from './hub-networking.ts';
import { localNetworkGateway } from './local-network-gateway.ts';
import { managedCluster } from './managed-cluster.ts';
import { natGateway } from './nat-gateway.ts';
import { networkSecurityGroup } from './network-security-group.ts';
import { privateDnsZone, virtualNetworkLink } from './private-dns-zone.ts';
import { publicIPAddress, publicIPPrefix } from './public-ip.ts';
import { routeTable } from './route-table.ts';
import { userAssignedIdentity } from './user-assigned-identity.ts';
import { subnet, virtualNetwork, virtualNetworkPeering } from './virtual-network.ts';
import { virtualNetworkGateway } from './virtual-network-gateway.ts';

/**
 * Bicep texts that stand in for registry modules, by their path in the registry. Each covers all versions of its module:
 * names that were given up stand beside their successors, and what versions do differently is `unmodelled()`. That
 * function stands for everything that a module does and the text does not say: its result is unknown. Modules that they
 * call are stand-ins in their turn, whatever their version.
 */
export const standInModules: Readonly<Record<string, string>> = {
  'avm/ptn/azd/aks': azdCluster,
  'avm/ptn/azd/aks-automatic-cluster': azdAutomaticCluster,
  'avm/ptn/network/hub-networking': hubNetworking,
  'avm/res/container-service/managed-cluster': managedCluster,
  'avm/res/container-service/managed-cluster/agent-pool': agentPool,
  'avm/res/managed-identity/user-assigned-identity': userAssignedIdentity,
  'avm/res/network/application-gateway': applicationGateway,
  'avm/res/network/azure-firewall': azureFirewall,
  'avm/res/network/bastion-host': bastionHost,
  'avm/res/network/firewall-policy': firewallPolicy,
  'avm/res/network/firewall-policy/rule-collection-group': ruleCollectionGroup,
  'avm/res/network/local-network-gateway': localNetworkGateway,
  'avm/res/network/nat-gateway': natGateway,
  'avm/res/network/network-security-group': networkSecurityGroup,
  'avm/res/network/private-dns-zone': privateDnsZone,
  'avm/res/network/private-dns-zone/virtual-network-link': virtualNetworkLink,
  'avm/res/network/public-ip-address': publicIPAddress,
  'avm/res/network/public-ip-prefix': publicIPPrefix,
  'avm/res/network/route-table': routeTable,
  'avm/res/network/virtual-network': virtualNetwork,
  'avm/res/network/virtual-network-gateway': virtualNetworkGateway,
  'avm/res/network/virtual-network/subnet': subnet,
  'avm/res/network/virtual-network/virtual-network-peering': virtualNetworkPeering,
};

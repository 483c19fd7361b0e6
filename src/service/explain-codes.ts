import { type CodeRow, namedCodes } from './explain-codes-named.ts';
import { aks, guide, issue, outbound, peering, subnets } from './explain-pages.ts';

/** What is known of an error code with which AKS or the network of Azure answers. */
export interface AzureCode {
  readonly code: string;
  /** What is wrong, in our words. */
  readonly meaning: string;
  /** Ids of rules that find the cause; some may belong to a later version. */
  readonly rules: readonly string[];
  readonly reference: string;
  /** Whether only the name of the code is documented, so that the meaning is read from it. */
  readonly isNameOnly: boolean;
}

/** The message of each of these was seen. */
const seen: readonly CodeRow[] = [
  [
    'InsufficientSubnetSize',
    'The subnet has fewer free addresses than the node pools reserve before they start.',
    'subnet-too-small-azure-cni subnet-too-small-nodes pod-cidr-too-small',
    guide('connectivity/insufficientsubnetsize-error-advanced-networking'),
  ],
  [
    'SubnetIsFull',
    'The subnet ran out of addresses, mostly when a pool grew or an upgrade added nodes for a while.',
    'subnet-too-small-upgrade-autoscale pod-subnet-too-small subnet-too-small-azure-cni',
    guide('error-codes/subnetisfull-error'),
  ],
  [
    'ServiceCidrOverlapExistingSubnetsCidr',
    'The service range of the cluster shares addresses with a subnet of its virtual network. Without a serviceCidr it is 10.0.0.0/16.',
    'service-cidr-overlap-subnet service-cidr-default-overlap',
    guide('error-codes/servicecidroverlapexistingsubnetscidr-error'),
  ],
  [
    'DnsServiceIpOutOfServiceCidr',
    'The address of the DNS service does not lie in the service range. Without a dnsServiceIP it is 10.0.0.10, whatever the range.',
    'dns-ip-outside-service-cidr',
    guide('error-codes/dnsserviceipoutofservicecidr-error'),
  ],
  [
    'NetworkProfileCIDROverlapVNET',
    'The pod or service range of the cluster shares addresses with the virtual network.',
    'pod-cidr-overlap-subnet service-cidr-overlap-vnet pod-cidr-overlap-vnet-or-peer',
    issue('Azure/AKS-Construction/issues/403'),
  ],
  [
    'CidrStringParseError',
    'A range of the cluster is no address prefix.',
    'cidr-syntax',
    issue('Azure/AKS/issues/506'),
  ],
  ['InvalidAddressPrefixFormat', 'An address prefix is not written as address/length.', 'cidr-syntax', subnets],
  [
    'InvalidCIDRNotation',
    'An address prefix does not start at the first address of its block.',
    'cidr-host-bits cidr-syntax',
    subnets,
  ],
  [
    'NetcfgSubnetRangeOutsideVnet',
    'A subnet has addresses that its virtual network does not have.',
    'subnet-outside-vnet',
    issue('MicrosoftDocs/azure-docs/pull/123869'),
  ],
  [
    'NetcfgSubnetRangesOverlap',
    'Two subnets of one virtual network share addresses.',
    'subnet-overlap',
    issue('MicrosoftDocs/azure-docs/pull/123869'),
  ],
  [
    'NetcfgInvalidSubnet',
    'The network refuses the range of a subnet: it lies outside of the network, overlaps another one or has an impossible size.',
    'subnet-outside-vnet subnet-overlap subnet-prefix-size cidr-host-bits',
    issue('hashicorp/terraform-provider-azurerm/issues/10826'),
  ],
  [
    'VnetAddressSpacesOverlap',
    'Two virtual networks share addresses and so cannot be peered.',
    'vnet-peering-overlap',
    peering,
  ],
  [
    'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
    'A network cannot be peered, because it shares addresses with another peer of the same network.',
    'vnet-peering-overlap',
    issue('Azure/ResourceModules/issues/731'),
  ],
  [
    'SubnetIsDelegated',
    'The subnet of a node pool is delegated to some service, and nodes cannot live in it.',
    'node-subnet-delegated',
    guide('error-codes/subnetisdelegated-error'),
  ],
  [
    'SubnetWithExternalResourcesCannotBeUsedByOtherResources',
    'The subnet belongs to another service, such as a container group or an application gateway, and takes no nodes.',
    'node-subnet-shared-with-service node-subnet-delegated',
    guide('error-codes/subnetwithexternalresourcescannotbeusedbyotherresources-error'),
  ],
  [
    'ExistingRouteTableNotAssociatedWithSubnet',
    'The cluster sends its traffic by user-defined routes, but the subnet of its nodes has no route table.',
    'udr-route-table-missing',
    outbound,
  ],
  [
    'RouteTableMissingDefaultRouteError',
    'The cluster sends its traffic by user-defined routes, but the route table has no route for 0.0.0.0/0.',
    'udr-missing-default-route',
    issue('MicrosoftDocs/azure-docs/issues/108240'),
  ],
  [
    'RouteTableInvalidNextHop',
    'The default route leads to a kind of next hop that user-defined routing does not take; it has to be an appliance or a gateway.',
    'udr-default-route-next-hop',
    issue('hashicorp/terraform-provider-azurerm/issues/8609'),
  ],
  [
    'RouteConflict',
    'Two routes of one table are for the same prefix.',
    'route-duplicate kubenet-route-table-shared',
    issue('kubernetes-sigs/cloud-provider-azure/issues/657'),
  ],
  [
    'ManagedNATGatewayWithCustomVNetNotAllowed',
    'A managed NAT gateway goes only with the network that AKS makes itself. Subnets of your own take a NAT gateway of your own, and outboundType userAssignedNATGateway.',
    'nat-managed-custom-vnet',
    aks('nat-gateway'),
  ],
  [
    'SubnetNotAssociatedWithNATGateway',
    'The outbound type asks for a NAT gateway, but a subnet of the cluster has none.',
    'nat-user-assigned-missing',
    aks('nat-gateway'),
  ],
  [
    'InvalidLoadBalancerProfileAllocatedOutboundPorts',
    'The outbound addresses of the load balancer have too few ports for the nodes: each address has 64,000.',
    'lb-outbound-ports-insufficient',
    guide('error-codes/invalidloadbalancerprofileallocatedoutboundports-error'),
  ],
  [
    'CustomRouteTableMissingPermission',
    'The identity of the cluster may not read and write the route table that you bring. It needs Network Contributor on it, and that has to be granted before the cluster is made.',
    'route-table-role-assignment byo-route-table-identity',
    'https://aka.ms/aks/customrt',
  ],
  [
    'CustomRouteTableWithUnsupportedMSIType',
    'A cluster with a route table of your own needs a user-assigned identity: a system-assigned one does not exist yet when its rights are checked.',
    'byo-route-table-identity',
    issue('Azure/AKS/issues/2333'),
  ],
  [
    'CustomPrivateDNSZoneMissingPermissionError',
    'The identity of the cluster may not write into the private DNS zone that you bring. It needs Private DNS Zone Contributor on it.',
    'private-dns-zone-role private-dns-zone-identity',
    guide('error-codes/customprivatednszonemissingpermissions-error'),
  ],
  [
    'CiliumDataplaneRequiresNetworkPolicyCilium',
    'The Cilium data plane goes with the network policy "cilium" only.',
    'cilium-dataplane-policy',
    aks('azure-cni-powered-by-cilium'),
  ],
  [
    'AuthorizedIPRanges',
    'The API server of a private cluster has no public address, so that authorized IP ranges mean nothing to it.',
    'authorized-ips-private-cluster',
    aks('api-server-authorized-ip-ranges'),
  ],
  [
    'AgentPoolsWithEmptySubnetError',
    'One node pool has a subnet and another one has none; either all have one or none has.',
    'node-pool-subnet-missing',
    issue('Azure/AKS/issues/2927'),
  ],
];

function toCode(isNameOnly: boolean): (row: CodeRow) => AzureCode {
  return ([code, meaning, rules, reference]) => ({
    code,
    meaning,
    rules: rules.split(' ').filter((rule) => rule !== ''),
    reference,
    isNameOnly,
  });
}

/** Every code that can be explained. */
export const azureCodes: readonly AzureCode[] = [...seen.map(toCode(false)), ...namedCodes.map(toCode(true))];

import type {
  ApplicationGateway,
  BastionHost,
  LocalNetworkGateway,
  NatGateway,
  PublicIPAddress,
  PublicIPPrefix,
  VirtualNetworkGateway,
} from '../model/edge.ts';
import type {
  NetworkSecurityGroup,
  Route,
  RouteTable,
  SecurityRule,
  Subnet,
  VirtualNetwork,
  VirtualNetworkPeering,
} from '../model/network.ts';
import {
  type View,
  viewList,
  viewPrefix,
  viewPrefixes,
  viewReference,
  viewReferences,
  viewResource,
  viewTexts,
  viewValue,
} from './view-values.ts';

/** A virtual network; its subnets stand in a list of their own. */
export function viewVirtualNetwork(network: VirtualNetwork): View {
  return {
    ...viewResource(network),
    location: viewValue(network.location),
    addressPrefixes: viewPrefixes(network.addressPrefixes),
    subnets: viewList(network.subnets, (subnet) => subnet.id),
    dhcpOptions: { dnsServers: viewTexts(network.dnsServers) },
    encryption: { enabled: viewValue(network.encryptionEnabled) },
  };
}

/** A subnet. */
export function viewSubnet(subnet: Subnet): View {
  return {
    ...viewResource(subnet),
    virtualNetwork: subnet.virtualNetworkId,
    addressPrefixes: viewPrefixes(subnet.addressPrefixes),
    routeTable: viewReference(subnet.routeTable),
    networkSecurityGroup: viewReference(subnet.networkSecurityGroup),
    natGateway: viewReference(subnet.natGateway),
    delegations: viewList(subnet.delegations, (delegation) => ({
      name: viewValue(delegation.name),
      serviceName: viewValue(delegation.serviceName),
    })),
    serviceEndpoints: viewTexts(subnet.serviceEndpoints),
    privateEndpointNetworkPolicies: viewValue(subnet.privateEndpointNetworkPolicies),
    defaultOutboundAccess: viewValue(subnet.defaultOutboundAccess),
  };
}

/** A peering. */
export function viewPeering(peering: VirtualNetworkPeering): View {
  return {
    name: viewValue(peering.name),
    virtualNetwork: peering.virtualNetworkId,
    remoteVirtualNetwork: viewReference(peering.remoteVirtualNetwork),
    allowVirtualNetworkAccess: viewValue(peering.allowVirtualNetworkAccess),
    allowForwardedTraffic: viewValue(peering.allowForwardedTraffic),
    allowGatewayTransit: viewValue(peering.allowGatewayTransit),
    useRemoteGateways: viewValue(peering.useRemoteGateways),
    peerCompleteVnets: viewValue(peering.peerCompleteVnets),
    localSubnetNames: viewTexts(peering.localSubnetNames),
    remoteSubnetNames: viewTexts(peering.remoteSubnetNames),
    localAddressSpace: viewPrefixes(peering.localAddressSpace),
    remoteAddressSpace: viewPrefixes(peering.remoteAddressSpace),
  };
}

/** A route table with its routes. */
export function viewRouteTable(table: RouteTable): View {
  return {
    ...viewResource(table),
    routes: viewList(table.routes, viewRoute),
    disableBgpRoutePropagation: viewValue(table.disableBgpRoutePropagation),
  };
}

function viewRoute(route: Route): View {
  return {
    name: viewValue(route.name),
    addressPrefix: viewPrefix(route.addressPrefix),
    nextHopType: viewValue(route.nextHopType),
    nextHopIpAddress: viewValue(route.nextHopIpAddress),
  };
}

/** A network security group with its rules. */
export function viewSecurityGroup(group: NetworkSecurityGroup): View {
  return { ...viewResource(group), securityRules: viewList(group.securityRules, viewSecurityRule) };
}

function viewSecurityRule(rule: SecurityRule): View {
  return {
    name: viewValue(rule.name),
    direction: viewValue(rule.direction),
    access: viewValue(rule.access),
    priority: viewValue(rule.priority),
    protocol: viewValue(rule.protocol),
    sourceAddressPrefixes: viewPrefixes(rule.sourceAddressPrefixes),
    destinationAddressPrefixes: viewPrefixes(rule.destinationAddressPrefixes),
    sourcePortRanges: viewTexts(rule.sourcePortRanges),
    destinationPortRanges: viewTexts(rule.destinationPortRanges),
    sourceApplicationSecurityGroups: viewReferences(rule.sourceApplicationSecurityGroups),
    destinationApplicationSecurityGroups: viewReferences(rule.destinationApplicationSecurityGroups),
  };
}

/** A NAT gateway. */
export function viewNatGateway(gateway: NatGateway): View {
  return {
    ...viewResource(gateway),
    sku: { name: viewValue(gateway.skuName) },
    zones: viewTexts(gateway.zones),
    publicIpAddresses: viewReferences(gateway.publicIpAddresses),
    publicIpPrefixes: viewReferences(gateway.publicIpPrefixes),
    idleTimeoutInMinutes: viewValue(gateway.idleTimeoutInMinutes),
  };
}

/** A public IP address. */
export function viewPublicIPAddress(address: PublicIPAddress): View {
  return {
    ...viewResource(address),
    sku: { name: viewValue(address.skuName), tier: viewValue(address.skuTier) },
    publicIPAllocationMethod: viewValue(address.publicIPAllocationMethod),
    publicIPAddressVersion: viewValue(address.publicIPAddressVersion),
    ipAddress: viewValue(address.ipAddress),
    zones: viewTexts(address.zones),
    publicIPPrefix: viewReference(address.publicIPPrefix),
  };
}

/** A public IP prefix. */
export function viewPublicIPPrefix(prefix: PublicIPPrefix): View {
  return {
    ...viewResource(prefix),
    sku: { name: viewValue(prefix.skuName) },
    prefixLength: viewValue(prefix.prefixLength),
    publicIPAddressVersion: viewValue(prefix.publicIPAddressVersion),
    ipPrefix: viewPrefix(prefix.ipPrefix),
    zones: viewTexts(prefix.zones),
  };
}

/** An application gateway. */
export function viewApplicationGateway(gateway: ApplicationGateway): View {
  return {
    ...viewResource(gateway),
    sku: { name: viewValue(gateway.skuName), tier: viewValue(gateway.skuTier) },
    subnets: viewReferences(gateway.subnets),
  };
}

/** A bastion host. */
export function viewBastionHost(bastion: BastionHost): View {
  return {
    ...viewResource(bastion),
    sku: { name: viewValue(bastion.skuName) },
    subnets: viewReferences(bastion.subnets),
  };
}

/** A virtual network gateway. */
export function viewVirtualNetworkGateway(gateway: VirtualNetworkGateway): View {
  return {
    ...viewResource(gateway),
    gatewayType: viewValue(gateway.gatewayType),
    vpnType: viewValue(gateway.vpnType),
    sku: { name: viewValue(gateway.skuName) },
    enableBgp: viewValue(gateway.enableBgp),
    activeActive: viewValue(gateway.activeActive),
    subnets: viewReferences(gateway.subnets),
  };
}

/** A local network gateway. */
export function viewLocalNetworkGateway(gateway: LocalNetworkGateway): View {
  return {
    ...viewResource(gateway),
    addressPrefixes: viewPrefixes(gateway.addressPrefixes),
    gatewayIpAddress: viewValue(gateway.gatewayIpAddress),
  };
}

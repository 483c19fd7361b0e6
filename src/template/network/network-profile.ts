import type { Location } from '../../base/span.ts';
import type { LoadBalancerProfile, NatGatewayProfile, NetworkProfile } from '../../model/cluster.ts';
import type { Data } from '../data.ts';
import {
  readBoolean,
  readMember,
  readNumber,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReferences,
  readSection,
  readString,
  readStrings,
} from './reader.ts';

/** The `networkProfile` of a cluster; `header` is that of the cluster. */
export function readNetworkProfile(profile: Data | undefined, header: Location): NetworkProfile {
  const read = (name: string): Data | undefined => readMember(profile, name);
  return {
    ...readSection(profile, header),
    networkPlugin: readString(read('networkPlugin')),
    networkPluginMode: readModeText(read('networkPluginMode')),
    networkPolicy: readString(read('networkPolicy')),
    networkDataplane: readString(read('networkDataplane')),
    networkMode: readString(read('networkMode')),
    outboundType: readString(read('outboundType')),
    loadBalancerSku: readString(read('loadBalancerSku')),
    loadBalancerProfile: readLoadBalancerProfile(read('loadBalancerProfile'), header),
    natGatewayProfile: readNatGatewayProfile(read('natGatewayProfile'), header),
    ipFamilies: readStrings(read('ipFamilies')),
    serviceCidr: readPrefixProperty(read('serviceCidr')),
    serviceCidrs: readPrefixes(read('serviceCidrs')),
    podCidr: readPrefixProperty(read('podCidr')),
    podCidrs: readPrefixes(read('podCidrs')),
    dnsServiceIP: readModeText(read('dnsServiceIP')),
    dockerBridgeCidr: readPrefixProperty(read('dockerBridgeCidr')),
    advancedNetworkingEnabled: readBoolean(readPath(profile, 'advancedNetworking', 'enabled')),
    staticEgressGatewayEnabled: readBoolean(readPath(profile, 'staticEgressGatewayProfile', 'enabled')),
  };
}

function readLoadBalancerProfile(profile: Data | undefined, header: Location): LoadBalancerProfile {
  const read = (name: string): Data | undefined => readMember(profile, name);
  const managed = read('managedOutboundIPs');
  return {
    ...readSection(profile, header),
    managedOutboundIPs: readSection(managed, header),
    managedOutboundIPsCount: readNumber(readMember(managed, 'count')),
    managedOutboundIPsCountIPv6: readNumber(readMember(managed, 'countIPv6')),
    outboundIPs: readReferences(readMember(read('outboundIPs'), 'publicIPs')),
    outboundIPPrefixes: readReferences(readMember(read('outboundIPPrefixes'), 'publicIPPrefixes')),
    allocatedOutboundPorts: readNumber(read('allocatedOutboundPorts')),
    idleTimeoutInMinutes: readNumber(read('idleTimeoutInMinutes')),
    backendPoolType: readString(read('backendPoolType')),
  };
}

function readNatGatewayProfile(profile: Data | undefined, header: Location): NatGatewayProfile {
  return {
    ...readSection(profile, header),
    managedOutboundIPCount: readNumber(readPath(profile, 'managedOutboundIPProfile', 'count')),
    idleTimeoutInMinutes: readNumber(readMember(profile, 'idleTimeoutInMinutes')),
  };
}

/** An empty text counts as not set, as the service treats it. */
function readModeText(data: Data | undefined): NetworkProfile['dnsServiceIP'] {
  return data?.kind === 'string' && data.value === '' ? undefined : readString(data);
}

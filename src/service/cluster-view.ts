import type {
  AddonProfile,
  AgentPool,
  ApiServerAccessProfile,
  LocalDnsOverride,
  ManagedCluster,
  NetworkProfile,
} from '../model/cluster.ts';
import {
  type View,
  viewList,
  viewPrefix,
  viewPrefixes,
  viewReference,
  viewReferences,
  viewResource,
  viewSection,
  viewTexts,
  viewValue,
} from './view-values.ts';

/** A cluster with its pools. */
export function viewManagedCluster(cluster: ManagedCluster): View {
  const { identity, bootstrapProfile } = cluster;
  return {
    ...viewResource(cluster),
    location: viewValue(cluster.location),
    sku: { name: viewValue(cluster.skuName), tier: viewValue(cluster.skuTier) },
    kubernetesVersion: viewValue(cluster.kubernetesVersion),
    dnsPrefix: viewValue(cluster.dnsPrefix),
    fqdnSubdomain: viewValue(cluster.fqdnSubdomain),
    publicNetworkAccess: viewValue(cluster.publicNetworkAccess),
    nodeResourceGroup: viewValue(cluster.nodeResourceGroup),
    identity: {
      ...viewSection(identity),
      type: viewValue(identity.type),
      userAssignedIdentities: viewReferences(identity.userAssignedIdentities),
    },
    servicePrincipalProfile: viewSection(cluster.servicePrincipalProfile),
    windowsProfile: viewSection(cluster.windowsProfile),
    networkProfile: viewNetworkProfile(cluster.networkProfile),
    apiServerAccessProfile: viewApiServerAccess(cluster.apiServerAccessProfile),
    bootstrapProfile: {
      ...viewSection(bootstrapProfile),
      artifactSource: viewValue(bootstrapProfile.artifactSource),
      containerRegistryId: viewReference(bootstrapProfile.containerRegistryId),
    },
    httpProxyConfig: viewSection(cluster.httpProxyConfig),
    addonProfiles: {
      ...viewSection(cluster.addonProfiles),
      ingressApplicationGateway: viewAddon(cluster.addonProfiles.ingressApplicationGateway),
      httpApplicationRouting: viewAddon(cluster.addonProfiles.httpApplicationRouting),
      aciConnectorLinux: viewAddon(cluster.addonProfiles.aciConnectorLinux),
      azurepolicy: viewAddon(cluster.addonProfiles.azurepolicy),
    },
    nodeProvisioningProfile: { mode: viewValue(cluster.nodeProvisioningMode) },
    ingressProfile: { webAppRouting: { enabled: viewValue(cluster.webAppRoutingEnabled) } },
    agentPoolProfiles: viewList(cluster.agentPools, viewAgentPool),
  };
}

function viewNetworkProfile(profile: NetworkProfile): View {
  const { loadBalancerProfile: balancer, natGatewayProfile: nat } = profile;
  return {
    ...viewSection(profile),
    networkPlugin: viewValue(profile.networkPlugin),
    networkPluginMode: viewValue(profile.networkPluginMode),
    networkPolicy: viewValue(profile.networkPolicy),
    networkDataplane: viewValue(profile.networkDataplane),
    networkMode: viewValue(profile.networkMode),
    outboundType: viewValue(profile.outboundType),
    loadBalancerSku: viewValue(profile.loadBalancerSku),
    loadBalancerProfile: {
      ...viewSection(balancer),
      managedOutboundIPs: {
        ...viewSection(balancer.managedOutboundIPs),
        count: viewValue(balancer.managedOutboundIPsCount),
        countIPv6: viewValue(balancer.managedOutboundIPsCountIPv6),
      },
      outboundIPs: viewReferences(balancer.outboundIPs),
      outboundIPPrefixes: viewReferences(balancer.outboundIPPrefixes),
      allocatedOutboundPorts: viewValue(balancer.allocatedOutboundPorts),
      idleTimeoutInMinutes: viewValue(balancer.idleTimeoutInMinutes),
      backendPoolType: viewValue(balancer.backendPoolType),
    },
    natGatewayProfile: {
      ...viewSection(nat),
      managedOutboundIPProfile: { count: viewValue(nat.managedOutboundIPCount) },
      idleTimeoutInMinutes: viewValue(nat.idleTimeoutInMinutes),
    },
    ipFamilies: viewTexts(profile.ipFamilies),
    serviceCidr: viewPrefix(profile.serviceCidr),
    serviceCidrs: viewPrefixes(profile.serviceCidrs),
    podCidr: viewPrefix(profile.podCidr),
    podCidrs: viewPrefixes(profile.podCidrs),
    dnsServiceIP: viewValue(profile.dnsServiceIP),
    dockerBridgeCidr: viewPrefix(profile.dockerBridgeCidr),
    advancedNetworking: { enabled: viewValue(profile.advancedNetworkingEnabled) },
    staticEgressGatewayProfile: { enabled: viewValue(profile.staticEgressGatewayEnabled) },
  };
}

function viewApiServerAccess(profile: ApiServerAccessProfile): View {
  return {
    ...viewSection(profile),
    authorizedIPRanges: viewPrefixes(profile.authorizedIPRanges),
    enablePrivateCluster: viewValue(profile.enablePrivateCluster),
    enablePrivateClusterPublicFQDN: viewValue(profile.enablePrivateClusterPublicFQDN),
    privateDNSZone: viewReference(profile.privateDNSZone),
    enableVnetIntegration: viewValue(profile.enableVnetIntegration),
    subnetId: viewReference(profile.subnetId),
    disableRunCommand: viewValue(profile.disableRunCommand),
  };
}

function viewAddon(addon: AddonProfile): View {
  return {
    ...viewSection(addon),
    enabled: viewValue(addon.enabled),
    config: {
      applicationGatewayId: viewReference(addon.applicationGatewayId),
      subnetId: viewReference(addon.subnetId),
      subnetCIDR: viewPrefix(addon.subnetCIDR),
      SubnetName: viewValue(addon.subnetName),
    },
  };
}

/** An agent pool. */
export function viewAgentPool(pool: AgentPool): View {
  const { localDNSProfile: localDns } = pool;
  return {
    name: viewValue(pool.name),
    managedCluster: pool.clusterId,
    mode: viewValue(pool.mode),
    osType: viewValue(pool.osType),
    osSKU: viewValue(pool.osSKU),
    vmSize: viewValue(pool.vmSize),
    type: viewValue(pool.type),
    orchestratorVersion: viewValue(pool.orchestratorVersion),
    availabilityZones: viewTexts(pool.availabilityZones),
    scaleDownMode: viewValue(pool.scaleDownMode),
    count: viewValue(pool.count),
    minCount: viewValue(pool.minCount),
    maxCount: viewValue(pool.maxCount),
    enableAutoScaling: viewValue(pool.enableAutoScaling),
    maxPods: viewValue(pool.maxPods),
    upgradeSettings: { maxSurge: viewValue(pool.maxSurge), maxUnavailable: viewValue(pool.maxUnavailable) },
    enableNodePublicIP: viewValue(pool.enableNodePublicIP),
    nodePublicIPPrefixID: viewReference(pool.nodePublicIPPrefixID),
    podIPAllocationMode: viewValue(pool.podIPAllocationMode),
    vnetSubnetID: viewReference(pool.vnetSubnetID),
    podSubnetID: viewReference(pool.podSubnetID),
    localDNSProfile: {
      ...viewSection(localDns),
      mode: viewValue(localDns.mode),
      vnetDNSOverrides: viewList(localDns.vnetDNSOverrides, viewOverride),
      kubeDNSOverrides: viewList(localDns.kubeDNSOverrides, viewOverride),
    },
  };
}

function viewOverride(override: LocalDnsOverride): View {
  return {
    zone: override.zone,
    queryLogging: viewValue(override.queryLogging),
    protocol: viewValue(override.protocol),
    forwardDestination: viewValue(override.forwardDestination),
    forwardPolicy: viewValue(override.forwardPolicy),
    serveStale: viewValue(override.serveStale),
  };
}

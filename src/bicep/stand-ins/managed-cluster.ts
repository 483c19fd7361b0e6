import { poolProperties } from './agent-pool.ts';
import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/container-service/managed-cluster`. `primaryAgentPoolProfile` became
 * `primaryAgentPoolProfiles` in version 0.5, and in version 0.12 `apiServerAccessProfile` took the place of the parameters
 * for its properties. What is not given of the network profile is not set, but for the outbound type; of the profile of
 * the load balancer it hangs on the version.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/container-service/managed-cluster
 */
export const managedCluster = `
param name string
param location string = resourceGroup().location
param managedIdentities object?
param kubernetesVersion string?
param skuName string = 'Base'
param skuTier string = 'Standard'
param primaryAgentPoolProfiles array?
param primaryAgentPoolProfile array?
param agentPools array?

param advancedNetworking object?
param ipFamilies array?
param natGatewayProfile object?
param networkMode string?
param networkDataplane string?
param networkPlugin string?
param networkPluginMode string?
param networkPolicy string?
param podCidr string?
param podCidrs array?
param serviceCidr string?
param serviceCidrs array?
param dnsServiceIP string?
param staticEgressGatewayProfile object?
param outboundType string = 'loadBalancer'

param loadBalancerSku string = 'standard'
param managedOutboundIPCount int?
param allocatedOutboundPorts int?
param idleTimeoutInMinutes int?
param outboundPublicIPResourceIds array?
param outboundPublicIPPrefixResourceIds array?
param backendPoolType string?

param apiServerAccessProfile object?
param authorizedIPRanges array?
param disableRunCommand bool?
param enablePrivateCluster bool?
param enablePrivateClusterPublicFQDN bool?
param privateDNSZone string?

param dnsPrefix string = name
param fqdnSubdomain string?
param publicNetworkAccess string?
param nodeResourceGroup string = '\${resourceGroup().name}_aks_\${name}_nodes'
param nodeProvisioningProfile object?
param nodeProvisioningProfileMode string?
param aksServicePrincipalProfile object?
param windowsProfile object?
param webApplicationRoutingEnabled bool = false
param dnsZoneResourceId string?
param bootstrapProfile object?
param httpApplicationRoutingEnabled bool = false
param ingressApplicationGatewayEnabled bool = false
param appGatewayResourceId string?
param aciConnectorLinuxEnabled bool = false
param azurePolicyEnabled bool = true

var userIdentities = managedIdentities.?userAssignedResourceIds ?? []
var namesBalancer = managedOutboundIPCount != null || allocatedOutboundPorts != null || idleTimeoutInMinutes != null || outboundPublicIPResourceIds != null || outboundPublicIPPrefixResourceIds != null || backendPoolType != null
var namesAccess = authorizedIPRanges != null || disableRunCommand != null || enablePrivateCluster != null || enablePrivateClusterPublicFQDN != null || privateDNSZone != null
var hasGateway = ingressApplicationGatewayEnabled && !empty(appGatewayResourceId)

resource managedCluster 'Microsoft.ContainerService/managedClusters@2025-05-01' = {
  name: name
  location: location
  sku: { name: skuName, tier: skuTier }
  identity: empty(managedIdentities) ? null : {
    type: managedIdentities.?systemAssigned ?? false ? 'SystemAssigned' : empty(userIdentities) ? null : 'UserAssigned'
    userAssignedIdentities: empty(userIdentities) ? null : toObject(userIdentities, id => id, id => {})
  }
  properties: {
    ...unmodelled()
    kubernetesVersion: kubernetesVersion
    agentPoolProfiles: map(primaryAgentPoolProfiles ?? primaryAgentPoolProfile, pool => {
      ${poolProperties('pool.?')}
      name: pool.name
    })
    networkProfile: {
      ...unmodelled()
      advancedNetworking: advancedNetworking
      ipFamilies: ipFamilies ?? unmodelled()
      natGatewayProfile: natGatewayProfile
      networkMode: networkMode
      networkDataplane: networkDataplane
      networkPlugin: networkPlugin
      networkPluginMode: networkDataplane == 'cilium' ? (networkPluginMode == 'overlay' ? networkPluginMode : unmodelled()) : networkPluginMode
      networkPolicy: networkDataplane == 'cilium' ? (networkPolicy == 'cilium' ? networkPolicy : unmodelled()) : networkPolicy
      podCidr: podCidr
      podCidrs: podCidrs
      serviceCidr: serviceCidr
      serviceCidrs: serviceCidrs
      dnsServiceIP: dnsServiceIP
      dockerBridgeCidr: null
      staticEgressGatewayProfile: staticEgressGatewayProfile
      outboundType: outboundType
      loadBalancerSku: loadBalancerSku
      loadBalancerProfile: outboundType == 'userDefinedRouting' ? null : !namesBalancer ? unmodelled() : {
        ...unmodelled()
        allocatedOutboundPorts: allocatedOutboundPorts ?? unmodelled()
        idleTimeoutInMinutes: idleTimeoutInMinutes ?? unmodelled()
        managedOutboundIPs: managedOutboundIPCount == null || managedOutboundIPCount == 0 ? null : {
          count: managedOutboundIPCount
        }
        backendPoolType: backendPoolType ?? unmodelled()
        outboundIPs: empty(outboundPublicIPResourceIds) ? null : {
          publicIPs: map(outboundPublicIPResourceIds, id => { id: id })
        }
        outboundIPPrefixes: empty(outboundPublicIPPrefixResourceIds) ? null : {
          publicIPPrefixes: map(outboundPublicIPPrefixResourceIds, id => { id: id })
        }
      }
    }
    apiServerAccessProfile: apiServerAccessProfile ?? (!namesAccess ? null : {
      authorizedIPRanges: authorizedIPRanges
      disableRunCommand: disableRunCommand ?? false
      enablePrivateCluster: enablePrivateCluster ?? false
      enablePrivateClusterPublicFQDN: enablePrivateClusterPublicFQDN ?? false
      privateDNSZone: privateDNSZone
    })
    bootstrapProfile: bootstrapProfile
    dnsPrefix: dnsPrefix
    fqdnSubdomain: fqdnSubdomain
    publicNetworkAccess: publicNetworkAccess ?? unmodelled()
    nodeResourceGroup: nodeResourceGroup
    nodeProvisioningProfile: nodeProvisioningProfile ?? (nodeProvisioningProfileMode == null ? null : {
      mode: nodeProvisioningProfileMode
    })
    servicePrincipalProfile: aksServicePrincipalProfile
    windowsProfile: windowsProfile
    ingressProfile: {
      ...unmodelled()
      webAppRouting: {
        ...unmodelled()
        enabled: webApplicationRoutingEnabled
        dnsZoneResourceIds: empty(dnsZoneResourceId) ? null : [dnsZoneResourceId]
      }
    }
    addonProfiles: {
      ...unmodelled()
      httpApplicationRouting: { enabled: httpApplicationRoutingEnabled }
      ingressApplicationGateway: {
        enabled: hasGateway
        config: hasGateway ? { applicationGatewayId: appGatewayResourceId } : null
      }
      aciConnectorLinux: { enabled: aciConnectorLinuxEnabled }
      azurepolicy: { enabled: azurePolicyEnabled }
    }
  }
}

resource agentPool 'Microsoft.ContainerService/managedClusters/agentPools@2025-05-01' = [for pool in agentPools ?? []: {
  parent: managedCluster
  name: pool.name
  properties: {
      ${poolProperties('pool.?')}
  }
}]
${roleAssignments('managedCluster')}${commonOutputs('managedCluster')}
output controlPlaneFQDN string = managedCluster.properties.fqdn
output systemAssignedMIPrincipalId string = managedCluster.identity.principalId
output kubeletIdentityObjectId string = managedCluster.properties.identityProfile.kubeletidentity.objectId
output kubeletIdentityClientId string = managedCluster.properties.identityProfile.kubeletidentity.clientId
output kubeletIdentityResourceId string = managedCluster.properties.identityProfile.kubeletidentity.resourceId
output oidcIssuerUrl string = managedCluster.properties.oidcIssuerProfile.issuerURL
`;

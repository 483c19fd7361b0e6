/**
 * Stands in for `avm/ptn/azd/aks`, which builds the cluster of the Azure Developer CLI's templates. Until version 0.1.1 it
 * took `agentPools`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/ptn/azd/aks
 */
export const azdCluster = `
param name string
param containerRegistryName string
param location string = resourceGroup().location
param networkPlugin string = 'azure'
param networkPolicy string = 'azure'
param networkDataplane string?
param networkPluginMode string?
param podCidr string?
param serviceCidr string?
param dnsServiceIP string?
param loadBalancerSku string = 'standard'
param dnsPrefix string = name
param nodeResourceGroupName string?
param kubernetesVersion string?
param skuTier string = 'Standard'
param appGatewayResourceId string?
param webApplicationRoutingEnabled bool?
param systemPoolConfig array?
param agentPoolConfig array?
param agentPools array?
param systemPoolSize string = 'Standard'
param agentPoolSize string = ''

var base = {
  osType: 'Linux'
  maxPods: 30
  type: 'VirtualMachineScaleSets'
  upgradeSettings: unmodelled()
  enableAutoScaling: true
}
var sizes = {
  CostOptimised: { vmSize: 'Standard_B4ms', count: 1, minCount: 1, maxCount: 3, availabilityZones: [] }
  Standard: { vmSize: 'Standard_DS2_v2', count: 3, minCount: 3, maxCount: 5, availabilityZones: [1, 2, 3] }
  HighSpec: { vmSize: 'Standard_D4s_v3', count: 3, minCount: 3, maxCount: 5, availabilityZones: [1, 2, 3] }
}

module cluster 'br/public:avm/res/container-service/managed-cluster:0.11.0' = {
  name: name
  params: {
    name: name
    location: location
    managedIdentities: { systemAssigned: true }
    networkPlugin: networkPlugin
    networkPolicy: networkPolicy
    networkDataplane: networkDataplane
    networkPluginMode: networkPluginMode
    podCidr: podCidr
    serviceCidr: serviceCidr
    dnsServiceIP: dnsServiceIP
    loadBalancerSku: loadBalancerSku
    dnsPrefix: dnsPrefix
    nodeResourceGroup: nodeResourceGroupName ?? unmodelled()
    kubernetesVersion: kubernetesVersion ?? unmodelled()
    skuTier: skuTier
    appGatewayResourceId: appGatewayResourceId
    webApplicationRoutingEnabled: webApplicationRoutingEnabled ?? unmodelled()
    primaryAgentPoolProfiles: !empty(systemPoolConfig)
      ? systemPoolConfig
      : [union({ name: 'npsystem', mode: 'System' }, base, sizes[systemPoolSize])]
    agentPools: !empty(agentPoolConfig)
      ? agentPoolConfig
      : empty(agentPoolSize) ? agentPools : [union({ name: 'npuser', mode: 'User' }, base, sizes[agentPoolSize])]
  }
}

output resourceGroupName string = resourceGroup().name
output managedClusterName string = cluster.outputs.name
output managedClusterClientId string = cluster.outputs.kubeletIdentityClientId
output managedClusterObjectId string = cluster.outputs.kubeletIdentityObjectId
output managedClusterResourceId string = cluster.outputs.kubeletIdentityResourceId
output containerRegistryName string = containerRegistryName
output containerRegistryLoginServer string = unmodelled()
`;

/**
 * Stands in for `avm/ptn/azd/aks-automatic-cluster`. Its `clusterName` is that of a deployment.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/ptn/azd/aks-automatic-cluster
 */
export const azdAutomaticCluster = `
param name string
param location string = resourceGroup().location

module cluster 'br/public:avm/res/container-service/managed-cluster:0.11.1' = {
  name: name
  params: {
    name: name
    location: location
    kubernetesVersion: unmodelled()
    managedIdentities: { systemAssigned: true }
    nodeProvisioningProfileMode: 'Auto'
    outboundType: 'managedNATGateway'
    primaryAgentPoolProfiles: [{ name: 'systempool', count: 3, vmSize: 'Standard_DS4_v2', mode: 'System' }]
    publicNetworkAccess: 'Enabled'
    skuName: 'Automatic'
    webApplicationRoutingEnabled: true
  }
}

output resourceGroupName string = resourceGroup().name
output clusterName string = unmodelled()
output clusterIdentity object = {
  clientId: cluster.outputs.kubeletIdentityClientId
  objectId: cluster.outputs.kubeletIdentityObjectId
  resourceId: cluster.outputs.kubeletIdentityResourceId
}
`;

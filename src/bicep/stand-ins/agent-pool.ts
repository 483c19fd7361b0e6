import { commonOutputs } from './shared.ts';

/** Properties that pools take under their own names. */
const plainProperties = [
  'enableEncryptionAtHost',
  'enableFIPS',
  'enableUltraSSD',
  'gatewayProfile',
  'gpuInstanceProfile',
  'kubeletConfig',
  'kubeletDiskType',
  'linuxOSConfig',
  'localDNSProfile',
  'maxCount',
  'maxPods',
  'minCount',
  'mode',
  'networkProfile',
  'nodeLabels',
  'nodeTaints',
  'orchestratorVersion',
  'osDiskSizeGB',
  'osDiskType',
  'osSKU',
  'podIPAllocationMode',
  'powerState',
  'scaleSetPriority',
  'securityProfile',
  'type',
  'upgradeSettings',
  'virtualMachinesProfile',
  'windowsProfile',
  'workloadRuntime',
];

/**
 * The properties of a pool from an object, without braces: `pool` stands before each name. The subnets were
 * `vnetSubnetID` and `podSubnetID` until version 0.3 of the cluster module.
 */
export function poolProperties(pool: string): string {
  return `...unmodelled()
${plainProperties.map((name) => `      ${name}: ${pool}${name}`).join('\n')}
      availabilityZones: ${pool}availabilityZones == null ? unmodelled() : map(${pool}availabilityZones, zone => string(zone))
      count: ${pool}type == 'VirtualMachines' ? null : ${pool}count ?? 1
      enableAutoScaling: ${pool}type == 'VirtualMachines' ? null : ${pool}enableAutoScaling ?? false
      enableNodePublicIP: ${pool}enableNodePublicIP ?? false
      nodePublicIPPrefixID: ${pool}nodePublicIpPrefixResourceId ?? ${pool}nodePublicIpPrefixId
      osType: ${pool}osType ?? 'Linux'
      podSubnetID: ${pool}podSubnetResourceId ?? ${pool}podSubnetID
      scaleDownMode: ${pool}scaleDownMode ?? 'Delete'
      vmSize: ${pool}vmSize ?? unmodelled()
      vnetSubnetID: ${pool}vnetSubnetResourceId ?? ${pool}vnetSubnetID`;
}

/** Every name that {@link poolProperties} reads. */
const poolParameters = [
  ...plainProperties,
  'availabilityZones',
  'count',
  'enableAutoScaling',
  'enableNodePublicIP',
  'nodePublicIpPrefixId',
  'nodePublicIpPrefixResourceId',
  'osType',
  'podSubnetID',
  'podSubnetResourceId',
  'scaleDownMode',
  'vmSize',
  'vnetSubnetID',
  'vnetSubnetResourceId',
];

/**
 * Stands in for `avm/res/container-service/managed-cluster/agent-pool`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/container-service/managed-cluster/agent-pool
 */
export const agentPool = `
param managedClusterName string
param name string
param location string = resourceGroup().location
${poolParameters.map((parameter) => `param ${parameter} object?`).join('\n')}

resource agentPool 'Microsoft.ContainerService/managedClusters/agentPools@2025-05-01' = {
  parent: resourceId('Microsoft.ContainerService/managedClusters', managedClusterName)
  name: name
  properties: {
      ${poolProperties('')}
  }
}
${commonOutputs('agentPool')}`;

import type {
  ApplicationGateway,
  BastionHost,
  LocalNetworkGateway,
  NatGateway,
  PublicIPAddress,
  PublicIPPrefix,
  VirtualNetworkGateway,
} from '../../model/edge.ts';
import type { Resource } from '../../model/network.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  joinCollections,
  readBoolean,
  readInnerReferences,
  readMember,
  readNumber,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReference,
  readReferences,
  readString,
  readTexts,
} from './reader.ts';
import { readResource, resourcesOfType } from './resource.ts';

/** NAT gateways. */
export function readNatGateways(resources: readonly EvaluatedResource[]): NatGateway[] {
  return readAll(resources, 'microsoft.network/natgateways', (common, read, resource) => ({
    ...common,
    skuName: readString(readMember(resource.member('sku'), 'name')),
    zones: readTexts(resource.member('zones')),
    publicIpAddresses: joinCollections(
      readReferences(read('publicIpAddresses')),
      readReferences(read('publicIpAddressesV6')),
    ),
    publicIpPrefixes: joinCollections(
      readReferences(read('publicIpPrefixes')),
      readReferences(read('publicIpPrefixesV6')),
    ),
    idleTimeoutInMinutes: readNumber(read('idleTimeoutInMinutes')),
  }));
}

/** Public IP addresses. */
export function readPublicIPAddresses(resources: readonly EvaluatedResource[]): PublicIPAddress[] {
  return readAll(resources, 'microsoft.network/publicipaddresses', (common, read, resource) => ({
    ...common,
    skuName: readString(readMember(resource.member('sku'), 'name')),
    skuTier: readString(readMember(resource.member('sku'), 'tier')),
    publicIPAllocationMethod: readString(read('publicIPAllocationMethod')),
    publicIPAddressVersion: readString(read('publicIPAddressVersion')),
    ipAddress: readString(read('ipAddress')),
    zones: readTexts(resource.member('zones')),
    publicIPPrefix: readReference(readMember(read('publicIPPrefix'), 'id')),
  }));
}

/** Public IP prefixes. */
export function readPublicIPPrefixes(resources: readonly EvaluatedResource[]): PublicIPPrefix[] {
  return readAll(resources, 'microsoft.network/publicipprefixes', (common, read, resource) => ({
    ...common,
    skuName: readString(readMember(resource.member('sku'), 'name')),
    prefixLength: readNumber(read('prefixLength')),
    publicIPAddressVersion: readString(read('publicIPAddressVersion')),
    ipPrefix: readPrefixProperty(read('ipPrefix')),
    zones: readTexts(resource.member('zones')),
  }));
}

/** Application gateways; the SKU of older templates stands in `properties` as well. */
export function readApplicationGateways(resources: readonly EvaluatedResource[]): ApplicationGateway[] {
  return readAll(resources, 'microsoft.network/applicationgateways', (common, read) => ({
    ...common,
    skuName: readString(readMember(read('sku'), 'name')),
    skuTier: readString(readMember(read('sku'), 'tier')),
    subnets: readInnerReferences(read('gatewayIPConfigurations'), 'properties', 'subnet', 'id'),
  }));
}

/** Bastion hosts. */
export function readBastionHosts(resources: readonly EvaluatedResource[]): BastionHost[] {
  return readAll(resources, 'microsoft.network/bastionhosts', (common, read, resource) => ({
    ...common,
    skuName: readString(readMember(resource.member('sku'), 'name')),
    subnets: readInnerReferences(read('ipConfigurations'), 'properties', 'subnet', 'id'),
  }));
}

/** Virtual network gateways. */
export function readVirtualNetworkGateways(resources: readonly EvaluatedResource[]): VirtualNetworkGateway[] {
  return readAll(resources, 'microsoft.network/virtualnetworkgateways', (common, read) => ({
    ...common,
    gatewayType: readString(read('gatewayType')),
    vpnType: readString(read('vpnType')),
    skuName: readString(readMember(read('sku'), 'name')),
    enableBgp: readBoolean(read('enableBgp')),
    activeActive: readBoolean(read('activeActive')),
    subnets: readInnerReferences(read('ipConfigurations'), 'properties', 'subnet', 'id'),
  }));
}

/** Local network gateways. */
export function readLocalNetworkGateways(resources: readonly EvaluatedResource[]): LocalNetworkGateway[] {
  return readAll(resources, 'microsoft.network/localnetworkgateways', (common, read) => ({
    ...common,
    addressPrefixes: readPrefixes(readPath(read('localNetworkAddressSpace'), 'addressPrefixes')),
    gatewayIpAddress: readString(read('gatewayIpAddress')),
  }));
}

/** Reads every resource of a type; `read` gives the members of its `properties`. */
function readAll<T extends Resource>(
  resources: readonly EvaluatedResource[],
  type: string,
  build: (common: Resource, read: (name: string) => Data | undefined, resource: EvaluatedResource) => T,
): T[] {
  return resourcesOfType(resources, type).map((resource) => {
    const properties = resource.member('properties');
    return build(readResource(resource, properties), (name) => readMember(properties, name), resource);
  });
}

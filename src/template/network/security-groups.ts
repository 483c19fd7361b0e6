import type { Deployment, NetworkSecurityGroup, Resource, SecurityRule } from '../../model/network.ts';
import type { Collection } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  itemHeader,
  joinCollections,
  joinSingle,
  literalObject,
  readCollection,
  readMember,
  readNumber,
  readPrefixes,
  readPrefixProperty,
  readReferences,
  readString,
  readText,
  readTexts,
} from './reader.ts';
import { groupChildren, readResource, resourcesOfType } from './resource.ts';

/** Network security groups with their inline rules and the rules declared as child resources. */
export function readSecurityGroups(resources: readonly EvaluatedResource[]): NetworkSecurityGroup[] {
  const children = groupChildren(resources, 'microsoft.network/networksecuritygroups/securityrules');
  return resourcesOfType(resources, 'microsoft.network/networksecuritygroups').map((group) => {
    const { inline, ...resource } = group.once(readOwnGroup);
    const own = {
      items: children.of(resource.id).map((rule) => rule.once(readChildRule)),
      isComplete: children.areComplete(resource.id),
    };
    return { ...resource, securityRules: joinCollections(inline, own) };
  });
}

/** What the group says by itself. */
function readOwnGroup(group: EvaluatedResource): Resource & { readonly inline: Collection<SecurityRule> } {
  const properties = group.member('properties');
  const rules = readMember(properties, 'securityRules');
  return {
    ...readResource(group, properties),
    inline: readCollection(rules, (item) => readInlineRule(item, group.deployment)),
  };
}

function readInlineRule(item: Data, deployment: Deployment): SecurityRule | undefined {
  if (item.kind !== 'object') return undefined;
  return {
    ...readRuleProperties(readMember(item, 'properties')),
    name: readString(readMember(item, 'name')),
    header: itemHeader(item),
    body: literalObject(item),
    isInline: true,
    deployment,
  };
}

function readChildRule(resource: EvaluatedResource): SecurityRule {
  return {
    ...readRuleProperties(resource.member('properties')),
    name: readString(resource.name),
    header: resource.header,
    body: resource.body,
    isInline: false,
    deployment: resource.deployment,
  };
}

function readRuleProperties(
  properties: Data | undefined,
): Omit<SecurityRule, 'name' | 'header' | 'body' | 'isInline' | 'deployment'> {
  const read = (name: string): Data | undefined => readMember(properties, name);
  return {
    properties: literalObject(properties),
    direction: readString(read('direction')),
    access: readString(read('access')),
    priority: readNumber(read('priority')),
    protocol: readString(read('protocol')),
    sourceAddressPrefixes: joinSingle(
      readPrefixProperty(read('sourceAddressPrefix')),
      readPrefixes(read('sourceAddressPrefixes')),
    ),
    destinationAddressPrefixes: joinSingle(
      readPrefixProperty(read('destinationAddressPrefix')),
      readPrefixes(read('destinationAddressPrefixes')),
    ),
    sourcePortRanges: joinSingle(readText(read('sourcePortRange')), readTexts(read('sourcePortRanges'))),
    destinationPortRanges: joinSingle(readText(read('destinationPortRange')), readTexts(read('destinationPortRanges'))),
    sourceApplicationSecurityGroups: readReferences(read('sourceApplicationSecurityGroups')),
    destinationApplicationSecurityGroups: readReferences(read('destinationApplicationSecurityGroups')),
  };
}

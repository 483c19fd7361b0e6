import type { Route, RouteTable } from '../../model/network.ts';
import { unknown } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  itemHeader,
  joinCollections,
  literalObject,
  readBoolean,
  readCollection,
  readMember,
  readPrefixProperty,
  readString,
} from './reader.ts';
import { groupChildren, type OwnerOf, readResource, resourcesOfType } from './resource.ts';

/** Route tables with their inline routes and the routes declared as child resources. */
export function readRouteTables(resources: readonly EvaluatedResource[], ownerOf: OwnerOf): RouteTable[] {
  const children = groupChildren(resources, 'microsoft.network/routetables/routes');
  return resourcesOfType(resources, 'microsoft.network/routetables').map((table) => {
    const properties = table.member('properties');
    const resource = readResource(table, properties);
    const routes = joinCollections(
      readCollection(readMember(properties, 'routes'), (item) => readInlineRoute(item, ownerOf)),
      {
        items: children.of(resource.id).map((child) => readChildRoute(child, ownerOf)),
        isComplete: children.areComplete(resource.id),
      },
    );
    const disableBgpRoutePropagation = readBoolean(readMember(properties, 'disableBgpRoutePropagation'));
    return { ...resource, routes, disableBgpRoutePropagation };
  });
}

function readInlineRoute(item: Data, ownerOf: OwnerOf): Route | undefined {
  if (item.kind !== 'object') return undefined;
  return {
    ...readRouteProperties(readMember(item, 'properties'), ownerOf),
    name: readString(readMember(item, 'name')),
    header: itemHeader(item),
    body: literalObject(item),
    isInline: true,
  };
}

function readChildRoute(resource: EvaluatedResource, ownerOf: OwnerOf): Route {
  return {
    ...readRouteProperties(resource.member('properties'), ownerOf),
    name: readString(resource.name),
    header: resource.header,
    body: resource.body,
    isInline: false,
  };
}

function readRouteProperties(
  properties: Data | undefined,
  ownerOf: OwnerOf,
): Pick<Route, 'addressPrefix' | 'nextHopType' | 'nextHopIpAddress' | 'nextHopResourceId' | 'properties'> {
  const nextHop = readMember(properties, 'nextHopIpAddress');
  return {
    addressPrefix: readPrefixProperty(readMember(properties, 'addressPrefix')),
    nextHopType: readString(readMember(properties, 'nextHopType')),
    nextHopIpAddress: readNextHop(nextHop),
    nextHopResourceId: ownerOf(nextHop),
    properties: literalObject(properties),
  };
}

/** An empty next hop address counts as not set. As the default of a parameter it holds the place of one to be passed. */
function readNextHop(data: Data | undefined): Route['nextHopIpAddress'] {
  if (data?.kind !== 'string' || data.value !== '') return readString(data);
  const { origin } = data;
  if (origin.parameterDefault === undefined) return undefined;
  const text = `parameter "${origin.parameterDefault}" is empty until a deployment passes it`;
  return unknown({ code: 'parameter-without-default', text }, origin);
}

import { groupBy } from '../../base/group.ts';
import type { Route, RouteTable } from '../../model/network.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  joinCollections,
  literalObject,
  readCollection,
  readMember,
  readPath,
  readPrefixProperty,
  readString,
} from './reader.ts';
import { parentOf, readResource } from './resource.ts';

const tableType = 'microsoft.network/routetables';
const routeType = 'microsoft.network/routetables/routes';

/** Route tables with their inline routes and the routes declared as child resources. */
export function readRouteTables(resources: readonly EvaluatedResource[]): RouteTable[] {
  const children = resources.filter((resource) => resource.type.toLowerCase() === routeType);
  const byTable = groupBy(children, (child) => parentOf(readResource(child).id));
  const tables = resources.filter((resource) => resource.type.toLowerCase() === tableType);
  const ownIds = new Set(tables.map((table) => readResource(table).id));
  const hasStray = [...byTable.keys()].some((id) => !ownIds.has(id) && id.includes('{'));
  return tables.map((table) => {
    const resource = readResource(table);
    const own = byTable.get(resource.id) ?? [];
    const routes = joinCollections(readCollection(readPath(table.member('properties'), 'routes'), readInlineRoute), {
      items: own.map(readChildRoute),
      isComplete: !hasStray && own.every((child) => child.isWholeLoop),
    });
    return { ...resource, routes };
  });
}

function readInlineRoute(item: Data): Route | undefined {
  if (item.kind !== 'object') return undefined;
  const name = readMember(item, 'name');
  return {
    name: readString(name),
    header: name?.origin.from ?? name?.origin.at ?? item.origin.at,
    body: literalObject(item),
    ...readRouteProperties(readMember(item, 'properties')),
  };
}

function readChildRoute(resource: EvaluatedResource): Route {
  return {
    name: readString(resource.name),
    header: resource.header,
    body: resource.body,
    ...readRouteProperties(resource.member('properties')),
  };
}

function readRouteProperties(
  properties: Data | undefined,
): Pick<Route, 'addressPrefix' | 'nextHopType' | 'nextHopIpAddress' | 'properties'> {
  return {
    addressPrefix: readPrefixProperty(readMember(properties, 'addressPrefix')),
    nextHopType: readString(readMember(properties, 'nextHopType')),
    nextHopIpAddress: readNextHop(readMember(properties, 'nextHopIpAddress')),
    properties: literalObject(properties),
  };
}

/** An empty next hop address counts as not set. */
function readNextHop(data: Data | undefined): Route['nextHopIpAddress'] {
  return data?.kind === 'string' && data.value === '' ? undefined : readString(data);
}

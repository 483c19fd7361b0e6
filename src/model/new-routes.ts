import type { Change, NewExpression } from './change.ts';
import type { RouteTable } from './network.ts';
import { knownValue } from './value.ts';

/** A route that a fix adds. */
export interface NewRoute {
  /** A name for it in the table, made unique where it is taken. */
  readonly name: string;
  readonly properties: { readonly addressPrefix: string | NewExpression; readonly nextHopType: string };
}

/**
 * The changes that add routes to a table; undefined where no literal holds its routes, and where it has a route for one of
 * the prefixes already, since Azure takes one for each prefix and one for each name.
 */
export function addRoutes({ routes }: RouteTable, added: readonly NewRoute[]): Change[] | undefined {
  const array = routes.origin?.from;
  if (array === undefined) return undefined;
  const prefixes = new Set(routes.items.map(({ addressPrefix }) => knownValue(addressPrefix)?.text.toLowerCase()));
  const names = new Set(routes.items.map(({ name }) => knownValue(name)?.toLowerCase()));
  const changes: Change[] = [];
  for (const { name: wanted, properties } of added) {
    const { addressPrefix, nextHopType } = properties;
    if (typeof addressPrefix === 'string' && prefixes.has(addressPrefix.toLowerCase())) return undefined;
    const name = freeName(wanted, names);
    names.add(name.toLowerCase());
    changes.push({ kind: 'append-item', array, item: { name, properties: { addressPrefix, nextHopType } } });
  }
  return changes;
}

function freeName(wanted: string, taken: ReadonlySet<string | undefined>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
}

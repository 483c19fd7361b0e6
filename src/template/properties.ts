import type { Location } from '../base/span.ts';
import type { Data } from './data.ts';

/** One property of an object. */
export interface PropertyData {
  readonly key: string;
  /** Where the key is written; undefined for computed objects. */
  readonly keyLocation: Location | undefined;
  readonly value: Data;
}

/** The properties of an object in their order, each key once and as it is spelled. */
export interface Properties extends Iterable<PropertyData> {
  readonly size: number;
  get(key: string): PropertyData | undefined;
  /** All of them, in order. */
  readonly list: readonly PropertyData[];
}

/** So many properties are searched one by one: a `Map` would cost more than everything else about a small object. */
const maxSearched = 8;

/** The list that properties are collected in. */
export class PropertyList implements Properties {
  readonly list: PropertyData[];
  private index: Map<string, number> | undefined;

  /** Takes the array over; its keys differ. */
  constructor(list: PropertyData[] = []) {
    this.list = list;
  }

  get size(): number {
    return this.list.length;
  }

  get(key: string): PropertyData | undefined {
    const at = this.indexOf(key);
    return at === undefined ? undefined : this.list[at];
  }

  /** Adds a property, or puts it in the place of the one with its key. */
  set(property: PropertyData): void {
    const at = this.indexOf(property.key);
    if (at !== undefined) {
      this.list[at] = property;
      return;
    }
    this.index?.set(property.key, this.list.length);
    this.list.push(property);
  }

  [Symbol.iterator](): Iterator<PropertyData> {
    return this.list[Symbol.iterator]();
  }

  private indexOf(key: string): number | undefined {
    const { list } = this;
    if (list.length > maxSearched) {
      this.index ??= new Map(list.map((property, at) => [property.key, at]));
      return this.index.get(key);
    }
    for (let at = 0; at < list.length; at++) if (list[at]?.key === key) return at;
    return undefined;
  }
}

/** Whether no two of them have the same key. */
export function hasDistinctKeys(properties: readonly { readonly key: string }[]): boolean {
  if (properties.length > maxSearched) return new Set(properties.map(({ key }) => key)).size === properties.length;
  return properties.every(({ key }, at) => {
    for (let before = 0; before < at; before++) if (properties[before]?.key === key) return false;
    return true;
  });
}

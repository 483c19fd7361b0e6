import type { Family } from '../net/address.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Change } from './change.ts';
import { type Collection, knownValue, type Property, type Value } from './value.ts';

/** The family of a known prefix. */
export function familyOf(value: Property<Prefix>): Family | undefined {
  return knownValue(value)?.cidr?.family;
}

/** The changes that exchange the two items of a list; undefined where they are not two that literals spell. */
export function exchangeItems<T>(list: Collection<Value<T>>, textOf: (value: T) => string): Change[] | undefined {
  const [first, second, ...others] = list.items;
  if (first?.kind !== 'known' || second?.kind !== 'known' || others.length > 0) return undefined;
  return [
    { kind: 'set-value', target: first.origin, to: textOf(second.value) },
    { kind: 'set-value', target: second.origin, to: textOf(first.value) },
  ];
}

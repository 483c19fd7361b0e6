import { type Cidr, parseCidr } from './cidr.ts';

/** Address ranges that no analysed file declares but a project knows of, such as those of a data centre. */
export interface NamedRanges {
  /** What people call the place, for messages. */
  readonly name: string;
  /** Address prefixes as text. */
  readonly prefixes: readonly string[];
}

/** One prefix of a named place. */
export interface NamedPrefix {
  readonly name: string;
  readonly prefix: Cidr;
}

/** Every prefix of the places, in their order; a text that is no prefix is left out. */
export function namedPrefixes(places: readonly NamedRanges[]): NamedPrefix[] {
  return places.flatMap(({ name, prefixes }) =>
    prefixes.flatMap((text) => {
      const result = parseCidr(text);
      return result.ok ? [{ name, prefix: result.cidr }] : [];
    }),
  );
}

/** Every prefix that a project says is taken: no fix may propose addresses of them. */
export function takenPrefixes(settings: {
  readonly reserved: readonly NamedRanges[];
  readonly peeredNetworks: readonly NamedRanges[];
}): Cidr[] {
  return namedPrefixes([...settings.reserved, ...settings.peeredNetworks]).map(({ prefix }) => prefix);
}

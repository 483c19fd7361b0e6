import { type Cidr, parseCidr } from './cidr.ts';

/** Address ranges that no analysed file declares but a project knows of, such as those of a data centre. */
export interface NamedRanges {
  /** What people call the place, for messages. */
  readonly name: string;
  /** Address prefixes as text. */
  readonly prefixes: readonly string[];
}

/** What a project says about ranges outside of its files. */
export interface StatedRanges {
  readonly reserved: readonly NamedRanges[];
  readonly peeredNetworks: readonly NamedRanges[];
}

/** One prefix of a place. */
export interface StatedPrefix {
  readonly kind: 'reserved' | 'peered';
  /** The whole entry that the prefix belongs to. */
  readonly entry: NamedRanges;
  readonly prefix: Cidr;
}

/** Every prefix of the places, peered networks first; a text that is no prefix is left out. */
export function statedPrefixes({ reserved, peeredNetworks }: StatedRanges): StatedPrefix[] {
  const read = (kind: StatedPrefix['kind'], entries: readonly NamedRanges[]): StatedPrefix[] =>
    entries.flatMap((entry) =>
      entry.prefixes.flatMap((text) => {
        const result = parseCidr(text);
        return result.ok ? [{ kind, entry, prefix: result.cidr }] : [];
      }),
    );
  return [...read('peered', peeredNetworks), ...read('reserved', reserved)];
}

/** Every prefix that a project says is taken: no fix may propose addresses of them. */
export function takenPrefixes(stated: StatedRanges): Cidr[] {
  return statedPrefixes(stated).map(({ prefix }) => prefix);
}

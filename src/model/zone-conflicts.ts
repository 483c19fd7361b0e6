import { parseAddress } from '../net/address.ts';
import { type CorefileSet, type ExpandedBlock, expandedBlocks } from './corefile-set.ts';
import type { Word } from './dns.ts';
import { compareVersions, newestAksCoredns } from './dns-queries.ts';
import { formatZoneAddress, type ZoneAddress, zoneAddresses } from './zone-address.ts';

/** A zone that another server block has already. */
export interface ZoneConflict {
  /** `same`: both listen alike. `listener`: one is bound to an address, the other to all. `case`: only letters differ. */
  readonly kind: 'same' | 'listener' | 'case';
  readonly key: Word;
  readonly block: ExpandedBlock;
  readonly address: ZoneAddress;
  /** Undefined for the default block of AKS. */
  readonly earlier: Word | undefined;
  /** Where a `view` block is concerned, whose treatment changed between versions. */
  readonly hasView: boolean;
}

/** CoreDNS from this version on takes a `view` block beside an unfiltered one. */
const viewsStandBeside = '1.14.0';
/** CoreDNS from this version on compares zones without regard to case. */
const ignoresCase = '1.14.7';

interface Claim {
  readonly word: Word | undefined;
  readonly zone: string;
}

/** What CoreDNS would answer with "already defined" or "zone overlap", found the way it looks for it. */
export function zoneConflicts(set: CorefileSet, settings: string | undefined): readonly ZoneConflict[] {
  const version = settings ?? newestAksCoredns;
  const foldsCase = compareVersions(version, ignoresCase) >= 0;
  const skipsViews = compareVersions(version, viewsStandBeside) >= 0;
  /** By address and listener; the listener is empty where a block listens everywhere. */
  const claims = new Map<string, Claim>();
  /** The latest claim of each address with any listener. */
  const anywhere = new Map<string, Claim>();
  const byFoldedName = new Map<string, Claim>();
  if (set.isAks) {
    const claim: Claim = { word: undefined, zone: '.' };
    for (const map of [claims, anywhere, byFoldedName]) map.set('dns://.:53', claim);
  }
  const conflicts: ZoneConflict[] = [];
  const judged = new Set<Word>();
  for (const block of expandedBlocks(set)) {
    if (!block.isComplete) continue;
    const listeners = listenersOf(block);
    if (listeners === undefined) continue;
    const hasView = block.plugins.some(({ plugin }) => plugin.name.text === 'view');
    for (const key of block.block.keys) {
      if (isGlued(block, key)) continue;
      for (const address of zoneAddresses(key)) {
        for (const listener of listeners) claim(block, key, address, listener, hasView);
      }
    }
  }
  return conflicts;

  function claim(block: ExpandedBlock, key: Word, address: ZoneAddress, listener: string, hasView: boolean): void {
    // One address block may stand for many zones, of which one is enough to say.
    if (judged.has(key)) return;
    const text = formatZoneAddress(address);
    const folded = text.toLowerCase();
    const name = foldsCase ? folded : text;
    const full = listener === '' ? name : `${name} on ${listener}`;
    const own: Claim = { word: key, zone: address.zone };
    const same = claims.get(full);
    const other = listener === '' ? anywhere.get(name) : claims.get(name);
    const twin = byFoldedName.get(folded);
    const found = same ?? other;
    const conflict = { key, block, address, hasView };
    // Two blocks of a template are not known to stand in one Corefile.
    if (found?.word !== undefined && !set.isComplete) return;
    if (found !== undefined && !(hasView && skipsViews)) {
      judged.add(key);
      conflicts.push({ ...conflict, kind: same === undefined ? 'listener' : 'same', earlier: found.word });
      return;
    }
    if (hasView) return;
    if (twin !== undefined && twin.zone !== address.zone && !foldsCase) {
      conflicts.push({ ...conflict, kind: 'case', earlier: twin.word });
    }
    claims.set(full, own);
    anywhere.set(name, own);
    if (twin === undefined) byFoldedName.set(folded, own);
  }
}

/** Whether CoreDNS takes the brace behind the key for a part of the zone's name. */
function isGlued({ part }: ExpandedBlock, key: Word): boolean {
  return part.corefile.braceProblems.some(
    ({ kind, location }) => kind === 'glued' && location.span.start === key.location.span.start,
  );
}

/** The addresses that a block is bound to, `''` for all; undefined where an interface stands for addresses. */
function listenersOf({ plugins }: ExpandedBlock): readonly string[] | undefined {
  const binds = plugins.filter(({ plugin }) => plugin.name.text === 'bind');
  if (binds.length === 0) return [''];
  const addresses: string[] = [];
  for (const { plugin } of binds) {
    if (plugin.block !== undefined || plugin.args.length === 0) return undefined;
    for (const { text } of plugin.args) {
      if (parseAddress(text) === undefined) return undefined;
      addresses.push(text);
    }
  }
  return [...new Set(addresses)];
}

import { nearestWord } from '../base/near-miss.ts';
import type { NetworkProfile } from './cluster.ts';
import { outboundTypes } from './effective.ts';

/**
 * The words that AKS takes for settings of a network profile.
 * https://github.com/Azure/azure-rest-api-specs, managedClusters
 */
export const networkWords = {
  networkPlugin: ['azure', 'kubenet', 'none'],
  networkPluginMode: ['overlay'],
  networkDataplane: ['azure', 'cilium'],
  networkPolicy: ['azure', 'calico', 'cilium', 'none'],
  outboundType: outboundTypes,
} as const satisfies { readonly [K in keyof NetworkProfile]?: readonly string[] };

export type NetworkSetting = keyof typeof networkWords;

/** The word that is meant; undefined for a word that AKS takes in any case, and for a later version of one (V2). */
export function misspeltWord(setting: NetworkSetting, word: string): string | undefined {
  const known: readonly string[] = networkWords[setting];
  const folded = word.toLowerCase();
  if (/\d/.test(word) || known.some((each) => each.toLowerCase() === folded)) return undefined;
  const nearest = nearestWord(
    folded,
    known.map((each) => each.toLowerCase()),
  );
  return known.find((each) => each.toLowerCase() === nearest);
}

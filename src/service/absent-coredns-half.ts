/** Takes the place of `coredns-half.ts` in the bundle that reads templates; `src/tools/bundles.mjs` says where. */
import type * as Half from './coredns-half.ts';

export const parseCorednsDocument: typeof Half.parseCorednsDocument = () => undefined;
export const corednsCompletions: typeof Half.corednsCompletions = () => [];
export const corednsHoverAt: typeof Half.corednsHoverAt = () => undefined;
export const corednsFolds: typeof Half.corednsFolds = () => [];
export const corednsOutline: typeof Half.corednsOutline = () => [];
export const isInCorefile: typeof Half.isInCorefile = () => false;

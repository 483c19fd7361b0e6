/** Takes the place of `coredns-half.ts` in the bundle that reads templates; `src/tools/bundles.mjs` says where. */
import { emptyModel } from '../model/model.ts';
import type * as Half from './coredns-half.ts';

export const generatedPaths: typeof Half.generatedPaths = () => [];
export const lowerGenerated: typeof Half.lowerGenerated = (_workspace, _uri, { model }) => ({
  model: { ...emptyModel, ...model },
  namedAt: new Map(),
});
export const parseCorednsDocument: typeof Half.parseCorednsDocument = () => undefined;
export const corednsCompletions: typeof Half.corednsCompletions = () => [];
export const corednsHoverAt: typeof Half.corednsHoverAt = () => undefined;
export const corednsFolds: typeof Half.corednsFolds = () => [];
export const corednsOutline: typeof Half.corednsOutline = () => [];
export const isInCorefile: typeof Half.isInCorefile = () => false;

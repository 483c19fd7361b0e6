/** Takes the place of `extras.ts` in the bundles of both halves; `src/tools/bundles.mjs` says where. */
import type * as Whole from './extras.ts';

export const builtIn: typeof Whole.builtIn = {};

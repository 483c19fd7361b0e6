import type { Rule } from './rule.ts';

/** Every rule, by area and then by name. */
export const rules: readonly Rule[] = [];

import { rules } from '../rules/index.ts';
import type { Severity } from '../rules/rule.ts';

/** One line of a list of rules. */
export interface RuleEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

/** Every rule, in the order of the registry, and after them the rules that report syntax errors. */
export function ruleEntries(): RuleEntry[] {
  return [...rules, ...syntaxRules].map(({ id, severity, summary }) => ({ id, severity, summary }));
}

/** Rules that have no file of their own: what the parsers report. `text` is their documentation. */
export const syntaxRules = [
  {
    id: 'bicep-syntax',
    severity: 'error',
    summary: 'The Bicep file cannot be read as it stands.',
    text: 'What can be read of the file is checked all the same.',
  },
  {
    id: 'arm-syntax',
    severity: 'error',
    summary: 'The template is not valid JSON, or one of its expressions cannot be read.',
    text: 'What can be read of the file is checked all the same. Comments and trailing commas are allowed, as Azure allows them.',
  },
  {
    id: 'corefile-syntax',
    severity: 'error',
    summary: 'The text cannot be read as a Corefile.',
    text: 'What can be read of the file is checked all the same.',
  },
] as const satisfies readonly (RuleEntry & { readonly text: string })[];

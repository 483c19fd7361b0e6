import { ruleAreas, rules } from '../rules/index.ts';
import type { Severity } from '../rules/rule.ts';

/** One line of a list of rules. */
export interface RuleEntry {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
}

/** Every rule, in the order of the registry, and after them those of the engine itself. */
export function ruleEntries(): RuleEntry[] {
  return [...rules, ...engineRules].map(({ id, severity, summary }) => ({ id, severity, summary }));
}

/** The names of the groups of rules. */
export function ruleGroups(): string[] {
  return ruleAreas.map(({ folder }) => folder);
}

/** Rules that have no file of their own: what is said about the files themselves. `text` is their documentation. */
export const engineRules = [
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
    id: 'arm-duplicate-property',
    severity: 'warning',
    summary: 'An object of a template has two properties of one name.',
    text: 'Azure takes the last one and drops the other without a word. Several "copy" arrays in one object are all used.',
  },
  {
    id: 'arm-unfinished-expression',
    severity: 'warning',
    summary: 'A text of a template begins like an expression, but no square bracket ends it.',
    text: 'Azure takes such a text as it stands. Only texts are reported that begin with a bracket and a call of a function that Azure has.',
  },
  {
    id: 'arm-pipeline-token',
    severity: 'information',
    summary: 'A token that a pipeline replaces stands in the JSON without quotes.',
    text: 'The value counts as unknown, like that of a token in quotes, and the rest of the file is checked. Tokens are `#{name}#`, `__name__`, `$(name)`, `${name}` and `{{ name }}`. Only the first one of a file is reported.',
  },
  {
    id: 'corefile-syntax',
    severity: 'error',
    summary: 'The text cannot be read as a Corefile.',
    text: 'What can be read of the file is checked all the same.',
  },
  {
    id: 'suppression-unused',
    severity: 'information',
    summary: 'A comment silences a rule that reports nothing there, or that does not exist.',
    text: 'Nothing is said where something may still report: rules that are off, files that cannot be read, parameters without a value. Callers of a module count with what they pass to it.',
  },
  {
    id: 'configuration-invalid',
    severity: 'error',
    summary: 'The configuration file aksnet.jsonc holds something that has no meaning.',
    text: 'What can be read of the file counts all the same. A name that only another version may know is a warning.',
  },
] as const satisfies readonly (RuleEntry & { readonly text: string })[];

import type { RuleSettings, Severity } from '../rules/rule.ts';

/** A severity, or `off` for a rule that must not run. */
export type SeveritySetting = Severity | 'off';

/** Everything a user or project can set. */
export interface Settings extends RuleSettings {
  /** Severities by rule id; rules that are not named keep their own. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
}

export const defaultSettings: Settings = {
  severities: {},
  egressNextHops: [],
  corednsVersion: undefined,
};

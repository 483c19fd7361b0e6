import { ruleAreas } from '../rules/index.ts';
import { defaultRuleSettings, type RuleSettings, type Severity } from '../rules/rule.ts';

/** A severity, or `off` for a rule that must not run. */
export type SeveritySetting = Severity | 'off';

/** Everything a user or project can set. */
export interface Settings extends RuleSettings {
  /** Severities by rule id; rules that are not named keep their own. */
  readonly severities: Readonly<Record<string, SeveritySetting>>;
}

/** What one place says: the configuration file, the editor or the command line. What is empty says nothing. */
export interface SettingsLayer extends Partial<RuleSettings> {
  /** Severities by rule id and by rule group, which is the name of a folder of rules; a rule's own word counts more. */
  readonly severities?: Readonly<Record<string, SeveritySetting>>;
}

export const defaultSettings: Settings = { ...defaultRuleSettings, severities: {} };

/** The settings that layers make together; a later layer has the last word on what it mentions. */
export function mergeSettings(layers: readonly SettingsLayer[]): Settings {
  const last = <T>(of: (layer: SettingsLayer) => readonly T[] | undefined): readonly T[] =>
    layers.map(of).findLast((list) => list !== undefined && list.length > 0) ?? [];
  return {
    severities: Object.assign({}, ...layers.map(({ severities = {} }) => byRule(severities))),
    egressNextHops: last(({ egressNextHops }) => egressNextHops),
    corednsVersion: layers.findLast(({ corednsVersion }) => corednsVersion !== undefined)?.corednsVersion,
    reserved: last(({ reserved }) => reserved),
    peeredNetworks: last(({ peeredNetworks }) => peeredNetworks),
  };
}

/** Severities with every group replaced by its rules. */
function byRule(severities: Readonly<Record<string, SeveritySetting>>): Record<string, SeveritySetting> {
  const groups = new Set(ruleAreas.map(({ folder }) => folder));
  const expanded: Record<string, SeveritySetting> = {};
  for (const { folder, rules } of ruleAreas) {
    const severity = severities[folder];
    if (severity !== undefined) for (const { id } of rules) expanded[id] = severity;
  }
  for (const [name, severity] of Object.entries(severities)) if (!groups.has(name)) expanded[name] = severity;
  return expanded;
}

import { type ConfigurationScope, workspace } from 'vscode';
import type { SettingsLayer, SeveritySetting } from '../service/settings.ts';

/** What the settings `aksnet.*` say for one place of the workspace. */
export interface EditorSettings {
  readonly isEnabled: boolean;
  readonly engine: SettingsLayer;
}

/** The section of all our settings. */
export const section = 'aksnet';

/** Reads the settings for a folder or file. What is not of the documented type counts as not set. */
export function readSettings(scope: ConfigurationScope | undefined): EditorSettings {
  const configuration = workspace.getConfiguration(section, scope ?? null);
  const version = configuration.get<unknown>('corednsVersion');
  return {
    isEnabled: configuration.get<unknown>('enable') !== false,
    engine: {
      severities: readSeverities(configuration.get<unknown>('severity')),
      egressNextHops: readStrings(configuration.get<unknown>('egressNextHops')),
      corednsVersion: typeof version === 'string' && version.trim() !== '' ? version.trim() : undefined,
    },
  };
}

function readSeverities(value: unknown): Record<string, SeveritySetting> {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, SeveritySetting] => isSeverity(entry[1]));
  return Object.fromEntries(entries);
}

function isSeverity(value: unknown): value is SeveritySetting {
  return value === 'error' || value === 'warning' || value === 'information' || value === 'off';
}

function readStrings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

import { parseJsonc } from '../arm/index.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import { corednsOfKubernetes } from '../model/aks-coredns.ts';
import { configurationShape } from './configuration-fields.ts';
import { matchesPath } from './configuration-paths.ts';
import type { ConfigurationProblem, Placed } from './configuration-shapes.ts';
import type { RawFinding } from './diagnostic.ts';
import { type Document, isConfiguration } from './document.ts';
import type { SettingsLayer } from './settings.ts';

/** The rule under which everything about configuration files is reported. */
export const configurationRule = 'configuration-invalid';

/** What one configuration file says. What cannot be used of it is left out. */
export interface Configuration {
  readonly uri: string;
  readonly settings: SettingsLayer;
  /** Files that are deployed, by their paths from the configuration's folder. */
  readonly entryFiles: readonly Placed<string>[];
  /** The templates that parameter files are for, by patterns of the files; the first that matches counts. */
  readonly parameterFiles: readonly { readonly files: string; readonly template: Placed<string> }[];
  /** Patterns of files to leave alone. */
  readonly ignore: readonly string[];
}

/** A configuration file as it was read. */
export interface ConfigurationFile {
  readonly configuration: Configuration;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  readonly findings: readonly RawFinding[];
}

/** Reads a configuration file. Never throws. */
export function readConfiguration({ uri, text }: Pick<Document, 'uri' | 'text'>): ConfigurationFile {
  const { root, errors, comments } = parseJsonc(text);
  const findings: RawFinding[] = [];
  const read = root && configurationShape.read(root, (problem) => findings.push(toFinding(problem, uri)));
  const { severity, reserved, peeredNetworks, egressNextHops, corednsVersion, kubernetesVersion } = read ?? {};
  const version = corednsVersion ?? (kubernetesVersion && corednsOfKubernetes(kubernetesVersion));
  const settings: SettingsLayer = {
    severities: withoutUndefined(severity ?? {}),
    reserved: namedRanges(reserved),
    peeredNetworks: namedRanges(peeredNetworks),
    egressNextHops: egressNextHops ?? [],
    ...(version === undefined ? {} : { corednsVersion: version }),
  };
  const configuration = {
    uri,
    settings,
    entryFiles: read?.entryFiles ?? [],
    parameterFiles: (read?.parameterFiles ?? []).flatMap(({ files, template }) =>
      files === undefined || template === undefined ? [] : [{ files, template }],
    ),
    ignore: read?.ignore ?? [],
  };
  return { configuration, errors, comments, findings };
}

/** Whether a configuration says to leave a file alone. */
export function isIgnored({ uri: from, ignore }: Configuration, uri: string): boolean {
  if (ignore.length === 0 || isConfiguration(uri)) return false;
  return ignore.some((pattern) => matchesFile(pattern, from, uri));
}

/** The path, from the configuration's folder, of the template that a parameter file is set to be for. */
export function templateSetFor({ uri: from, parameterFiles }: Configuration, uri: string): string | undefined {
  return parameterFiles.find(({ files }) => matchesFile(files, from, uri))?.template.value;
}

/** Whether a pattern of the configuration `from` names a file below its folder. */
function matchesFile(pattern: string, from: string, uri: string): boolean {
  const folder = decode(from.slice(0, from.lastIndexOf('/') + 1));
  const path = decode(uri);
  return path.startsWith(folder) && matchesPath(pattern, path.slice(folder.length));
}

function namedRanges(
  places: readonly { readonly name?: string; readonly prefixes?: readonly string[] }[] = [],
): NonNullable<SettingsLayer['reserved']> {
  return places.map(({ name = '', prefixes = [] }) => ({ name, prefixes }));
}

function withoutUndefined<T>(record: Readonly<Record<string, T | undefined>>): Record<string, T> {
  const entries = Object.entries(record).filter((entry): entry is [string, T] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

function toFinding({ span, severity, message, replacement }: ConfigurationProblem, uri: string): RawFinding {
  const location = { uri, span };
  const fix = replacement && {
    title: `Replace with "${replacement.text}"`,
    applicability: replacement.isSafe ? ('safe' as const) : ('unsafe' as const),
    changes: [{ kind: 'replace-text' as const, target: location, to: replacement.text }],
  };
  return {
    rule: configurationRule,
    severity,
    message,
    location,
    related: [],
    listFixes: () => (fix === undefined ? [] : [fix]),
  };
}

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}

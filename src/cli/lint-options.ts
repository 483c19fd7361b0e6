import { ruleEntries, ruleGroups } from '../service/rule-list.ts';
import type { SettingsLayer, SeveritySetting } from '../service/settings.ts';
import { type Format, formats } from './formats.ts';
import { UsageError } from './host.ts';
import { readOptions } from './options.ts';

/** What the arguments of `aksnet lint` ask for. */
export interface LintOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  /** They override the configuration files. */
  readonly settings: SettingsLayer;
  readonly isFixing: boolean;
  /** The name under which standard input is linted; undefined where files are. */
  readonly inputPath: string | undefined;
}

/** Reads the arguments of `aksnet lint`; throws a {@link UsageError} for what cannot be meant. */
export function readLintOptions(args: readonly string[]): LintOptions {
  const { values, positionals } = readOptions('lint', args, {
    format: { type: 'string', default: 'text' },
    severity: { type: 'string', multiple: true, default: [] },
    'coredns-version': { type: 'string' },
    fix: { type: 'boolean', default: false },
    'stdin-file-path': { type: 'string' },
  });
  const inputPath = values['stdin-file-path'];
  if (inputPath !== undefined && positionals.length > 0) {
    throw usage('--stdin-file-path lints standard input and takes no further paths.');
  }
  if (inputPath === '') throw usage('--stdin-file-path needs the path of the file.');
  return {
    paths: positionals.length === 0 ? ['.'] : positionals,
    format: readFormat(values.format),
    settings: {
      severities: readSeverities(values.severity),
      corednsVersion: readVersion(values['coredns-version']),
    },
    isFixing: values.fix,
    inputPath,
  };
}

function readFormat(name: string): Format {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) throw usage(`There is no format "${name}". Formats: ${Object.keys(formats).join(', ')}.`);
  return format;
}

const levels: readonly SeveritySetting[] = ['error', 'warning', 'information', 'off'];

function readSeverities(given: readonly string[]): Record<string, SeveritySetting> {
  const known = new Set([...ruleGroups(), ...ruleEntries().map(({ id }) => id)]);
  const severities: Record<string, SeveritySetting> = {};
  for (const text of given) {
    const [rule = '', word] = text.split('=', 2);
    const level = levels.find((candidate) => candidate === word);
    if (word === undefined) throw usage(`--severity takes RULE=LEVEL, such as subnet-overlap=warning, not "${text}".`);
    if (!known.has(rule)) throw usage(`There is no rule or group of rules "${rule}".`);
    if (level === undefined) throw usage(`There is no severity "${word}". Severities: ${levels.join(', ')}.`);
    severities[rule] = level;
  }
  return severities;
}

function readVersion(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const match = /^v?(\d+\.\d+(?:\.\d+)?)$/.exec(text);
  if (match === null) throw usage(`--coredns-version takes a version such as 1.12.1, not "${text}".`);
  return match[1];
}

function usage(message: string): UsageError {
  return new UsageError(message, 'lint');
}

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { recogniseArm } from '../arm/index.ts';
import { addressSites } from '../service/address-sites.ts';
import { lowerFromDisk } from './disk-entries.ts';

/** How many of the places that hold an address are known when parameter files and links are followed. */
export interface ValueFigures {
  /** Parameter files, and templates that neither have one nor are linked by others. */
  readonly entries: number;
  readonly sites: number;
  readonly known: number;
  readonly unknowns: readonly Unknown[];
}

interface Unknown {
  readonly file: string;
  readonly code: string;
  readonly text: string;
  readonly label: string;
}

/** Evaluates every template below a folder with each of its parameter files, through its callers, or else alone. */
export function measureValues(corpus: string): ValueFigures {
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name, kind: recogniseArm(readFileSync(join(corpus, name), 'utf8')) }));
  const templates = new Set(files.filter(({ kind }) => kind === 'template').map(({ name }) => name));
  const parameterFiles = files.filter(({ name, kind }) => kind === 'parameters' && templates.has(templateOf(name)));
  const covered = new Set(parameterFiles.map(({ name }) => templateOf(name)));
  const candidates = [
    ...parameterFiles.map(({ name }) => name),
    ...[...templates].filter((name) => !covered.has(name)),
  ].sort();
  const lowered = candidates.map((file) => ({ file, entry: lowerFromDisk(join(corpus, file)) }));
  const called = new Set(lowered.flatMap(({ entry }) => [...(entry?.reads ?? [])]));
  const entries = lowered.filter(({ file }) => !called.has(pathToFileURL(join(corpus, file)).href));
  const unknowns: Unknown[] = [];
  let [sites, known] = [0, 0];
  for (const { file, entry } of entries) {
    if (entry === undefined) continue;
    for (const { cidr, text, reason, label } of addressSites(entry.model)) {
      sites++;
      if (cidr !== undefined || text !== undefined) known++;
      else unknowns.push({ file, code: reason?.code ?? '', text: reason?.text ?? '', label });
    }
  }
  return { entries: entries.length, sites, known, unknowns };
}

/** `azuredeploy.parameters.us.json` is for the `azuredeploy.json` beside it. */
function templateOf(parameters: string): string {
  const folder = dirname(parameters);
  const base = parameters.slice(folder === '.' ? 0 : folder.length + 1).replace(/\.parameters(\.[^.]+)?\.json$/i, '');
  return folder === '.' ? `${base}.json` : `${folder}${sep}${base}.json`;
}

/** The figures in lines to print; unknowns by reason, with how many places each leaves open. */
export function describeValues(figures: ValueFigures): string[] {
  const share = ((figures.known / Math.max(1, figures.sites)) * 100).toFixed(2);
  const byReason = new Map<string, readonly Unknown[]>();
  for (const unknown of figures.unknowns) {
    const key = `${unknown.code}: ${unknown.text}`;
    byReason.set(key, [...(byReason.get(key) ?? []), unknown]);
  }
  return [
    `values: ${share} % of ${figures.sites} addresses known in ${figures.entries} entry files`,
    ...[...byReason]
      .sort(([, a], [, b]) => b.length - a.length)
      .flatMap(([key, all]) => [`  ${all.length} ${key}`, ...all.map(({ file, label }) => `    ${file} (${label})`)]),
  ];
}

/**
 * Compares the models of `main.bicep` files with those of the `azuredeploy.json` beside them that the compiler made from
 * them. Both conformance tools print these figures.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { viewModel } from '../service/model-view.ts';
import { lowerFromDisk } from './disk-entries.ts';

/** A value that only one of the two models has, or that both have differently. */
export interface Disagreement {
  readonly folder: string;
  readonly path: string;
  readonly bicep: string;
  readonly arm: string;
}

export interface AgreementFigures {
  readonly folders: number;
  readonly agreeingFolders: number;
  /** Values of the model that at least one of the two sides sets. */
  readonly values: number;
  readonly agreeing: number;
  readonly disagreements: readonly Disagreement[];
}

/** Folders that hold a Bicep file and the template that the compiler made from it. */
export function compiledPairs(corpus: string): readonly { readonly bicep: string; readonly arm: string }[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|[\\/])main\.bicep$/.test(name))
    .sort()
    .map((name) => ({ bicep: join(corpus, name), arm: join(corpus, dirname(name), 'azuredeploy.json') }))
    .filter(
      ({ arm }) => existsSync(arm) && /"_generator"\s*:\s*\{\s*"name"\s*:\s*"bicep"/.test(readFileSync(arm, 'utf8')),
    );
}

/** Compares all pairs below a folder. */
export function measureAgreement(corpus: string): AgreementFigures {
  const disagreements: Disagreement[] = [];
  let [folders, agreeingFolders, values, agreeing] = [0, 0, 0, 0];
  for (const pair of compiledPairs(corpus)) {
    folders++;
    const folder = dirname(pair.bicep).slice(corpus.length + 1);
    const [bicep, arm] = [valuesOf(pair.bicep), valuesOf(pair.arm)];
    const before = disagreements.length;
    for (const path of new Set([...bicep.keys(), ...arm.keys()])) {
      const [left, right] = [bicep.get(path) ?? 'absent', arm.get(path) ?? 'absent'];
      if (left === 'absent' && right === 'absent') continue;
      values++;
      if (left === right) agreeing++;
      else disagreements.push({ folder, path, bicep: left, arm: right });
    }
    if (disagreements.length === before) agreeingFolders++;
  }
  return { folders, agreeingFolders, values, agreeing, disagreements };
}

/** The values of a model by where they stand; lists of resources are ordered by id, since the compiler reorders them. */
function valuesOf(path: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const entry = lowerFromDisk(path);
  if (entry !== undefined) flatten(viewModel(entry.model), '', values);
  return values;
}

function flatten(view: unknown, path: string, values: Map<string, string>): void {
  if (Array.isArray(view)) {
    const items = view.filter((item) => !isExisting(item));
    const keys = items.map((item, index) => keyOf(item) ?? String(index));
    for (const [index, item] of items.entries()) {
      const key = keys[index] ?? '';
      const twin = keys.slice(0, index).filter((other) => other === key).length;
      flatten(item, `${path}[${key}${twin === 0 ? '' : `#${twin}`}]`, values);
    }
    if (items.length === 0) values.set(path, 'absent');
  } else if (isObject(view)) {
    const state = view['state'];
    if (state === 'unknown') values.set(path, 'unknown');
    // A condition is spelled in the language of the file: that there is one has to be enough.
    else if (path.endsWith('.condition')) values.set(path, String(state));
    else if (state === 'known' && typeof view['text'] === 'string') values.set(path, withoutPlaces(view['text']));
    else for (const [key, value] of Object.entries(view)) flatten(value, `${path}.${key}`, values);
  } else values.set(path, withoutPlaces(String(view)));
}

/** `existing` is Bicep's alone: the compiler leaves such resources out. */
function isExisting(view: unknown): boolean {
  return isObject(view) && view['existing'] === true;
}

function keyOf(view: unknown): string | undefined {
  if (!isObject(view)) return undefined;
  if (typeof view['id'] === 'string') return withoutPlaces(view['id']);
  const name = view['name'];
  return isObject(name) && typeof name['text'] === 'string' && name['state'] === 'known' ? name['text'] : undefined;
}

/** What names a place in a file, and the prefix of a module's own unknowns, differs between two files. */
function withoutPlaces(text: string): string {
  return text
    .replace(/\{[^{}]*@[^{}]*\}/g, '{place}')
    .replace(/m\d+\.\d+\./g, '')
    .toLowerCase();
}

function isObject(view: unknown): view is Readonly<Record<string, unknown>> {
  return typeof view === 'object' && view !== null && !Array.isArray(view);
}

/** The figures in lines to print. */
export function describeAgreement(figures: AgreementFigures): string[] {
  const share = ((figures.agreeing / Math.max(1, figures.values)) * 100).toFixed(2);
  return [
    `Agreement of Bicep and ARM: ${figures.agreeingFolders} of ${figures.folders} folders, ${share} % of ${figures.values} values`,
    ...figures.disagreements.map(({ folder, path, bicep, arm }) => `  ${folder} ${path}: Bicep ${bicep}, ARM ${arm}`),
  ];
}

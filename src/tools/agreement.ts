/** Compares Bicep files of the corpus with the ARM templates that were compiled from them, for the tools of both sides. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findInEntry } from '../service/analysis.ts';
import { LanguageService } from '../service/language-service.ts';
import { viewModel } from '../service/model-view.ts';
import type { OnRuleFailure } from '../service/rule-runner.ts';
import { defaultSettings } from '../service/settings.ts';
import { askWithFiles, filesIn, uriOfFile } from './corpus-workspace.ts';

export interface AgreementFigures {
  readonly folders: number;
  /** Single values that both sides have. */
  readonly values: number;
  /** Values that are known on both sides and differ, and resources that only one side has. */
  readonly contradictions: readonly Disagreement[];
  /** Values that are known in the ARM template alone. */
  readonly bicepKnowsLess: readonly Disagreement[];
  /** Values that are known in the Bicep file alone: no disagreement. */
  readonly bicepKnowsMore: number;
  /** Files about which not the same rules speak. */
  readonly rules: readonly Disagreement[];
  /** Resources that are declared as existing in the Bicep file, which the compiler leaves out. */
  readonly existingLeftOut: number;
}

export interface Disagreement {
  readonly folder: string;
  readonly path: string;
  readonly bicep: string;
  readonly arm: string;
  /** What differs between the two files themselves; undefined where it is the reading of them that differs. */
  readonly reason?: string;
}

/** A model as plain JSON, of which the shape is not known here. */
type View = string | boolean | readonly View[] | { readonly [key: string]: View };

/** Compares every folder with a `main.bicep` and the `azuredeploy.json` that Bicep made of it. */
export function measureAgreement(shared: string): AgreementFigures {
  const corpus = join(shared, 'corpus/quickstarts');
  const comparison = new Comparison();
  let folders = 0;
  for (const name of filesIn(corpus, /(^|\/)main\.bicep$/)) {
    const folder = dirname(name);
    const compiled = join(corpus, folder, 'azuredeploy.json');
    if (!existsSync(compiled) || !/"_generator"/.test(readFileSync(compiled, 'utf8'))) continue;
    folders++;
    comparison.startFolder(folder, readFileSync(compiled, 'utf8'));
    const [bicep, arm] = [lint(join(corpus, name)), lint(compiled)];
    if (bicep === undefined || arm === undefined) continue;
    for (const [part, view] of Object.entries(bicep.model)) comparison.compare(view, arm.model[part] ?? [], part);
    if (bicep.rules !== arm.rules) {
      comparison.addRules(bicep.rules, arm.rules);
    }
  }
  const { values, contradictions, bicepKnowsLess, bicepKnowsMore, rules, existingLeftOut } = comparison;
  return { folders, values, contradictions, bicepKnowsLess, bicepKnowsMore, rules, existingLeftOut };
}

/** The figures in lines to print. */
export function describeAgreement(found: AgreementFigures): string[] {
  return [
    `Agreement of Bicep and ARM: ${found.folders} folders, ${found.values} values compared`,
    ...describeDisagreements('known on both sides and different', found.contradictions),
    ...describeDisagreements('known in the ARM template alone', found.bicepKnowsLess),
    `  known in the Bicep file alone: ${found.bicepKnowsMore}`,
    `  existing resources, which the compiler leaves out: ${found.existingLeftOut}`,
    ...describeDisagreements('files about which not the same rules speak', found.rules),
  ];
}

function describeDisagreements(title: string, found: readonly Disagreement[]): string[] {
  const unexplained = found.filter(({ reason }) => reason === undefined).length;
  return [
    `  ${title}: ${found.length}, without a reason ${unexplained}`,
    ...found.map(
      ({ folder, path, bicep, arm, reason = 'no reason found' }) =>
        `    ${folder} ${path}: Bicep ${bicep}, ARM ${arm}: ${reason}`,
    ),
  ];
}

function lint(file: string): { readonly model: { readonly [part: string]: View }; readonly rules: string } | undefined {
  const fail: OnRuleFailure = (rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  };
  const service = new LanguageService(fail);
  const document = { uri: uriOfFile(file), languageId: '', version: 1, text: readFileSync(file, 'utf8') };
  const analysis = askWithFiles(service.workspace, () => service.analyse(document));
  if (analysis === undefined) return undefined;
  // What the one file holds stands in modules of the other, and is written more often there: which rules speak about
  // the entry and what it references counts, and not how often.
  const findings = findInEntry(service.workspace, document.uri, defaultSettings, fail)?.diagnostics ?? [];
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort().join(', ');
  return { model: JSON.parse(JSON.stringify(viewModel(analysis.model))), rules };
}

type ValueView = { readonly [key: string]: View; readonly state: string };

class Comparison {
  values = 0;
  bicepKnowsMore = 0;
  existingLeftOut = 0;
  private folder = '';
  private armText = '';
  readonly contradictions: Disagreement[] = [];
  readonly bicepKnowsLess: Disagreement[] = [];
  readonly rules: Disagreement[] = [];

  startFolder(folder: string, armText: string): void {
    this.folder = folder;
    this.armText = armText;
  }

  /** Different rules speak; where the two files really differ in a value, that is why. */
  addRules(bicep: string, arm: string): void {
    const cause = this.contradictions.find(({ folder, reason }) => folder === this.folder && reason !== undefined);
    const found = { folder: this.folder, path: 'rules', bicep, arm };
    this.rules.push(cause?.reason === undefined ? found : { ...found, reason: cause.reason });
  }

  compare(bicep: View, arm: View, path: string): void {
    if (isValue(bicep) && isValue(arm)) this.compareValues(bicep, arm, path);
    else if (Array.isArray(bicep) && Array.isArray(arm)) this.compareLists(bicep, arm, path);
    else if (isList(bicep) && isList(arm) && !(bicep.complete && arm.complete)) {
      this.compareOpenLists(bicep, arm, path);
    } else if (isObject(bicep) && isObject(arm)) {
      for (const key of new Set([...Object.keys(bicep), ...Object.keys(arm)])) {
        this.compare(bicep[key] ?? '', arm[key] ?? '', `${path}.${key}`);
      }
    } else if (typeof bicep !== 'string' || typeof arm !== 'string' || bicep.toLowerCase() !== arm.toLowerCase()) {
      if (bicep === arm) return;
      // Ids hold the text of what is known at deployment; the values that they are made of are compared where they stand.
      const isOpen = typeof bicep === 'string' && typeof arm === 'string' && (bicep + arm).includes('{');
      if (!isOpen) this.contradictions.push(this.difference(bicep, arm, path));
    }
  }

  private compareValues(bicep: ValueView, arm: ValueView, path: string): void {
    this.values++;
    if (bicep.state === 'unknown') {
      if (arm.state !== 'unknown') this.bicepKnowsLess.push(this.difference(bicep, arm, path));
    } else if (arm.state === 'unknown') this.bicepKnowsMore++;
    else if (bicep.state !== arm.state || bicep['text'] !== arm['text']) {
      const isOpen = `${bicep['text']}${arm['text']}`.includes('{');
      if (!isOpen) this.contradictions.push(this.difference(bicep, arm, path));
    }
  }

  private compareLists(bicep: readonly View[], arm: readonly View[], path: string): void {
    const right = sorted(arm);
    const left = this.withoutLeftOut(sorted(bicep), right);
    if (left.length !== right.length) {
      this.contradictions.push(this.difference(`${left.length} items`, `${right.length} items`, path));
      return;
    }
    for (const [index, item] of left.entries()) this.compare(item, right[index] ?? '', `${path}[${index}]`);
  }

  private withoutLeftOut(bicep: readonly View[], arm: readonly View[]): readonly View[] {
    const kept = bicep.filter((view) => !isExisting(view) || arm.some(isExisting));
    this.existingLeftOut += bicep.length - kept.length;
    return kept;
  }

  /** Of a list that is not complete on one side, only the items that both have can be compared. */
  private compareOpenLists(bicep: ListView, arm: ListView, path: string): void {
    if (!bicep.complete && arm.complete) this.bicepKnowsLess.push(this.difference('some items', 'all items', path));
    else if (bicep.complete) this.bicepKnowsMore++;
    if (bicep.items.length === arm.items.length) this.compareLists(bicep.items, arm.items, path);
  }

  private difference(bicep: View, arm: View, path: string): Disagreement {
    const found = { folder: this.folder, path, bicep: textOf(bicep), arm: textOf(arm) };
    const text = isValue(bicep) && bicep.state === 'known' ? String(bicep['text']) : undefined;
    if (text === undefined || this.armText.includes(text)) return found;
    return { ...found, reason: `azuredeploy.json does not hold "${text}": it was compiled from another main.bicep` };
  }
}

interface ListView {
  readonly complete: boolean;
  readonly items: readonly View[];
}

function isObject(view: View): view is { readonly [key: string]: View } {
  return typeof view === 'object' && !Array.isArray(view);
}

function isExisting(view: View): boolean {
  return isObject(view) && view['existing'] === true;
}

function isValue(view: View): view is ValueView {
  return isObject(view) && typeof view['state'] === 'string';
}

function isList(view: View): view is ListView & { readonly [key: string]: View } {
  return isObject(view) && typeof view['complete'] === 'boolean' && Array.isArray(view['items']);
}

/** Resources stand in the order of their declarations, which the compiler changes; other lists keep theirs. */
function sorted(list: readonly View[]): readonly View[] {
  const keyOf = (view: View): string => {
    if (!isObject(view) || typeof view['type'] !== 'string') return '';
    const name = view['name'];
    const known = name !== undefined && isValue(name) && name.state === 'known' ? String(name['text']) : '~';
    return `${view['type'].toLowerCase()} ${known.toLowerCase()} ${String(view['existing'])} ${String(view['id'])}`;
  };
  return list
    .map((view) => ({ view, key: keyOf(view) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ view }) => view);
}

function textOf(view: View): string {
  if (!isValue(view)) return typeof view === 'string' ? view : JSON.stringify(view);
  return view['text'] === undefined ? view.state : `${view.state}: ${String(view['text'])}`;
}

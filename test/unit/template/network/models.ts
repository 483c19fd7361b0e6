import { lowerArm, parseArm } from '../../../../src/arm/index.ts';
import { lowerBicep, parseBicep } from '../../../../src/bicep/index.ts';
import type { Model } from '../../../../src/model/model.ts';
import { viewModel } from '../../../../src/service/model-view.ts';
import { lowerTemplate } from '../../../../src/template/network/lower.ts';
import type { Template } from '../../../../src/template/template.ts';
import { templateText, withoutFiles } from '../arm-evaluation.ts';

/** A value of a resource: plain data, the parameter `p` that has no value, or the id of another resource. */
export type Spec = string | number | boolean | Expression | readonly Spec[] | { readonly [key: string]: Spec };

/** What is written as an expression, which both languages spell alike but for parameters. */
class Expression {
  readonly bicep: string;
  readonly arm: string;

  constructor(bicep: string, arm: string) {
    this.bicep = bicep;
    this.arm = arm;
  }
}

/** A parameter without a value. */
export const unknown = new Expression('p', "parameters('p')");

/** The id of a resource; the names follow the type. */
export function id(type: string, ...names: readonly string[]): Expression {
  const call = `resourceId('${type}', ${names.map((name) => `'${name}'`).join(', ')})`;
  return new Expression(call, call);
}

/** A resource with everything but its type and API version. */
export interface ResourceSpec {
  readonly name: string;
  readonly [key: string]: Spec;
}

/** The models of both languages that declare these resources. */
export function modelsOf(resources: readonly (readonly [type: string, body: ResourceSpec])[]): [Model, Model] {
  const bicep = resources.map(([type, body], index) => `resource r${index} '${type}@2024-05-01' = ${inBicep(body)}\n`);
  const arm = resources.map(([type, body]) => ({ type, apiVersion: '2024-05-01', ...(inArm(body) as object) }));
  return [
    bicepModel(`param p object\n${bicep.join('')}`),
    armModel(templateText({ parameters: { p: { type: 'object' } }, resources: arm })),
  ];
}

/** The model of a Bicep file on its own. */
export function bicepModel(text: string): Model {
  const file = parseBicep(text, 'bicep');
  if (file.errors.length > 0) throw new Error(`${file.errors[0]?.message}\n${text}`);
  return modelOf(lowerBicep(file, 'file:///main.bicep'));
}

/** The model of an ARM template on its own. */
export function armModel(text: string): Model {
  return modelOf(lowerArm(parseArm(text), 'file:///main.json'));
}

function modelOf(template: Template): Model {
  return lowerTemplate({ template, parameters: new Map(), isOpen: false }, withoutFiles());
}

function inBicep(spec: Spec): string {
  if (spec instanceof Expression) return spec.bicep;
  if (typeof spec === 'string') return `'${spec}'`;
  if (typeof spec !== 'object') return String(spec);
  if (isList(spec)) return `[\n${spec.map((item) => `${inBicep(item)}\n`).join('')}]`;
  return `{\n${Object.entries(spec)
    .map(([key, value]) => `'${key}': ${inBicep(value)}\n`)
    .join('')}}`;
}

function inArm(spec: Spec): unknown {
  if (spec instanceof Expression) return `[${spec.arm}]`;
  if (typeof spec !== 'object') return spec;
  if (isList(spec)) return spec.map(inArm);
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, inArm(value)]));
}

function isList(spec: object): spec is readonly Spec[] {
  return Array.isArray(spec);
}

/**
 * One list of `aksnet model` in short: known values as their text, `?` for unknown ones, lists with `...` at the end where
 * they may be longer. Ids lose what is before their provider; what is absent, empty or the same for every resource of the
 * list is left out.
 */
export function short(model: Model, list: keyof Model): unknown {
  return shorten(viewModel(model)[list]);
}

/** The same from both languages, first Bicep, then ARM. */
export function shortOfBoth(
  list: keyof Model,
  resources: readonly (readonly [type: string, body: ResourceSpec])[],
): [unknown, unknown] {
  const [bicep, arm] = modelsOf(resources);
  return [short(bicep, list), short(arm, list)];
}

function shorten(view: unknown): unknown {
  if (typeof view === 'string') return view.replace(/^.*\/providers\/microsoft\.\w+\//, '');
  if (Array.isArray(view)) return view.map(shorten);
  if (typeof view !== 'object' || view === null) return view;
  const { state, complete, id: _, existing, ...rest } = view as Record<string, unknown>;
  if (existing !== undefined) delete rest['type'];
  if (state === 'known' && 'text' in rest) return shorten(rest['text']);
  if (state === 'unknown' && 'reason' in rest) return '?';
  if (complete !== undefined) {
    const items = (rest['items'] as unknown[]).map(shorten);
    return complete === true ? items : [...items, '...'];
  }
  const entries = Object.entries(rest)
    .map(([key, value]) => [key, shorten(value)] as const)
    .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));
  if (existing === true) entries.push(['existing', true]);
  if (state === 'unknown') return '?';
  // A group that is set says so even where it is empty.
  if (state === 'known') return Object.fromEntries(entries);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

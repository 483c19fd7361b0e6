/** Measures how many of the address values in the Bicep files of the corpus are known, and says why the others are not. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineIndex } from '../base/line-index.ts';
import { entryInput } from '../service/entries.ts';
import { Workspace } from '../service/workspace.ts';
import type { Data } from '../template/data.ts';
import { evaluateTemplate } from '../template/evaluate.ts';
import type { FileSource, ResolvedModule, TemplateFiles } from '../template/evaluation.ts';
import type { ArrayExpression, Expression, ObjectProperty, SpreadElement } from '../template/expression.ts';
import { firstUnknown } from '../template/first-unknown.ts';
import { Session } from '../template/session.ts';
import type { ResourceDeclaration, Template, VariableDeclaration } from '../template/template.ts';
import { askWithFiles, filesIn, readUri, uriOfFile } from './corpus-workspace.ts';

/** How many address values there are and how many are known, in one part of the corpus. */
export interface ValueShare {
  readonly sites: number;
  /** Known when each file stands alone, its parameters at their defaults. */
  readonly knownAlone: number;
  /** Known with callers and parameter files. */
  readonly known: number;
}

export interface ValueFigures extends ValueShare {
  readonly byRepository: ReadonlyMap<string, ValueShare>;
  readonly unknown: readonly UnknownSite[];
}

/** An address value that is known in no way in which its file is reached. */
export interface UnknownSite {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly property: string;
  readonly code: string;
  readonly text: string;
}

const addressProperties = new Set([
  'addressprefix',
  'addressprefixes',
  'servicecidr',
  'servicecidrs',
  'podcidr',
  'podcidrs',
  'dnsserviceip',
]);

/** A place at which an address stands: a property, or one item of its list. */
interface Site {
  readonly uri: string;
  readonly start: number;
  readonly property: string;
  isKnownAlone: boolean;
  isKnown: boolean;
  reason: { readonly code: string; readonly text: string };
}

/** Evaluates every Bicep file of the corpus alone, and through all parameter files and callers. */
export function measureValues(shared: string): ValueFigures {
  const corpus = join(shared, 'corpus');
  const sites = new Map<string, Site>();
  const names = filesIn(corpus, /\.(bicep|bicepparam)$|\.parameters(\.[^/]+)?\.json$/);
  for (const name of names.filter((file) => file.endsWith('.bicep'))) declareSites(join(corpus, name), sites);
  for (const name of names) visitEntry(join(corpus, name), sites);
  const all = [...sites.values()];
  const repositoryOf = (site: Site): string =>
    fileURLToPath(site.uri)
      .slice(corpus.length + 1)
      .replaceAll('\\', '/')
      .split('/')[0] ?? '';
  const repositories = [...new Set(all.map(repositoryOf))].sort();
  return {
    ...shareOf(all),
    byRepository: new Map(
      repositories.map((name) => [name, shareOf(all.filter((site) => repositoryOf(site) === name))]),
    ),
    unknown: all.filter((site) => !site.isKnown).map((site) => describeSite(site, corpus)),
  };
}

function shareOf(sites: readonly Site[]): ValueShare {
  return {
    sites: sites.length,
    knownAlone: sites.filter((site) => site.isKnownAlone).length,
    known: sites.filter((site) => site.isKnown).length,
  };
}

function describeSite({ uri, start, property, reason }: Site, corpus: string): UnknownSite {
  const content = readUri(uri);
  const lines = new LineIndex(content.kind === 'text' ? content.text : '');
  const file = fileURLToPath(uri)
    .slice(corpus.length + 1)
    .replaceAll('\\', '/');
  return { file, line: lines.position(start).line + 1, property, ...reason };
}

/**
 * Notes the address properties in the resources and variables of a file, so that those which no evaluation reaches count
 * too.
 */
function declareSites(file: string, sites: Map<string, Site>): void {
  const workspace = new Workspace();
  const uri = uriOfFile(file);
  workspace.provide(uri, readUri(uri));
  const content = workspace.parse(uri)?.content;
  if (content?.kind !== 'template') return;
  for (const { body, isExisting } of content.template.resources) {
    if (!isExisting) declareIn(body, uri, sites);
  }
  for (const { value } of content.template.variables) declareIn(value, uri, sites);
}

function declareIn(
  expression: Expression | ObjectProperty | SpreadElement,
  uri: string,
  sites: Map<string, Site>,
): void {
  if (expression.kind === 'property' && isAddressKey(expression.key)) {
    const { key, keySpan, value } = expression;
    const count = value.kind === 'array' ? plainItems(value) : 1;
    for (let index = 0; index < count; index++) siteAt(uri, keySpan.start, index, String(key), sites);
  } else {
    for (const inner of partsOf(expression)) declareIn(inner, uri, sites);
  }
}

function isAddressKey(key: string | Expression): boolean {
  return typeof key === 'string' && addressProperties.has(key.toLowerCase());
}

function partsOf(
  expression: Expression | ObjectProperty | SpreadElement,
): readonly (Expression | ObjectProperty | SpreadElement)[] {
  switch (expression.kind) {
    case 'object':
      return expression.properties;
    case 'property':
    case 'spread':
      return [expression.value];
    case 'array':
      return expression.items;
    case 'for':
    case 'lambda':
      return [expression.body];
    case 'conditional':
      return [expression.whenTrue, expression.whenFalse];
    case 'call':
      return expression.args;
    case 'binary':
      return [expression.left, expression.right];
    default:
      return [];
  }
}

function plainItems(array: ArrayExpression): number {
  return array.items.some((item) => item.kind === 'spread') ? 1 : array.items.length;
}

function siteAt(uri: string, start: number, index: number, property: string, sites: Map<string, Site>): Site {
  const id = `${uri}#${start}.${index}`;
  const known = sites.get(id);
  if (known !== undefined) return known;
  const reason = { code: 'not-reached', text: 'no loop, condition or call leads there' };
  const site: Site = { uri, start, property, isKnownAlone: false, isKnown: false, reason };
  sites.set(id, site);
  return site;
}

/** Reads the values of an entry file and of all modules below it. */
function visitEntry(file: string, sites: Map<string, Site>): void {
  const workspace = new Workspace();
  const uri = uriOfFile(file);
  workspace.provide(uri, readUri(uri));
  const evaluated = askWithFiles(workspace, () => {
    const content = workspace.parse(uri)?.content;
    if (content?.kind !== 'template' && content?.kind !== 'parameters') return [];
    const { input } = entryInput(workspace, content, () => undefined);
    // Whether a resource is deployed does not matter here: what it would say is in the file all the same.
    const template = unconditional(input.template);
    const source: FileSource = {
      files: (read) => unconditionalFiles(workspace.files(read)),
      stamp: (other) => workspace.stamp(other),
    };
    // Addresses stand in resources of any type.
    const session = new Session(source, () => true);
    const { resources } = evaluateTemplate({ ...input, template }, session);
    return resources.flatMap((resource) =>
      resource.declaration.isExisting ? [] : (resource.member('properties') ?? []),
    );
  });
  const visited = new Set<unknown>();
  for (const data of evaluated) visitData(data, uri, visited, sites);
}

function unconditionalFiles(files: TemplateFiles): TemplateFiles {
  return {
    ...files,
    module: (from, path): ResolvedModule => {
      const resolved = files.module(from, path);
      return resolved.kind === 'template' ? { kind: 'template', template: unconditional(resolved.template) } : resolved;
    },
  };
}

const withoutConditions = new WeakMap<Template, Template>();

function unconditional(template: Template): Template {
  const known = withoutConditions.get(template);
  if (known !== undefined) return known;
  const stripped: Template = {
    ...template,
    resources: [
      ...template.resources.map(({ condition: _, ...resource }) => resource),
      ...template.variables.map(asResource),
    ],
    modules: template.modules.map(({ condition: _, ...module }) => module),
  };
  withoutConditions.set(template, stripped);
  return stripped;
}

/** A variable in the place of a resource's properties, so that it is evaluated wherever its file is. */
function asResource({ name, nameSpan, value }: VariableDeclaration): ResourceDeclaration {
  const properties: ObjectProperty = {
    kind: 'property',
    span: value.span,
    key: 'properties',
    keySpan: nameSpan,
    value,
  };
  return {
    nameSpan,
    span: value.span,
    type: 'Conformance.Values/variables',
    isExisting: false,
    name: { kind: 'literal', span: nameSpan, value: name },
    body: { kind: 'object', span: value.span, properties: [properties] },
  };
}

function visitData(data: Data, entry: string, visited: Set<unknown>, sites: Map<string, Site>): void {
  if (data.kind === 'array') {
    if (visited.has(data.items)) return;
    visited.add(data.items);
    for (const item of data.items) visitData(item, entry, visited, sites);
  }
  if (data.kind !== 'object' || visited.has(data.properties)) return;
  visited.add(data.properties);
  for (const { key, keyLocation, value } of data.properties) {
    if (keyLocation === undefined || !addressProperties.has(key.toLowerCase())) {
      visitData(value, entry, visited, sites);
    } else if (/\.bicep$/.test(keyLocation.uri)) {
      const items = value.kind === 'array' && !value.isOpen ? value.items : [value];
      items.forEach((item, index) => {
        const site = siteAt(keyLocation.uri, keyLocation.span.start, index, key, sites);
        noteValue(site, item, entry === keyLocation.uri);
      });
      // An empty list is known; the site that its literal or its name declared is answered.
      if (items.length === 0) sites.delete(`${keyLocation.uri}#${keyLocation.span.start}.0`);
    }
  }
}

function noteValue(site: Site, value: Data, isAlone: boolean): void {
  const unknown = firstUnknown(value);
  if (unknown === undefined) {
    site.isKnown = true;
    if (isAlone) site.isKnownAlone = true;
  } else {
    site.reason = unknown.reason;
  }
}

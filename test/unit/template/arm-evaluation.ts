import { lowerArm, parseArm } from '../../../src/arm/index.ts';
import { type Data, identityOf } from '../../../src/template/data.ts';
import { evaluateTemplate } from '../../../src/template/evaluate.ts';
import type { EvaluatedTemplate, TemplateFiles } from '../../../src/template/evaluation.ts';
import { readMember } from '../../../src/template/network/reader.ts';
import { Session } from '../../../src/template/session.ts';

const noFiles: TemplateFiles = {
  module: () => ({ kind: 'unread', text: 'there are no files', isMissing: true }),
  isMissing: () => true,
  text: () => undefined,
  data: () => undefined,
};

/** A session of templates that have no files around them. */
export function withoutFiles(): Session {
  return new Session({ files: () => noFiles, stamp: () => undefined }, () => true);
}

/** A template file around its elements. */
export function templateText(elements: Readonly<Record<string, unknown>>): string {
  const $schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
  return JSON.stringify({ $schema, contentVersion: '1.0.0.0', resources: [], ...elements }, undefined, 2);
}

/** Evaluates a template without files or parameters. */
export function evaluateText(text: string): EvaluatedTemplate {
  const template = lowerArm(parseArm(text), 'file:///main.json');
  return evaluateTemplate({ template, parameters: new Map(), isOpen: false }, withoutFiles());
}

/**
 * What the properties of a resource called `probe` evaluate to in a template of those elements, in short: text and
 * numbers as they are, what is unknown as `? code: reason`.
 */
export function probe(
  expressions: Readonly<Record<string, unknown>>,
  elements: Readonly<Record<string, unknown>> & { readonly resources?: unknown } = {},
): Record<string, unknown> {
  const own = { type: 'Test.Probe/probes', apiVersion: '2024-01-01', name: 'probe', properties: expressions };
  const { resources = [] } = elements;
  const all = Array.isArray(resources) ? [...resources, own] : { ...(resources as object), probeSymbol: own };
  const { resources: found } = evaluateText(templateText({ ...elements, resources: all }));
  const properties = found.find((resource) => resource.type === own.type)?.member('properties');
  return Object.fromEntries(Object.keys(expressions).map((key) => [key, sketch(readMember(properties, key))]));
}

/** A datum in short. */
export function sketch(data: Data | undefined): unknown {
  switch (data?.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return data.value;
    case 'partial':
      return identityOf(data);
    case 'array':
      return data.isOpen ? [...data.items.map(sketch), '...'] : data.items.map(sketch);
    case 'object': {
      const entries = data.properties.list.map(({ key, value }) => [key, sketch(value)]);
      return Object.fromEntries(data.isOpen ? [...entries, ['...', true]] : entries);
    }
    case 'unknown':
      return `? ${data.reason.code}: ${data.reason.text}`;
    default:
      return data?.kind;
  }
}

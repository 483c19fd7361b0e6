import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { NewExpression, NewReference } from '../model/change.ts';
import { contentSpan, isNamed, memberOf, propertyOf, stringOf, textOf } from './node.ts';
import type { ArmFile } from './parse.ts';
import { isExpressionText, literalText } from './template-string.ts';

/** A resource as a template declares it, with what holds its template's resources. */
export interface DeclaredResource {
  readonly node: Node;
  /** The symbolic name, from language version 2.0 on. */
  readonly symbol: string | undefined;
  /** The array or object that it stands in. */
  readonly list: Node;
}

/** What an expression leads to, and the resources that have to be deployed before it is evaluated. */
export interface SpelledText {
  readonly text: string;
  readonly resources: readonly DeclaredResource[];
}

/**
 * An expression as it is written for `owner`, with its brackets. Undefined where it would not mean the same there: a
 * resource is declared in another template, in a loop, outside of the resource group, or as something that exists
 * already; or it waits for `owner` itself, as far as one can tell.
 */
export function spellFor(file: ArmFile, owner: DeclaredResource, expression: NewExpression): SpelledText | undefined {
  const resources: DeclaredResource[] = [];
  const spell = (part: string | NewExpression): string | undefined => {
    if (typeof part === 'string') return quote(part);
    if (part.kind === 'call') {
      const args = part.args.flatMap((arg) => spell(arg) ?? []);
      return args.length === part.args.length ? `${part.name}(${args.join(', ')})` : undefined;
    }
    const resource = findResource(file, part.resource.span);
    const id = resource === undefined ? undefined : idExpression(resource);
    if (resource === undefined || id === undefined || resource.list !== owner.list || waitsFor(resource, owner))
      return undefined;
    resources.push(resource);
    return spellMember(id, resource, part.member);
  };
  const text = spell(expression);
  return text === undefined ? undefined : { text: `[${text}]`, resources };
}

/** How `dependsOn` names a resource. */
export function dependencyOf(resource: DeclaredResource): string | undefined {
  const id = idExpression(resource);
  return resource.symbol ?? (id === undefined ? undefined : `[${id}]`);
}

/** The resource with this header: its name, or its symbolic name where it has no other. */
export function findResource(file: ArmFile, header: Span): DeclaredResource | undefined {
  const owner = ownerOf(file, header);
  if (owner === undefined) return undefined;
  const name = memberOf(owner.node, 'name');
  const isHeader = name !== undefined && contentSpan(name, file.text).start === header.start;
  return isHeader ? owner : undefined;
}

/** The innermost resource that holds the span. */
export function ownerOf(file: ArmFile, { start, end }: Span): DeclaredResource | undefined {
  let found: DeclaredResource | undefined;
  let node = file.root;
  while (node !== undefined) {
    const inner: Node | undefined = node.children?.find(
      (child) => child.offset <= start && end <= child.offset + child.length,
    );
    const declared = inner === undefined ? undefined : asResource(inner);
    if (declared !== undefined) found = declared;
    node = inner;
  }
  return found;
}

function asResource(node: Node): DeclaredResource | undefined {
  if (node.type !== 'object' || memberOf(node, 'type') === undefined) return undefined;
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const list = property === undefined ? node.parent : property.parent;
  const key = list?.parent?.type === 'property' ? list.parent.children?.[0] : undefined;
  if (list === undefined || !isNamed(key?.value, 'resources')) return undefined;
  return { node, symbol: textOf(property?.children?.[0]), list };
}

function spellMember(id: string, { node }: DeclaredResource, member: NewReference['member']): string | undefined {
  if (member === 'resource' || member === 'id') return id;
  const version = stringOf(node, 'apiVersion');
  if (version === undefined || isExpressionText(version) || memberOf(node, 'condition') !== undefined) return undefined;
  return `reference(${id}, '${version}').${member}`;
}

/** `resourceId(...)` of a resource with one name in the resource group of its template. */
function idExpression({ node }: DeclaredResource): string | undefined {
  const type = stringOf(node, 'type');
  const name = stringOf(node, 'name');
  if (type === undefined || name === undefined || !/^[\w.]+\/\w+$/.test(type)) return undefined;
  const isElsewhere = ['copy', 'scope', 'resourceGroup', 'subscriptionId', 'existing'].some(
    (key) => propertyOf(node, key) !== undefined,
  );
  return isElsewhere ? undefined : `resourceId('${type}', ${nameExpression(name)})`;
}

function nameExpression(name: string): string {
  return isExpressionText(name) ? name.slice(1, -1).trim() : quote(literalText(name));
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Whether a resource waits for the target, or may do so by something that is not read here. */
function waitsFor(resource: DeclaredResource, target: DeclaredResource): boolean {
  const { list } = resource;
  const all = (list.children ?? []).flatMap(
    (child) => asResource(list.type === 'object' ? (child.children?.[1] ?? child) : child) ?? [],
  );
  const byName = new Map(all.flatMap((each) => namesOf(each).map((name) => [name, each] as const)));
  const seen = new Map<Node, DeclaredResource>([[resource.node, resource]]);
  for (const { node } of seen.values()) {
    if (node === target.node) return true;
    const waits = dependenciesOf(node);
    if (waits === undefined) return true;
    for (const text of waits) {
      const next = byName.get(canonical(text));
      if (next === undefined) return true;
      seen.set(next.node, next);
    }
  }
  return false;
}

/** What a resource waits for, as written; undefined where it is not all written in `dependsOn`. */
function dependenciesOf(resource: Node): readonly string[] | undefined {
  const waits = memberOf(resource, 'dependsOn');
  if (holdsReference(resource)) return undefined;
  if (waits === undefined) return [];
  if (waits.type !== 'array') return undefined;
  const texts = (waits.children ?? []).map(textOf);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** Whether an expression in the resource makes it wait for what it names. */
function holdsReference(node: Node): boolean {
  const text = textOf(node);
  if (text !== undefined) return isExpressionText(text) && /\b(?:references?|list\w*)\s*\(/i.test(text);
  return node.children?.some(holdsReference) === true;
}

function namesOf(resource: DeclaredResource): string[] {
  const names = [dependencyOf(resource), stringOf(resource.node, 'name')];
  return names.flatMap((name) => (name === undefined ? [] : [canonical(name)]));
}

function canonical(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

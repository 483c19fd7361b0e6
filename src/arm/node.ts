import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import { textBit } from '../base/text-bit.ts';

/** A property of a JSON object. */
export interface JsonProperty {
  readonly node: Node;
  readonly key: Node;
  readonly name: string;
  readonly value: Node;
}

/** The characters of a node; a string includes its quotes. */
export function nodeSpan(node: Node): Span {
  return { start: node.offset, end: node.offset + Math.max(0, node.length) };
}

/** The content of a string node without its quotes; the whole node for anything else, also for a token without quotes. */
export function contentSpan(node: Node, text: string): Span {
  const { start, end } = nodeSpan(node);
  if (node.type !== 'string') return { start, end };
  const quote = text.charCodeAt(start);
  if (quote !== 34 && quote !== 39) return { start, end };
  return { start: start + 1, end: isClosed(text, start, end) ? end - 1 : Math.max(end, start + 1) };
}

/** Whether a string node has a closing quote; what stands behind an unclosed one is no value. */
export function isClosedString({ offset, length }: Node, text: string): boolean {
  return isClosed(text, offset, offset + length);
}

function isClosed(text: string, start: number, end: number): boolean {
  return end - start > 1 && text.charCodeAt(end - 1) === text.charCodeAt(start);
}

/** The properties of an object in their order; of those that repeat a name only the last, as in Resource Manager. */
export function propertiesOf(node: Node | undefined): readonly JsonProperty[] {
  if (node?.type !== 'object' || node.children === undefined) return [];
  const properties: JsonProperty[] = [];
  for (const child of node.children) {
    const [key, value] = child.children ?? [];
    if (key === undefined || typeof key.value !== 'string') continue;
    // The value of an unfinished property is the property itself, which lowers to an invalid expression.
    properties.push({ node: child, key, name: key.value, value: value ?? child });
  }
  return hasDuplicates(properties) ? withoutDuplicates(properties) : properties;
}

/** The value of the property of that name. Names of template elements are matched without regard to case. */
export function memberOf(node: Node | undefined, name: string): Node | undefined {
  return findProperty(node, name)?.children?.[1];
}

/** Like {@link memberOf}, with the key. */
export function propertyOf(node: Node | undefined, name: string): JsonProperty | undefined {
  const found = findProperty(node, name);
  const [key, value] = found?.children ?? [];
  return found === undefined || key === undefined || value === undefined
    ? undefined
    : { node: found, key, name, value };
}

/** The property node of that name: of those that repeat it the last one that has a value. */
function findProperty(node: Node | undefined, name: string): Node | undefined {
  if (node?.type !== 'object' || node.children === undefined) return undefined;
  for (let i = node.children.length - 1; i >= 0; i--) {
    const child = node.children[i];
    if (child?.children?.[1] !== undefined && isNamed(child.children[0]?.value, name)) return child;
  }
  return undefined;
}

/** The text of a string property, undefined for anything else. */
export function stringOf(node: Node | undefined, name: string): string | undefined {
  return textOf(memberOf(node, name));
}

/** The text of a string node, undefined for anything else. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.type === 'string' && typeof node.value === 'string' ? node.value : undefined;
}

/** Whether two names of template elements are the same to Resource Manager. */
export function isNamed(name: unknown, sought: string): boolean {
  if (name === sought) return true;
  return typeof name === 'string' && name.length === sought.length && name.toLowerCase() === sought.toLowerCase();
}

function hasDuplicates(properties: readonly JsonProperty[]): boolean {
  if (properties.length > 16) return new Set(properties.map((property) => property.name)).size < properties.length;
  let seen = 0;
  for (let i = 0; i < properties.length; i++) {
    const name = properties[i]?.name ?? '';
    const bit = textBit(name);
    if ((seen & bit) !== 0) for (let j = 0; j < i; j++) if (properties[j]?.name === name) return true;
    seen |= bit;
  }
  return false;
}

function withoutDuplicates(properties: readonly JsonProperty[]): readonly JsonProperty[] {
  const last = new Map(properties.map((property) => [property.name, property]));
  return properties.filter(
    (property) =>
      last.get(property.name) === property || (isNamed(property.name, 'copy') && property.value.type === 'array'),
  );
}

import type { Location } from '../base/span.ts';
import type { Resource } from './network.ts';
import type { Origin } from './value.ts';

/**
 * Data that a front end writes in its own language, with expressions among it; `E` is the form in which those are given.
 * Objects keep their order.
 */
export type NewValue<E = NewExpression> =
  | string
  | number
  | boolean
  | E
  | readonly NewValue<E>[]
  | { readonly [key: string]: NewValue<E> };

/** What marks an expression among plain data. */
export interface ExpressionMark {
  readonly isExpression: true;
}

/** What is computed at deployment. Functions are those that Bicep and ARM have in common. */
export type NewExpression = NewReference | NewCall;

/** A declared resource, or a member of it. It can be written only into the file and the template that declare it. */
export interface NewReference extends ExpressionMark {
  readonly kind: 'reference';
  /** {@link Resource.header} of the resource. */
  readonly resource: Location;
  /** `resource` is the resource itself, as `scope` takes it; anything but it and `id` is one of its `properties`. */
  readonly member: 'resource' | 'id' | 'principalId' | 'ipAddress';
}

export interface NewCall extends ExpressionMark {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly (string | NewExpression)[];
}

/** A resource that a fix adds. */
export interface NewResource {
  /** A name for it in the file, made unique where it is taken. */
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  /** Everything else, in the order in which it is written: `name`, perhaps `scope`, and `properties`. */
  readonly body: { readonly [key: string]: NewValue };
}

/** What a fix does to the model. The front end that owns the location turns it into text edits. */
export type Change = TemplateChange | TextChange | KeyChange;

export type TemplateChange =
  /** Replaces the literal that spells the value (`origin.from`). Cannot be rendered where there is none. */
  | { readonly kind: 'set-value'; readonly target: Origin; readonly to: string | number | boolean }
  /**
   * Sets a property of the object literal at `object`, following `path` and creating the objects on the way.
   * A property that exists is replaced.
   */
  | {
      readonly kind: 'set-property';
      readonly object: Location;
      readonly path: readonly string[];
      readonly to: NewValue;
    }
  /** Removes the property `key` of the object literal at `object`, with its line if nothing else stands there. */
  | { readonly kind: 'remove-property'; readonly object: Location; readonly key: string }
  /** Appends an item to the array literal at `array`. */
  | { readonly kind: 'append-item'; readonly array: Location; readonly item: NewValue }
  /** Removes the item at `item` from its array literal, with its line if nothing else stands there. */
  | { readonly kind: 'remove-item'; readonly item: Location }
  /** Declares resources beside the one with the header `beside`, which then waits for them. */
  | { readonly kind: 'append-resources'; readonly beside: Location; readonly resources: readonly NewResource[] };

/** Changes of lines and characters, for languages without a tree of values and for comments. */
export type TextChange =
  /** Replaces the characters at `target`: a word, a key, a block scalar indicator. An empty target inserts. */
  | { readonly kind: 'replace-text'; readonly target: Location; readonly to: string }
  /** Inserts whole lines before the first or behind the last line that `at` touches, indented like the line of `like`. */
  | {
      readonly kind: 'insert-lines';
      readonly at: Location;
      readonly where: 'before' | 'after';
      readonly like: Location;
      readonly lines: readonly string[];
    }
  /** Replaces the lines that `target` touches by others, indented like the line of `like`. */
  | {
      readonly kind: 'replace-lines';
      readonly target: Location;
      readonly like: Location;
      readonly lines: readonly string[];
    }
  /** Removes the characters at `target`, and the lines on which they leave nothing behind. */
  | { readonly kind: 'remove-text'; readonly target: Location }
  /** Indents every line that `target` touches by `levels` steps of the file's own indentation. */
  | { readonly kind: 'indent-lines'; readonly target: Location; readonly levels: number };

/**
 * Takes `target` out of the value of a ConfigMap key and puts `content`, which lies in it, into a new key behind `entry`.
 * Lines of `before` and `after` go around it, and `prefix` before its first line; further lines are indented likewise.
 */
export interface KeyChange {
  readonly kind: 'move-to-key';
  readonly entry: Location;
  readonly target: Location;
  readonly content: Location;
  readonly key: string;
  readonly before?: readonly string[];
  readonly prefix?: string;
  readonly after?: readonly string[];
}

/** `safe`: the network afterwards means what the author meant. `unsafe`: offered, a person has to choose. */
export type Applicability = 'safe' | 'unsafe';

/** A fix: `title` starts with a capital, is imperative and has no full stop. */
export interface Fix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly changes: readonly Change[];
  /** The rule whose finding the fix knowingly takes in exchange; its title says what that costs. */
  readonly tradesFor?: string;
}

/** A reference to a declared resource. */
export function referTo({ header }: Resource, member: NewReference['member']): NewReference {
  return { isExpression: true, kind: 'reference', resource: header, member };
}

/** A call of a function that Bicep and ARM have in common. */
export function callOf(name: string, ...args: readonly (string | NewExpression)[]): NewCall {
  return { isExpression: true, kind: 'call', name, args };
}

/** Whether a value is an expression rather than data. */
export function isExpression<E extends ExpressionMark>(value: NewValue<E>): value is E {
  return typeof value === 'object' && 'isExpression' in value;
}

/** The resources that the change refers to. */
export function referencesOf(change: Change): readonly NewReference[] {
  switch (change.kind) {
    case 'set-property':
      return referencesIn(change.to);
    case 'append-item':
      return referencesIn(change.item);
    case 'append-resources':
      return change.resources.flatMap(({ body }) => referencesIn(body));
    default:
      return [];
  }
}

function referencesIn(value: NewValue): readonly NewReference[] {
  if (typeof value !== 'object') return [];
  if (!isExpression(value)) return Object.values(value).flatMap(referencesIn);
  return value.kind === 'reference' ? [value] : value.args.flatMap(referencesIn);
}

/** An expression as a front end spells it. */
export interface SpelledExpression extends ExpressionMark {
  readonly text: string;
}

/** The value with every expression spelled; undefined where one cannot be. */
export function spellValue(
  value: NewValue,
  spell: (expression: NewExpression) => string | undefined,
): NewValue<SpelledExpression> | undefined {
  if (typeof value !== 'object') return value;
  if (isExpression(value)) {
    const text = spell(value);
    return text === undefined ? undefined : { isExpression: true, text };
  }
  if (isList(value)) return everyPart(value.map((item) => spellValue(item, spell)));
  const entries = Object.entries(value);
  const parts = everyPart(entries.map(([, item]) => spellValue(item, spell)));
  return parts === undefined ? undefined : Object.fromEntries(entries.map(([key], index) => [key, parts[index] ?? '']));
}

/** The parts, if all of them are there. */
function everyPart<T>(parts: readonly (T | undefined)[]): readonly T[] | undefined {
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function isList(value: NewValue): value is readonly NewValue[] {
  return Array.isArray(value);
}

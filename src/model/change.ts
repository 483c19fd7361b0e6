import type { Location } from '../base/span.ts';
import type { Origin } from './value.ts';

/** Plain data that a front end writes in its own language. Objects keep their order. */
export type NewValue = string | number | boolean | readonly NewValue[] | { readonly [key: string]: NewValue };

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
  | { readonly kind: 'remove-item'; readonly item: Location };

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

import type { JsonValue } from '../arm/index.ts';
import { nearestWord } from '../base/near-miss.ts';
import type { Span } from '../base/span.ts';
import type { Severity } from '../rules/rule.ts';

/** What is wrong with one place of a configuration file. */
export interface ConfigurationProblem {
  readonly span: Span;
  /** A value that cannot be used is an error; a name that another version may know is a warning. */
  readonly severity: Severity;
  readonly message: string;
  /** What to write instead of the characters of the span, and whether that is beyond doubt. */
  readonly replacement?: { readonly text: string; readonly isSafe: boolean };
}

export type ReportProblem = (problem: ConfigurationProblem) => void;

/** What a value of the configuration looks like: how to read it, and how to tell editors about it. */
export interface Shape<T> {
  /** The value, or undefined where nothing of it can be used. */
  read(value: JsonValue, report: ReportProblem): T | undefined;
  /** As JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The value of a shape. */
export type ShapeValue<S> = S extends Shape<infer T> ? T : never;

/** A shape with a sentence about what it is for, which editors show. */
export function described<T>(description: string, shape: Shape<T>): Shape<T> {
  return { ...shape, schema: { description, ...shape.schema } };
}

/** What is wrong with a text, as far as a shape of texts knows. */
export type TextProblem = Pick<ConfigurationProblem, 'message' | 'replacement'>;

/** A text. `example` is one in its quotes; `check` tells what is wrong with a text that is not empty. */
export function text(
  example: string,
  check: (value: string) => TextProblem | undefined,
  schema: Readonly<Record<string, unknown>> = {},
): Shape<string> {
  return {
    read(value, report) {
      if (value.kind !== 'text') return reportKind(value, `a text such as ${example}`, report);
      const problem =
        value.value === '' ? { message: `This is empty. Write a text such as ${example}.` } : check(value.value);
      if (problem === undefined) return value.value;
      report({ span: value.span, severity: 'error', ...problem });
      return problem.replacement?.isSafe === true ? problem.replacement.text : undefined;
    },
    schema: { type: 'string', minLength: 1, ...schema },
  };
}

/** One of a few words. */
export function choice<const T extends string>(words: readonly T[]): Shape<T> {
  const list = `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
  return {
    read(value, report) {
      if (value.kind !== 'text') return reportKind(value, `${list}, in quotes`, report);
      const found = words.find((word) => word === value.value);
      if (found === undefined) {
        const nearest = nearestWord(value.value.toLowerCase(), words);
        const message = `"${value.value}" has no meaning here. ${nearest === undefined ? `Write ${list}.` : `Did you mean "${nearest}"?`}`;
        report({ span: value.span, severity: 'error', message, ...replacedBy(nearest) });
      }
      return found;
    },
    schema: { type: 'string', enum: words },
  };
}

/** A list of values of one shape; those that cannot be used are left out. */
export function list<T>(
  example: string,
  item: Shape<T>,
  schema: Readonly<Record<string, unknown>> = {},
): Shape<readonly T[]> {
  return {
    read(value, report) {
      if (value.kind !== 'list') return reportKind(value, `a list such as ${example}`, report);
      return value.items.flatMap((each) => item.read(each, report) ?? []);
    },
    schema: { type: 'array', items: item.schema, ...schema },
  };
}

/** A value and where it is written. */
export interface Placed<T> {
  readonly value: T;
  readonly span: Span;
}

/** A value with its place. */
export function placed<T>(item: Shape<T>): Shape<Placed<T>> {
  return {
    read(value, report) {
      const read = item.read(value, report);
      return read === undefined ? undefined : { value: read, span: value.span };
    },
    schema: item.schema,
  };
}

/** How an object speaks of its properties. */
export interface RecordWords {
  /** What a property is, such as "setting". */
  readonly noun: string;
  readonly example: string;
  /** Properties that may not be missing. */
  readonly required?: readonly string[];
}

/** An object with properties of these names and shapes; others are reported and left out. */
export function record<const F extends Readonly<Record<string, Shape<unknown>>>>(
  { noun, example, required = [] }: RecordWords,
  fields: F,
): Shape<{ readonly [K in keyof F]?: ShapeValue<F[K]> }> {
  const names = Object.keys(fields);
  return {
    read(value, report) {
      if (value.kind !== 'object') return reportKind(value, `an object such as ${example}`, report);
      const read: Record<string, unknown> = {};
      const seen = new Set<string>();
      for (const { name, nameSpan, value: content } of value.members) {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        if (field === undefined) report(unknownName(name, nameSpan, noun, names));
        else if (seen.has(name)) report(repeatedName(name, nameSpan));
        else read[name] = field.read(content, report);
        seen.add(name);
      }
      const missing = required.filter((name) => !seen.has(name));
      if (missing.length === 0) return read as { readonly [K in keyof F]?: ShapeValue<F[K]> };
      const message = `This has no "${missing.join('" and no "')}". Write it like ${example}.`;
      report({ span: value.span, severity: 'error', message });
      return undefined;
    },
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema])),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    },
  };
}

/** Few enough names to list them all in a message. */
const fewNames = 12;

function unknownName(name: string, span: Span, noun: string, names: readonly string[]): ConfigurationProblem {
  const nearest = nearestWord(name, names) ?? names.find((known) => known.toLowerCase() === name.toLowerCase());
  const otherwise = names.length > fewNames ? 'Remove it.' : `There are ${names.join(', ')}.`;
  const advice = nearest === undefined ? otherwise : `Did you mean "${nearest}"?`;
  return { span, severity: 'warning', message: `There is no ${noun} "${name}". ${advice}`, ...replacedBy(nearest) };
}

function repeatedName(name: string, span: Span): ConfigurationProblem {
  return {
    span,
    severity: 'error',
    message: `"${name}" is set above already, and that counts. Remove one of the two.`,
  };
}

function replacedBy(nearest: string | undefined): Pick<ConfigurationProblem, 'replacement'> {
  return nearest === undefined ? {} : { replacement: { text: nearest, isSafe: false } };
}

function reportKind(value: JsonValue, wanted: string, report: ReportProblem): undefined {
  report({ span: value.span, severity: 'error', message: `This is ${kindNames[value.kind]}. Write ${wanted}.` });
  return undefined;
}

const kindNames: Readonly<Record<JsonValue['kind'], string>> = {
  object: 'an object',
  list: 'a list',
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

import type { Node } from 'jsonc-parser';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import { textBit } from '../base/text-bit.ts';
import type { Expression } from '../template/expression.ts';
import { NamedDeclarations } from './declared-names.ts';
import { type ParsedExpression, parseExpression } from './expression.ts';
import { describeJsonErrors } from './json-errors.ts';
import { decodeString } from './json-string.ts';
import { maximumDepth, readJsonTree } from './json-tree.ts';
import { contentSpan, isNamed, nodeSpan } from './node.ts';
import { type ArmKind, recogniseArm } from './recognise.ts';
import { scanJson } from './scan.ts';
import { isExpressionText, isUnfinishedExpression } from './template-string.ts';

/** A parsed ARM JSON file. Its tree is never changed. */
export interface ArmFile {
  readonly text: string;
  /** What the file is by its `$schema`; undefined for JSON that is neither template nor parameter file. */
  readonly kind: ArmKind | undefined;
  /** The JSON tree with offsets of `text`; undefined if there is none or it is nested too deeply. */
  readonly root: Node | undefined;
  /** Errors of the JSON and, in a template, of its expressions, in the order of the text. */
  readonly errors: readonly ParseError[];
  /** Tokens without quotes, which a pipeline replaces before the file is deployed. */
  readonly tokens: readonly Span[];
  /** Names that an object has twice: Resource Manager takes the last one, so this is no syntax error. */
  readonly duplicates: readonly ParseError[];
  /** Texts of a template that lack no more than a `]` to be expressions. */
  readonly unfinished: readonly Span[];
  readonly comments: readonly Comment[];
  /** The string nodes of a template that hold expressions; those that are plain are parsed by {@link expressionOf}. */
  readonly expressions: ReadonlyMap<Node, Expression | undefined>;
  /** Whether an expression may call a function of addresses, which refuse arguments. */
  readonly callsCidrFunctions: boolean;
  /** What the expressions of a template name, those of nested templates included. */
  readonly named: NamedDeclarations;
}

/** Parses a template, a parameter file or any other JSON. Never throws; the tree is as whole as the text allows. */
export function parseArm(text: string): ArmFile {
  const kind = recogniseArm(text);
  const { root, errors: jsonErrors, comments, tokens, hasChangedStrings } = parseJson(text);
  const reader = new StringReader(text, hasChangedStrings, kind === 'template');
  if (root !== undefined) reader.read(root);
  const { duplicates, unfinished, expressions, callsCidrFunctions, named } = reader;
  const errors = [...jsonErrors, ...reader.errors];
  if (jsonErrors.length > 0 && reader.errors.length > 0) errors.sort((a, b) => a.span.start - b.span.start);
  const found = { tokens, duplicates, unfinished, comments, expressions, callsCidrFunctions, named };
  return { text, kind, root, errors, ...found };
}

interface ParsedJson extends Pick<ArmFile, 'root' | 'errors' | 'comments' | 'tokens'> {
  /** Whether strings may have other values than the tree says. */
  readonly hasChangedStrings: boolean;
}

/** The tree of any JSON; what jsonc-parser finds no fault with is read once and needs no more. */
function parseJson(text: string): ParsedJson {
  const first = readJsonTree(text);
  if (first.errors.length === 0 && first.tooDeep === undefined) {
    return { root: first.root, errors: [], comments: first.comments, tokens: [], hasChangedStrings: false };
  }
  const scan = scanJson(text);
  const { comments, tokens, hasChangedStrings } = scan;
  const { root, errors, tooDeep } = scan.text === text ? first : readJsonTree(scan.text);
  if (tooDeep !== undefined) {
    const message = `This JSON is nested more than ${maximumDepth} levels deep and is not read. Make it flatter.`;
    return { root: undefined, errors: [{ span: tooDeep, message }], comments, tokens, hasChangedStrings };
  }
  const described = describeJsonErrors(text, errors, scan);
  return { root, errors: described, comments, tokens, hasChangedStrings };
}

/** The expression that a string node of a file holds; undefined where its text stands for itself. */
export function expressionOf(file: ArmFile, node: Node): Expression | undefined {
  const known = file.expressions.get(node);
  if (known !== undefined || !file.expressions.has(node)) return known;
  return parseExpressionNode(node, node.value, file.text).expression;
}

/** Most expressions are of this kind: they have no mistake that a parser could find, and need none before they are used. */
const plainExpression = /^\[(?:(?:parameters|variables)\('[^'\]]*'\)|resourceGroup\(\)\.location)\]$/;

/** Adds what a plain expression names. */
function addNamed(named: NamedDeclarations, plain: string): void {
  const quote = plain.indexOf("'");
  if (quote > 0) named.add(plain.slice(1, quote - 1), plain.slice(quote + 1, -3));
}

/** The expression that a string node of a template holds, with spans of the document. */
export function parseExpressionNode(
  node: Node,
  value: string,
  text: string,
  named?: NamedDeclarations,
): ParsedExpression {
  const { start, end } = contentSpan(node, text);
  const offsets = end - start === value.length ? undefined : decodeString(text, start, end).offsets;
  return parseExpression(value, start, offsets, named);
}

/** Walks the tree once: values of strings that jsonc-parser could not know, expressions, names that repeat. */
class StringReader {
  readonly errors: ParseError[] = [];
  readonly duplicates: ParseError[] = [];
  readonly unfinished: Span[] = [];
  readonly expressions = new Map<Node, Expression | undefined>();
  readonly named = new NamedDeclarations();
  callsCidrFunctions = false;
  readonly #text: string;
  readonly #hasChangedStrings: boolean;
  readonly #isTemplate: boolean;

  constructor(text: string, hasChangedStrings: boolean, isTemplate: boolean) {
    this.#text = text;
    this.#hasChangedStrings = hasChangedStrings;
    this.#isTemplate = isTemplate;
  }

  read(node: Node): void {
    const { children } = node;
    if (children === undefined) {
      if (node.type === 'string') this.#readString(node);
    } else if (node.type === 'array') {
      for (const child of children) this.read(child);
    } else {
      this.#readProperties(children);
    }
  }

  #readProperties(properties: readonly Node[]): void {
    const many = properties.length > 16 ? new Set<string>() : undefined;
    let seen = 0;
    for (let i = 0; i < properties.length; i++) {
      const parts = properties[i]?.children;
      const key = parts?.[0];
      if (key === undefined) continue;
      this.#readString(key);
      const name: string = key.value;
      const bit = textBit(name);
      const isSeen = (seen & bit) !== 0 && (many?.has(name) ?? hasEarlier(properties, i, name));
      seen |= bit;
      if (isSeen && !mayRepeat(name, parts?.[1])) {
        const message = `"${name}" is already a property of this object, and Azure takes this one without a word. Remove one of them.`;
        this.duplicates.push({ span: nodeSpan(key), message });
      }
      many?.add(name);
      const value = parts?.[1];
      if (value === undefined) continue;
      if (this.#isTemplate && isLiteralProperty(name)) this.#readLiterals(value);
      else this.read(value);
    }
  }

  /** What describes a template is not evaluated: a text in square brackets is no expression there. */
  #readLiterals(node: Node): void {
    const reader = this.#hasChangedStrings ? new StringReader(this.#text, true, false) : undefined;
    reader?.read(node);
  }

  #readString(node: Node): void {
    if (this.#hasChangedStrings) {
      const { start, end } = contentSpan(node, this.#text);
      const writable: { value?: unknown } = node;
      writable.value = decodeString(this.#text, start, end).value;
    }
    const value: string = node.value;
    if (!this.#isTemplate) return;
    if (!isExpressionText(value)) {
      if (isUnfinishedExpression(value)) this.unfinished.push(contentSpan(node, this.#text));
      return;
    }
    if (plainExpression.test(value)) {
      this.expressions.set(node, undefined);
      addNamed(this.named, value);
      return;
    }
    this.callsCidrFunctions ||= /cidr/i.test(value);
    const { expression, errors } = parseExpressionNode(node, value, this.#text, this.named);
    this.expressions.set(node, expression);
    for (const error of errors) this.errors.push(error);
  }
}

/** Resource Manager takes several `copy` arrays in one object as if they were one. */
function mayRepeat(name: string, value: Node | undefined): boolean {
  return isNamed(name, 'copy') && value?.type === 'array';
}

function isLiteralProperty(name: string): boolean {
  return name === 'metadata' || name === 'comments' || name === 'allowedValues' || name === '$schema';
}

function hasEarlier(properties: readonly Node[], index: number, name: string): boolean {
  for (let i = 0; i < index; i++) if (properties[i]?.children?.[0]?.value === name) return true;
  return false;
}

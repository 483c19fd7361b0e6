import type { ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { AccessExpression, CallExpression, Expression, LiteralExpression } from '../template/expression.ts';
import type { NamedDeclarations } from './declared-names.ts';
import { isDigit, isIdentifier, isSpace } from './expression-characters.ts';
import { describeBareName, describeNumber, operatorFunctions } from './expression-mistakes.ts';
import { describeCall } from './function-signatures.ts';

/** A parsed template expression. Where the text is wrong, `expression` holds an invalid part in that place. */
export interface ParsedExpression {
  readonly expression: Expression;
  readonly errors: readonly ParseError[];
}

/** Longer expressions are refused by Resource Manager. */
export const maximumExpressionLength = 24_576;

/** Calls and indexes nested deeper than this are not read. */
const maximumNesting = 250;

/**
 * Parses a string value with its square brackets. `base` is the document offset of its first character; `offsets`
 * gives the offset of each character (and of the end) where escapes stand between the value and the document. `named`
 * gets to know what the expression names.
 */
export function parseExpression(
  value: string,
  base: number,
  offsets?: readonly number[],
  named?: NamedDeclarations,
): ParsedExpression {
  return new Parser(value, base, offsets, named).parse();
}

class Parser {
  readonly #text: string;
  readonly #base: number;
  readonly #offsets: readonly number[] | undefined;
  readonly #named: NamedDeclarations | undefined;
  /** Offset of the closing square bracket. */
  readonly #end: number;
  #errors: ParseError[] | undefined;
  /** Calls with a wrong name or number of arguments; told only where the expression is whole. */
  #callMistakes: ParseError[] | undefined;
  #position = 1;
  #depth = 0;

  constructor(
    value: string,
    base: number,
    offsets: readonly number[] | undefined,
    named: NamedDeclarations | undefined,
  ) {
    this.#text = value;
    this.#base = base;
    this.#offsets = offsets;
    this.#named = named;
    this.#end = value.length - 1;
  }

  parse(): ParsedExpression {
    let expression: Expression;
    if (this.#text.length > maximumExpressionLength) {
      this.#report(
        0,
        this.#text.length,
        'This expression is longer than the 24,576 characters that Resource Manager takes. Split it over variables.',
      );
      expression = this.#invalid(1, this.#end);
    } else if (this.#skipSpace() >= this.#end) {
      this.#report(0, this.#text.length, 'This expression is empty. For the text itself write "[[" instead of "[".');
      expression = this.#invalid(1, this.#end);
    } else {
      expression = this.#parseValue();
      if (this.#skipSpace() < this.#end && this.#errors === undefined) this.#reportRest();
    }
    if (this.#errors === undefined) return { expression, errors: this.#callMistakes ?? noErrors };
    return { expression, errors: this.#errors };
  }

  #parseValue(): Expression {
    const start = this.#skipSpace();
    const code = this.#codeAt(start);
    let value: Expression | undefined;
    if (code === 39) value = this.#parseString(start);
    else if (isIdentifier(code) && !isDigit(code)) value = this.#parseCall(start);
    else if (isDigit(code) || code === 45 || code === 43) value = this.#parseNumber(start);
    if (value === undefined) return this.#parseMistake(start);
    return value.kind === 'invalid' ? value : this.#parseAccesses(value, start);
  }

  #parseString(start: number): Expression {
    const text = this.#text;
    let i = start + 1;
    let isEscaped = false;
    for (;;) {
      i = text.indexOf("'", i);
      if (i < 0 || i >= this.#end) {
        this.#report(start, this.#end, 'This string is never closed. Add a single quote at its end.');
        this.#position = this.#end;
        return this.#invalid(start, this.#end);
      }
      if (text.charCodeAt(i + 1) !== 39 || i + 1 >= this.#end) break;
      isEscaped = true;
      i += 2;
    }
    this.#position = i + 1;
    const content = text.slice(start + 1, i);
    return this.#literal(start + 1, i, isEscaped ? content.replaceAll("''", "'") : content);
  }

  #parseNumber(start: number): Expression {
    const isSigned = !isDigit(this.#codeAt(start));
    let i = isSigned ? start + 1 : start;
    const digits = i;
    while (isDigit(this.#codeAt(i))) i++;
    if (i === digits) return this.#parseMistake(start);
    const integerEnd = i;
    if (this.#codeAt(i) === 46 && isDigit(this.#codeAt(i + 1))) i++;
    while (isIdentifier(this.#codeAt(i))) i++;
    this.#position = i;
    if (i > integerEnd) {
      this.#report(start, i, describeNumber(this.#text.slice(start, i)));
      return this.#invalid(start, i);
    }
    return this.#literal(start, i, Number(this.#text.slice(start, i)));
  }

  /** `name(...)` or `namespace.name(...)`. */
  #parseCall(start: number): Expression {
    let nameStart = start;
    let nameEnd = this.#identifierEnd(start);
    let base: Expression | undefined;
    this.#position = nameEnd;
    if (this.#codeAt(this.#skipSpace()) === 46) {
      const dot = this.#position++;
      const second = this.#skipSpace();
      const secondEnd = this.#identifierEnd(second);
      if (secondEnd === second || this.#codeAt(this.#skipSpaceFrom(secondEnd)) !== 40) {
        return this.#reportBareName(start, nameEnd, dot);
      }
      base = { kind: 'name', span: this.#span(start, nameEnd), name: this.#text.slice(start, nameEnd) };
      nameStart = second;
      nameEnd = secondEnd;
      this.#position = nameEnd;
    }
    if (this.#codeAt(this.#skipSpace()) !== 40) return this.#reportBareName(start, nameEnd, this.#position);
    const args = this.#parseArguments(nameStart, nameEnd);
    const name = this.#text.slice(nameStart, nameEnd);
    const [first] = args;
    this.#named?.add(name, first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined);
    // Where something else is wrong already, arguments may have been lost.
    const mistake = base === undefined && this.#errors === undefined ? describeCall(name, args.length) : undefined;
    if (mistake !== undefined) {
      this.#callMistakes ??= [];
      this.#callMistakes.push({ span: this.#span(nameStart, nameEnd), message: mistake });
    }
    const call: CallExpression = {
      kind: 'call',
      span: this.#span(start, this.#position),
      name,
      nameSpan: this.#span(nameStart, nameEnd),
      base,
      args,
    };
    return call;
  }

  /** The arguments from the opening parenthesis to behind the closing one. */
  #parseArguments(nameStart: number, nameEnd: number): readonly Expression[] {
    const open = this.#position++;
    if (this.#codeAt(this.#skipSpace()) === 41) {
      this.#position++;
      return noArguments;
    }
    if (!this.#enter(open)) return noArguments;
    // An array of one or two is made of that size: one that grows has room for many more, and most calls have few.
    let args: Expression[] | undefined;
    for (;;) {
      const value = this.#parseValue();
      const [first] = args ?? [];
      if (args === undefined || first === undefined) args = [value];
      else if (args.length === 1) args = [first, value];
      else args.push(value);
      let code = this.#codeAt(this.#skipSpace());
      if (code !== 44 && code !== 41 && this.#position < this.#end) {
        if (this.#startsValue(this.#position)) {
          this.#report(this.#position, this.#tokenEnd(this.#position), 'A comma is missing before this.');
          continue;
        }
        this.#reportUnexpected(this.#position);
        code = this.#skipToSeparator();
      }
      if (code === 44) {
        this.#position++;
        continue;
      }
      if (code === 41 && this.#position < this.#end) this.#position++;
      else if (this.#errors === undefined) {
        const name = this.#text.slice(nameStart, nameEnd);
        this.#report(open, open + 1, `This parenthesis of ${name} is never closed. Add ")".`);
      }
      this.#depth--;
      return args;
    }
  }

  /** `.name` and `[index]` behind a value, as many as there are. */
  #parseAccesses(value: Expression, start: number): Expression {
    let base = value;
    for (;;) {
      const at = this.#skipSpace();
      if (at >= this.#end) return base;
      const code = this.#codeAt(at);
      let key: Expression;
      if (code === 46) key = this.#parseKey(at);
      else if (code === 91) key = this.#parseIndex(at);
      else return base;
      const access: AccessExpression = {
        kind: 'access',
        span: this.#span(start, this.#position),
        base,
        key,
        isSafe: false,
        isFromEnd: false,
      };
      base = access;
    }
  }

  #parseKey(dot: number): Expression {
    this.#position = dot + 1;
    const start = this.#skipSpace();
    if (this.#codeAt(start) === 63) {
      this.#report(dot, start + 1, 'Resource Manager has no ".?". Write tryGet(object, \'name\').');
      this.#position++;
      const nameStart = this.#skipSpace();
      this.#position = this.#identifierEnd(nameStart);
      return this.#literal(nameStart, this.#position, this.#text.slice(nameStart, this.#position));
    }
    const end = this.#identifierEnd(start);
    this.#position = end;
    if (end === start) {
      this.#report(dot, dot + 1, 'A property name is missing after this dot.');
      return this.#invalid(dot, dot + 1);
    }
    return this.#literal(start, end, this.#text.slice(start, end));
  }

  #parseIndex(open: number): Expression {
    this.#position = open + 1;
    if (!this.#enter(open)) return this.#invalid(open, open + 1);
    const key = this.#parseValue();
    this.#depth--;
    if (this.#skipSpace() < this.#end && this.#codeAt(this.#position) === 93) {
      this.#position++;
      return key;
    }
    if (this.#errors === undefined) this.#report(open, open + 1, 'This square bracket is never closed. Add "]".');
    return key;
  }

  /** Counts one level of nesting. Too deep a level is reported and ends the expression. */
  #enter(open: number): boolean {
    if (++this.#depth <= maximumNesting) return true;
    this.#report(
      open,
      open + 1,
      `This expression is nested more than ${maximumNesting} levels deep. Split it over variables.`,
    );
    this.#position = this.#end;
    return false;
  }

  #reportBareName(start: number, nameEnd: number, stop: number): Expression {
    this.#report(start, nameEnd, describeBareName(this.#text.slice(start, nameEnd)));
    this.#position = stop;
    this.#skipToSeparator();
    return this.#invalid(start, nameEnd);
  }

  /** Reports what stands where a value should, and skips to the next comma or closing bracket. */
  #parseMistake(start: number): Expression {
    const code = this.#codeAt(start);
    if (start >= this.#end || code === 44 || code === 41 || code === 93) {
      const end = Math.min(start + 1, this.#text.length);
      if (start < this.#end || this.#errors === undefined) {
        this.#report(start, end, 'A value is missing before this.');
      }
      return this.#invalid(start, start);
    }
    this.#reportUnexpected(start);
    this.#skipToSeparator();
    return this.#invalid(start, this.#position);
  }

  #reportRest(): void {
    const at = this.#position;
    const code = this.#codeAt(at);
    if (code === 41 || code === 93)
      this.#report(at, at + 1, `Nothing is open that this "${this.#text.charAt(at)}" could close. Remove it.`);
    else if (code === 44) this.#report(at, at + 1, 'A comma has no place outside parentheses. Remove it.');
    else if (this.#startsValue(at))
      this.#report(at, this.#end, 'Nothing may follow the end of an expression. Remove this.');
    else this.#reportUnexpected(at);
  }

  #reportUnexpected(at: number): void {
    const sign = this.#text.charAt(at);
    const end = at + ((this.#text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
    if (sign === '"') this.#report(at, at + 1, 'Strings in expressions take single quotes.');
    else if (operatorFunctions.has(sign)) {
      this.#report(at, at + 1, `Expressions have no operator "${sign}". Use ${operatorFunctions.get(sign)}.`);
    } else
      this.#report(
        at,
        Math.min(end, this.#end),
        `"${this.#text.slice(at, Math.min(end, this.#end))}" has no meaning in an expression. Remove it.`,
      );
  }

  /** Skips to the comma or closing parenthesis that ends the present argument; returns its code. */
  #skipToSeparator(): number {
    let level = 0;
    for (; this.#position < this.#end; this.#position++) {
      const code = this.#codeAt(this.#position);
      if (code === 39) {
        const close = this.#text.indexOf("'", this.#position + 1);
        this.#position = close < 0 || close >= this.#end ? this.#end - 1 : close;
      } else if (code === 40 || code === 91) level++;
      else if (code === 41 || code === 93) {
        if (level === 0) return code;
        level--;
      } else if (code === 44 && level === 0) return code;
    }
    return 0;
  }

  /** Whether a string, name or number begins at the offset. */
  #startsValue(at: number): boolean {
    const code = this.#codeAt(at);
    if (code === 45 || code === 43) return isDigit(this.#codeAt(at + 1));
    return code === 39 || isIdentifier(code);
  }

  /** The end of the name, number or quoted text at `start`. */
  #tokenEnd(start: number): number {
    if (this.#codeAt(start) !== 39) return Math.max(this.#identifierEnd(start), start + 1);
    const close = this.#text.indexOf("'", start + 1);
    return close < 0 || close >= this.#end ? this.#end : close + 1;
  }

  #identifierEnd(start: number): number {
    let i = start;
    while (i < this.#end && isIdentifier(this.#text.charCodeAt(i))) i++;
    return i;
  }

  #skipSpace(): number {
    this.#position = this.#skipSpaceFrom(this.#position);
    return this.#position;
  }

  #skipSpaceFrom(start: number): number {
    let i = start;
    while (i < this.#end && isSpace(this.#text.charCodeAt(i))) i++;
    return i;
  }

  /** The code at an offset inside the brackets, 0 behind them. */
  #codeAt(offset: number): number {
    return offset < this.#end ? this.#text.charCodeAt(offset) : 0;
  }

  #literal(start: number, end: number, value: string | number): LiteralExpression {
    return { kind: 'literal', span: this.#span(start, end), value };
  }

  #invalid(start: number, end: number): Expression {
    return { kind: 'invalid', span: this.#span(start, Math.max(start, end)) };
  }

  #report(start: number, end: number, message: string): void {
    this.#errors ??= [];
    const span = this.#span(start, end);
    // One word for each token: what is wrong with it after the first is a consequence.
    if (this.#errors.at(-1)?.span.start !== span.start) this.#errors.push({ span, message });
  }

  #span(start: number, end: number): Span {
    const offsets = this.#offsets;
    if (offsets === undefined) return { start: this.#base + start, end: this.#base + end };
    return { start: offsets[start] ?? this.#base, end: offsets[end] ?? this.#base };
  }
}

const noErrors: readonly ParseError[] = [];
const noArguments: readonly Expression[] = [];

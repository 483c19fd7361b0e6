import { type ParseError as JsonError, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from '../base/parse-error.ts';
import { findBadEscape } from './json-string.ts';
import type { JsonScan } from './scan.ts';

/**
 * jsonc-parser's errors in plain words, one for each mistake: what follows an error in the same line, or behind a
 * bracket without a partner, is a consequence of it.
 */
export function describeJsonErrors(text: string, found: readonly JsonError[], scan: JsonScan): readonly ParseError[] {
  const { unbalanced, unclosed } = scan;
  // An opening bracket that is never closed makes the parser complain at the end of the file only.
  const limit = unbalanced === undefined ? text.length + 1 : unbalanced.span.start;
  const isUnclosed = unbalanced !== undefined && /[{[]/.test(text.charAt(unbalanced.span.start));
  const own = found
    .filter(({ error }) => printParseErrorCode(error) !== 'InvalidCharacter')
    .filter((error) => (isUnclosed ? !isEndError(error, text) : error.offset < limit))
    .map((error) => ({ offset: error.offset, describe: () => describe(text, error) }));
  const strings = unclosed.map((error) => ({ offset: error.span.start, describe: () => error }));
  const errors: ParseError[] = [];
  let from = 0;
  for (const error of strings.length === 0 ? own : [...own, ...strings].sort((a, b) => a.offset - b.offset)) {
    if (error.offset < from) continue;
    errors.push(error.describe());
    from = endOfLine(text, error.offset);
  }
  if (unbalanced !== undefined) {
    errors.push(unbalanced);
    errors.sort((a, b) => a.span.start - b.span.start);
  }
  return errors;
}

function isEndError(error: JsonError, text: string): boolean {
  return error.offset >= text.trimEnd().length;
}

function describe(text: string, error: JsonError): ParseError {
  const start = Math.min(error.offset, text.length);
  const end = Math.min(start + Math.max(0, error.length), text.length);
  const span = { start, end };
  const code = printParseErrorCode(error.error);
  switch (code) {
    case 'InvalidSymbol':
      return {
        span,
        message: `"${text.slice(start, Math.min(end, start + 40))}" is no JSON. Text stands in double quotes.`,
      };
    case 'ValueExpected':
      return text.trim() === ''
        ? { span: { start: 0, end: 0 }, message: 'This file is empty. Put a JSON object here.' }
        : { span, message: 'A value is missing before this.' };
    case 'UnexpectedEndOfComment':
      return { span: { start, end: Math.min(start + 2, end) }, message: 'This comment is never closed. Add "*/".' };
    case 'InvalidUnicode':
    case 'InvalidEscapeCharacter':
      return { span: findBadEscape(text, start + 1, end) ?? span, message: messages.get(code) ?? '' };
    default:
      return { span, message: messages.get(code) ?? 'This is no valid JSON.' };
  }
}

const messages: ReadonlyMap<string, string> = new Map([
  ['InvalidNumberFormat', 'This number is not complete. Add the missing digits.'],
  ['UnexpectedEndOfNumber', 'This number is not complete. Add the missing digits.'],
  ['PropertyNameExpected', 'A property name in double quotes is missing here.'],
  ['ColonExpected', 'A colon is missing before this.'],
  ['CommaExpected', 'A comma is missing before this.'],
  ['CloseBraceExpected', 'A "}" is missing here.'],
  ['CloseBracketExpected', 'A "]" is missing here.'],
  ['EndOfFileExpected', 'Nothing may follow the end of the JSON value. Remove this.'],
  ['UnexpectedEndOfString', 'This string is not closed. Add a double quote at its end.'],
  ['InvalidUnicode', 'A \\u escape takes four hexadecimal digits. Complete it, or write "\\\\" for a backslash.'],
  ['InvalidEscapeCharacter', 'JSON does not know this escape. Write "\\\\" for a backslash.'],
]);

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length + 1 : end;
}

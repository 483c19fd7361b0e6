import type { ParseError } from '../base/parse-error.ts';
import type { ParsedDocument } from './parsed-document.ts';

/** Syntax errors of one document that are shown; nobody reads more of them. */
const maxErrors = 200;

/** Errors from which on a text with characters of zero is taken for no text at all. */
const minErrorsOfBinary = 10;

/** The syntax errors of a document, a single one for all that is left out or for a file that holds no text. */
export function syntaxErrorsToShow({ document, errors }: ParsedDocument): readonly ParseError[] {
  const [first] = errors;
  if (first !== undefined && errors.length >= minErrorsOfBinary && document.text.includes('\0')) {
    const message = 'This file does not hold text in UTF-8. Save it as UTF-8, or give it another extension.';
    return [{ span: first.span, message }];
  }
  const next = errors[maxErrors];
  if (next === undefined) return errors;
  const count = errors.length - maxErrors;
  const message = `Syntax errors begin here that are not shown, ${count} in all. Correct those above first.`;
  return [...errors.slice(0, maxErrors), { span: next.span, message }];
}

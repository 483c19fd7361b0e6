import type { ParseError } from '../base/parse-error.ts';

/** The codes of the Bicep compiler that this parser raises too, and `nesting` for the limit of our own. */
export type SyntaxCode = keyof typeof messages;

/** A syntax error with the message of its code. `detail` is the missing character, word or name. */
export function syntaxError(code: SyntaxCode, start: number, end: number, detail = ''): ParseError {
  const message = messages[code](detail);
  return code === 'nesting' ? { span: { start, end }, message } : { span: { start, end }, message, code };
}

const messages = {
  nesting: () => 'This is nested too deeply to be read. Move inner parts to variables of their own.',
  BCP001: () => 'This character has no meaning in Bicep. Remove it, or put it inside a string.',
  BCP002: () => 'This comment is never closed. Add "*/" at its end.',
  BCP003: () => "This string is not closed before the end of the file. Add the closing '.",
  BCP004: () => "This string is not closed on its line. Add the closing ', or use ''' for text of several lines.",
  BCP006: () => "A string cannot hold this escape. Use \\n, \\r, \\t, \\\\, \\', \\$ or \\u{...}.",
  BCP007: () => 'No declaration begins like this. Start the line with a word such as param, var, resource or module.',
  BCP008: () => 'The parameter does not end here. Write "=" and a default value, or begin a new line.',
  BCP009: () => 'A value is missing here. Add one.',
  BCP010: () => 'This number does not fit into 64 bits. Use a smaller one.',
  BCP012: (word: string) => `The word "${word}" is missing here. Add it.`,
  BCP013: () => 'The parameter has no name. Write one after "param".',
  BCP015: () => 'A name is missing here. Use letters, digits and "_", with no digit in front.',
  BCP016: () => 'The output has no name. Write one after "output".',
  BCP017: () => 'The resource has no name. Write one after "resource".',
  BCP018: (character: string) => `"${character}" is missing here. Add it.`,
  BCP019: () => 'The declaration should end here. Begin a new line, or remove the rest.',
  BCP020: () => 'The name of a property or function is missing after the dot. Add it.',
  BCP022: () => 'The name of a property is missing here. Add it, or remove what stands in its place.',
  BCP024: () => 'This name has more than 255 characters. Shorten it.',
  BCP064: () => 'Only one expression fits into a hole of a string. Remove the rest, or join the parts.',
  BCP068: () =>
    "The resource type is missing. Write it as a string, such as 'Microsoft.Network/virtualNetworks@2024-05-01'.",
  BCP087: () => 'An array or object cannot stand here. Put it into a variable and use its name.',
  BCP096: () => 'The module has no name. Write one after "module".',
  BCP097: () => "The path of the file is missing. Write it as a string, such as './network.bicep'.",
  BCP103: () => 'Bicep strings do not use double quotes. Put the text between single quotes.',
  BCP117: () => 'There is no index between the brackets. Add one.',
  BCP118: () => 'The body is missing here. Begin it with "{", "[" or "if".',
  BCP123: () => 'The name of a decorator is missing after "@". Add it.',
  BCP133: () => 'This is not a Unicode escape. Write \\u{...} with hexadecimal digits up to 10FFFF.',
  BCP140: () => "This string is never closed. Add ''' at its end.",
  BCP162: () => 'The name of the loop variable is missing after "for". Add it.',
  BCP167: () => 'The loop has no body. Begin it with "{" or "if".',
  BCP201: () => 'The name of the extension is missing. Write it as a name, or its address as a string.',
  BCP202: () => 'The name of the extension is missing here. Add it.',
  BCP226: () => 'The directive names no diagnostic. Add at least one code, such as BCP081.',
  BCP236: () => 'Two elements stand side by side. Separate them with a comma or a new line.',
  BCP237: () => 'A comma is missing between two arguments. Add it at the end of this line.',
  BCP238: () => 'A comma cannot be followed by a new line here. Remove it: the new line separates the elements.',
  BCP243: () => 'Parentheses hold exactly one expression. Add the missing one, or remove the others.',
  BCP249: () => 'The loop needs an item and an index in its parentheses. Write them as (item, index).',
  BCP257: () => "The path of the template is missing. Write it as a string, such as 'main.bicep', or write none.",
  BCP266: () => 'The metadata has no name. Write one after "metadata".',
  BCP279: () => 'A type is missing here. Add one, such as string, int, bool, object or array.',
  BCP300: () => 'A literal is missing after "|". Add it, or remove the "|".',
  BCP305: () => 'The extension does not end here. Write "with" or "as", or begin a new line.',
  BCP317: () => 'The name of a property is missing here. Write a name, a string or "*".',
  BCP322: () => 'A function cannot be called with ".?". Use a plain ".".',
  BCP325: () => 'The type has no name. Write one after "type".',
  BCP337: () =>
    'No declaration of a parameter file begins like this. Start the line with a word such as using, param or var.',
  BCP344: () => 'The assertion has no name. Write one after "assert".',
  BCP346: () => 'The test has no name. Write one after "test".',
  BCP347: () => 'The path of the tested file is missing. Write it as a string.',
  BCP354: () => 'What to import is missing. Write names in braces, or "* as" and a name.',
  BCP355: () => 'The name of what to import is missing here. Add it.',
  BCP356: () => 'The name for the imported file is missing after "as". Add it.',
  BCP375: () => 'A quoted import needs a name to use it by. Add "as" and a name.',
  BCP404: () => 'The path of the parameter file to extend is missing. Write it as a string.',
} as const satisfies Record<string, (detail: string) => string>;

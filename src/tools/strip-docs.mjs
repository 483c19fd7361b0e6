import { readFile } from 'node:fs/promises';

/** Rule texts that only the documentation needs: the pages are built from the sources and shipped as files. */
const documentationOnly = ['condition', 'examples'];

/**
 * An esbuild plugin that empties the documentation-only properties of rule files, which would otherwise be most of a
 * bundle.
 *
 * @returns {import('esbuild').Plugin}
 */
export function stripDocumentation() {
  return {
    name: 'strip-documentation',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.ts$/ }, async ({ path }) => ({
        contents: emptyProperties(await readFile(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

/**
 * The text of a rule file with the values of its documentation-only properties replaced by empty ones.
 *
 * @param {string} text
 */
export function emptyProperties(text) {
  return documentationOnly.reduce((result, name) => {
    const key = new RegExp(`^  ${name}:`, 'm').exec(result);
    if (key === null) return result;
    const start = key.index + key[0].length;
    const end = endOfValue(result, start);
    const isList = result.slice(start, end).trimStart().startsWith('[');
    return `${result.slice(0, start)} ${isList ? '[]' : "''"}${result.slice(end)}`;
  }, text);
}

/**
 * Where the value that begins at `start` ends: before the first comma outside of brackets and strings.
 *
 * @param {string} text
 * @param {number} start
 */
function endOfValue(text, start) {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at] ?? '';
    if ('\'"`'.includes(char)) at = endOfString(text, at);
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) return at;
  }
  throw new Error('A property of a rule never ends.');
}

/**
 * The closing quote of the string that opens at `start`. Examples hold no `${}` of their own: they escape it.
 *
 * @param {string} text
 * @param {number} start
 */
function endOfString(text, start) {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start]) return at;
  }
  throw new Error('A string of a rule never ends.');
}

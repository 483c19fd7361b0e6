import { readFile } from 'node:fs/promises';

/** Rule texts that only the documentation needs: the pages are built from the sources and shipped as files. */
const documentationOnly = ['condition', 'examples', 'fixable', 'since'];

/** What only the bundle needs that explains findings. */
const explanationOnly = ['why', 'references'];

/** What only the bundles need in which people read lists of rules. */
const listOnly = ['summary'];

/** What the bundles need that run a rule, and those in which people read what an error means. */
const answers = ['serviceError'];

/** What a bundle can do without where a rule is named but never runs. */
const findingsOnly = ['messages'];

/**
 * An esbuild plugin that takes out the documentation-only properties of rule files, which would otherwise be most of a
 * bundle. Of rules that never run in the bundle only what lists of rules say is left, and what explains them.
 *
 * @param {{ readonly runs?: (languages: readonly string[]) => boolean, readonly explains?: boolean,
 *   readonly lists?: boolean }} [use] Whether the bundle runs the rules of these languages: all, if not said; and whether
 *   it explains findings, and lists rules.
 * @returns {import('esbuild').Plugin}
 */
export function stripDocumentation({ runs = () => true, explains = false, lists = false } = {}) {
  const unused = [...documentationOnly, ...(explains ? [] : explanationOnly), ...(lists ? [] : listOnly)];
  return {
    name: 'strip-documentation',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]rules[\\/][^\\/]+[\\/][^\\/]+\.ts$/ }, async ({ path }) => {
        const text = emptyProperties(await readFile(path, 'utf8'), unused);
        const contents = runs(languagesOf(text)) ? text : withoutCheck(lists ? text : emptyProperties(text, answers));
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * An esbuild plugin that takes the indentation out of the Bicep texts that stand in for modules: nobody looks at them.
 *
 * @returns {import('esbuild').Plugin}
 */
export function stripIndentation() {
  return {
    name: 'strip-indentation',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]src[\\/]bicep[\\/]stand-ins[\\/][^\\/]+\.ts$/ }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(/^ +/gm, ''),
        loader: 'ts',
      }));
    },
  };
}

/**
 * The languages that a rule file names.
 *
 * @param {string} text
 */
export function languagesOf(text) {
  const [, list = ''] = /^ {2}languages: \[([^\]]*)\]/m.exec(text) ?? [];
  return Array.from(list.matchAll(/'(\w+)'/g), ([, language = '']) => language);
}

/**
 * The text of a rule file whose rule finds nothing. The formatter says where its function ends.
 *
 * @param {string} text
 */
export function withoutCheck(text) {
  return emptyProperties(text, findingsOnly).replace(/^ {2}check\([\s\S]*?^ {2}\},$/m, '  check() {},');
}

/**
 * The text of a rule file without some of its properties; messages are emptied instead.
 *
 * @param {string} text
 * @param {readonly string[]} [properties]
 */
export function emptyProperties(text, properties = documentationOnly) {
  return properties.reduce((result, name) => {
    const key = new RegExp(`^  ${name}:`, 'm').exec(result);
    if (key === null) return result;
    const start = key.index + key[0].length;
    const end = endOfValue(result, start);
    // Messages are written out wherever a rule is defined; nothing reads the others where they are taken out.
    if (!findingsOnly.includes(name)) return result.slice(0, key.index) + result.slice(end + 1);
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

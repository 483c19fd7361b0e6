import { type ParseError, parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { wrappers } from '../../support/snippet-wrappers.ts';
import { completeSnippet, expandSnippet, readSnippets, snippetFiles } from '../../support/snippets.ts';

describe('expanding a snippet', () => {
  it.each([
    ['plain text', 'plain text'],
    ['$1 and $0', ' and '],
    ['${1:default}', 'default'],
    ['$1 ${1:later} ${1}', 'later later later'],
    ['${1:first} ${1:second} $1', 'first first first'],
    ['${1:outer ${2:inner} end} $2 $1', 'outer inner end inner outer inner end'],
    ['${1:a $2} ${2:b}', 'a b b'],
    ['${1|one,two|} $1', 'one one'],
    ['${1|a\\,b\\|c\\\\d,two|}', 'a,b|c\\d'],
    ['${1||}', '${1||}'],
    ['${10:172.16.0}.0/${11|16,24|} $10.10', '172.16.0.0/16 172.16.0.10'],
    ['10.${1:10}.0.0 10.$1.4.0', '10.10.0.0 10.10.4.0'],
  ])('%j gives %j', (body, expected) => {
    expect(expandSnippet(body)).toBe(expected);
  });

  it.each([
    ["'\\${name}-\\$1'", "'${name}-$1'"],
    ["'\\${${1:name}}'", "'${name}'"],
    ['${1:{a: \\}}', '{a: }'],
    ['${1:x\\$\\}\\\\}', 'x$}\\'],
    ['\\\\. \\. \\n', '\\. \\. \\n'],
    ['{ } $ $- ${ ${} ${-}', '{ } $ $- ${ ${} ${-}'],
    ['${1:never closed', '${1:never closed'],
    ['${1|never closed', '${1|never closed'],
    ['${1|a,b}', '${1|a,b}'],
  ])('keeps braces, dollars and backslashes as VS Code does: %j gives %j', (body, expected) => {
    expect(expandSnippet(body)).toBe(expected);
  });

  it.each([
    ['$TM_FILENAME_BASE!', 'main!'],
    ['${TM_FILENAME_BASE:other}', 'main'],
    ['${TM_SELECTED_TEXT:nothing selected}', 'nothing selected'],
    ['[$TM_SELECTED_TEXT]', '[]'],
    ['[${location}]', '[location]'],
    ['${1:$TM_FILENAME_BASE}-$1', 'main-main'],
  ])('fills in variables: %j gives %j', (body, expected) => {
    expect(expandSnippet(body, { TM_FILENAME_BASE: 'main' })).toBe(expected);
  });

  it('refuses a tab stop inside its own default', () => {
    expect(() => expandSnippet('${1:around $1}')).toThrow('inside its own default');
    expect(() => expandSnippet('${1:a $2} ${2:b $1}')).toThrow('inside its own default');
  });

  it('refuses a transform', () => {
    expect(() => expandSnippet('${1/a/b/}')).toThrow('not supported');
    expect(() => expandSnippet('${TM_FILENAME/a/b/}')).toThrow('not supported');
  });
});

describe('the snippets', () => {
  const snippets = readSnippets();

  it('have unmistakable prefixes, each with a wrapper, and descriptions that are sentences', () => {
    for (const file of snippetFiles) {
      const prefixes = snippets.filter((snippet) => snippet.file === file).map(({ prefix }) => prefix);
      expect(prefixes, file).toEqual([...new Set(prefixes)]);
      expect([...prefixes].sort(), file).toEqual(Object.keys(wrappers[file]).sort());
    }
    for (const { prefix, description } of snippets) {
      expect(prefix).toMatch(/^aksnet-[a-z-]+$/);
      expect(description, prefix).toMatch(/^\S.*\.$/);
    }
  });

  it('exist for Bicep and for ARM JSON alike', () => {
    expect(Object.keys(wrappers['arm.json'])).toEqual(Object.keys(wrappers['bicep.json']));
  });

  it('number their tab stops from 1 without a gap', () => {
    for (const { file, prefix, body } of snippets) {
      const stops = [...body.matchAll(/(?<!\\)\$\{?(\d+)/g)].map((match) => Number(match[1]));
      const distinct = [...new Set(stops)].sort((a, b) => a - b);
      expect(distinct, `${file} ${prefix}`).toEqual(distinct.map((_, index) => index + 1));
    }
  });

  it('leave nothing of the snippet syntax behind', () => {
    for (const snippet of snippets) {
      const { text } = completeSnippet(snippet);
      expect(text, snippet.prefix).not.toMatch(/\$\d|\$\{\d|\\\$|<snippet>|\t| $/m);
      if (snippet.file !== 'bicep.json') expect(text, snippet.prefix).not.toContain('${');
    }
  });

  it.each(snippets.filter(({ file }) => file === 'arm.json'))('$prefix makes a JSON document', (snippet) => {
    const errors: ParseError[] = [];
    const template = parse(completeSnippet(snippet).text, errors, { disallowComments: true });
    expect(errors).toEqual([]);
    expect(template.resources.length).toBeGreaterThan(0);
  });

  it.each(snippets.filter(({ file }) => file === 'corefile-yaml.json'))('$prefix makes a ConfigMap', (snippet) => {
    const document = parseDocument(completeSnippet(snippet).text);
    expect(document.errors).toEqual([]);
    expect(document.getIn(['metadata', 'name'])).toBe('coredns-custom');
    const values = Object.entries(document.toJS().data as Record<string, string>);
    expect(values.length).toBeGreaterThan(0);
    for (const [key, value] of values) {
      expect(key).toMatch(/\.(override|server)$/);
      expect(value.split('{').length, key).toBe(value.split('}').length);
    }
  });

  it('keep the indentation of the place that they are put in', () => {
    const overlay = snippets.find(({ file, prefix }) => file === 'bicep.json' && prefix === 'aksnet-network-overlay');
    if (overlay === undefined) throw new Error('The overlay snippet is gone.');
    expect(completeSnippet(overlay).text).toContain("\n    networkProfile: {\n      networkPlugin: 'azure'\n");
  });
});

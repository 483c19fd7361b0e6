import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './grammar.ts';

interface LanguageConfiguration {
  readonly wordPattern: string;
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly { readonly beforeText: string; readonly afterText: string }[];
}

function read(language: string): LanguageConfiguration {
  return JSON.parse(readFileSync(join(repositoryRoot, `syntaxes/${language}.language-configuration.json`), 'utf8'));
}

describe('the language configuration of Corefiles', () => {
  const { wordPattern, indentationRules, onEnterRules } = read('corefile');
  const indents = (line: string) => new RegExp(indentationRules.increaseIndentPattern).test(line);

  it('indents after a brace that opens a block, and only then', () => {
    expect(['example.com {', '    hosts {', '{', 'a { # why'].map(indents)).toEqual([true, true, true, true]);
    expect(['cache 30', 'hosts{', '# a {', 'a {$X}', 'a { b }'].map(indents)).toEqual(new Array(5).fill(false));
    expect(new RegExp(indentationRules.decreaseIndentPattern).test('    }')).toBe(true);
  });

  it('puts the cursor between the braces of a block', () => {
    expect(
      onEnterRules.some(
        (rule) => new RegExp(rule.beforeText).test('  hosts {') && new RegExp(rule.afterText).test('}'),
      ),
    ).toBe(true);
  });

  it('takes zones, plugins and addresses as one word', () => {
    const words = 'example.com:53 { k8s_external 10.0.0.0/8 "min-lease-ttl" {$X}'.match(new RegExp(wordPattern, 'g'));
    expect(words).toEqual(['example.com:53', 'k8s_external', '10.0.0.0/8', 'min-lease-ttl', '$X']);
  });
});

describe('the language configuration of Bicep', () => {
  const { wordPattern, indentationRules, onEnterRules } = read('bicep');
  const indents = (line: string) => new RegExp(indentationRules.increaseIndentPattern).test(line);

  it('indents after an open bracket', () => {
    expect(["resource a 'b@c' = {", '  subnets: [', 'f('].map(indents)).toEqual([true, true, true]);
    expect(['  a: [1]', '// {', 'var a = {}'].map(indents)).toEqual([false, false, false]);
    expect(
      onEnterRules.some((rule) => new RegExp(rule.beforeText).test('a: [') && new RegExp(rule.afterText).test(']')),
    ).toBe(true);
  });

  it('takes identifiers as words', () => {
    expect("vnet.properties['a-b']".match(new RegExp(wordPattern, 'g'))).toEqual(['vnet', 'properties', 'a', 'b']);
  });
});

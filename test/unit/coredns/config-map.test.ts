import { describe, expect, test } from 'vitest';
import { lexCorefile } from '../../../src/coredns/corefile-lexer.ts';
import { parseCoredns, recogniseCoredns } from '../../../src/coredns/index.ts';
import { expectLinear } from '../../support/growth.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';

describe('the text of a scalar', () => {
  const styles: readonly (readonly [string, string])[] = [
    ['literal', '|\n    log . a\n    errors\n'],
    ['literal with its indentation stated', '|2\n    log . a\n     errors\n'],
    ['stripped', '|- # note\n    log . a\n\n    errors\n'],
    ['kept', '|+\n    log . a\n    errors\n\n\n'],
    ['folded', '>\n    log . a\n\n    errors\n'],
    ['folded and indented', '>-\n    log . a\n      errors\n'],
    ['plain', '\n    log . a\n    errors\n'],
    ['plain from the key on', 'log . a\n    errors\n'],
    ['single-quoted', "'log . a\n    errors'\n"],
    ['double-quoted', '"log . a\\nerrors"\n'],
    ['double-quoted and continued', '"log . \\\n    a\\n\\\n    errors"\n'],
    ['double-quoted over lines', '"log . a\n\n    errors"\n'],
    ['anchored', '&x |\n    log . a\n    errors\n'],
    ['tagged', '!!str |\n    log . a\n    errors\n'],
  ];

  test.each(
    styles.flatMap(
      ([name, value]) =>
        [
          [name, value],
          [`${name}, CRLF`, value.replaceAll('\n', '\r\n')],
        ] as const,
    ),
  )('is mapped exactly where it is %s', (_, value) => {
    const text = `${head}  first.override: "log"\n  a.override: ${value}  last.override: |\n    whoami\n`;
    const entry = parseCoredns(text, 'yaml').tree.configMaps[0]?.entries.find(({ key }) => key.text === 'a.override');
    const { syntax, map } = entry?.corefile ?? {};
    const tokens = lexCorefile(syntax?.text ?? '').tokens;
    expect(tokens.map((token) => token.text)).toEqual(['log', '.', 'a', 'errors']);
    for (const token of tokens) {
      const span = map?.spanToOuter(token.span) ?? { start: 0, end: 0 };
      expect(text.slice(span.start, span.end)).toBe(token.text);
    }
  });

  test('says what a style does to the line breaks', () => {
    const text = `${head}  kept.override: >\n    log\n  lost.override: >\n    log\n    debug\n  refused.server: >\n    a.example {\n    log\n    }\n`;
    const entries = parseCoredns(text, 'yaml').tree.configMaps[0]?.entries ?? [];
    expect(entries.map((entry) => entry.lineBreaks)).toEqual(['kept', 'lost', 'refused']);
  });
});

describe('parseCoredns', () => {
  test('reads every document and every item of a list', () => {
    const item = '- kind: ConfigMap\n  metadata: {name: coredns-custom}\n  data: {a.override: "log"}\n';
    const file = parseCoredns(
      `${head}  a.override: |\n    log\n---\nkind: Service\n---\nkind: List\nitems:\n${item}${item}`,
      'yaml',
    );
    expect(file.tree.configMaps.map((configMap) => configMap.entries.length)).toEqual([1, 1, 1]);
  });

  test('reads a ConfigMap written as JSON', () => {
    const json = JSON.stringify({
      kind: 'ConfigMap',
      metadata: { name: 'coredns-custom' },
      data: { 'a.server': 'a.example {\n  log\n}\n' },
    });
    const entry = parseCoredns(json, 'yaml').tree.configMaps[0]?.entries[0];
    expect(entry?.corefile?.syntax.blocks[0]?.directives[0]?.name.text).toBe('log');
    expect(entry?.lineBreaks).toBe('kept');
  });

  test('knows nothing of text whose braces a template may put right', () => {
    const file = parseCoredns(`${head}  a.override: |\n    {{- range .Values.zones }}\n    hosts {\n`, 'yaml');
    expect(file.tree.configMaps[0]?.entries.map(({ key, corefile }) => [key.text, corefile])).toEqual([
      ['a.override', undefined],
    ]);
  });

  test('does not take the templates of CoreDNS for those of a tool', () => {
    const text = `${head}  a.override: |\n    template IN A a.example {\n      answer "{{ .Name }} 60 IN A 10.0.0.1"\n    }\n`;
    expect(parseCoredns(text, 'yaml').tree.configMaps).toHaveLength(1);
  });

  test('judges nothing that a YAML error cut short', () => {
    const text = `${head}  a.server: |\n    a.example {\n      log\n bad\n    }\n  b.server: |\n    b.example {\n      log\n    }\n`;
    const [configMap] = parseCoredns(text, 'yaml').tree.configMaps;
    expect(configMap?.problems.map((problem) => problem.kind)).toContain('yaml');
    expect(configMap?.entries[0]?.corefile).toBeUndefined();
  });

  test('follows an alias and expands nothing', () => {
    const bomb = Array.from({ length: 30 }, (_, i) => `  x${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]\n`).join('');
    const text = `${head}  a.override: &t |\n    log\n  b.override: *t\nbomb:\n  x0: &a0 [x]\n${bomb}`;
    const entries = parseCoredns(text, 'yaml').tree.configMaps[0]?.entries ?? [];
    expect(entries.map((entry) => entry.corefile?.syntax.directives[0]?.name.text)).toEqual(['log', 'log']);
  });

  test.each([
    ['deep flow nesting', `${head}  a.override: ${'['.repeat(5000)}\n`],
    ['deep block nesting', `${head}${Array.from({ length: 5000 }, (_, i) => `${' '.repeat(i + 1)}k:\n`).join('')}`],
    ['deep braces', `${head}  a.override: |\n    log ${'{ '.repeat(5000)}\n`],
    ['NUL bytes', `${head}  a.override: |\n    lo\0g\n    \0\n`],
    ['tabs for indentation', `${head}\ta.override: |\n\t\tlog\n`],
    ['nothing but the name', 'kind: ConfigMap\nmetadata: {name: coredns-custom'],
  ])('ends without throwing on %s', (_, text) => {
    expect(parseCoredns(text, 'yaml').text).toBe(text);
  });

  test('does not read a document of 10 MB, and says so', () => {
    const text = `${head}  a.override: |\n${'    log\n'.repeat(1_300_000)}`;
    const [configMap] = parseCoredns(text, 'yaml').tree.configMaps;
    expect(configMap?.problems.map((problem) => problem.kind)).toEqual(['too-large']);
    expect(parseCoredns('log\n'.repeat(2_600_000), 'corefile').errors).toHaveLength(1);
  });
});

describe('recogniseCoredns', () => {
  test.each(['Corefile', 'dir/Corefile', 'my.corefile', 'Corefile.local'])('knows %s by its name', (name) => {
    expect(recogniseCoredns('', name)).toBe('corefile');
  });

  test.each([
    ['the ConfigMap of AKS', `${head}  a.override: log\n`],
    ['the managed ConfigMap', 'kind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |\n    .:53 {\n    }\n'],
    [
      'another name with a server key',
      'kind: ConfigMap\nmetadata: {name: x}\ndata:\n  a.server: |\n    a.example:53 {\n',
    ],
    ['a broken one', 'kind: ConfigMap\n  name: coredns-custom\n  a.override: |\n    log\n'],
    ['JSON in one line', '{"kind":"ConfigMap","metadata":{"name":"coredns-custom"}}'],
  ])('knows YAML by its content: %s', (_, text) => {
    expect(recogniseCoredns(text, 'x.yaml')).toBe('yaml');
    expect(recogniseCoredns(text, 'x.txt')).toBeUndefined();
  });

  test.each([
    ['another ConfigMap', 'kind: ConfigMap\nmetadata:\n  name: app\ndata:\n  app.properties: |\n    log=1\n'],
    ['another use of the suffix', 'kind: ConfigMap\nmetadata:\n  name: app\ndata:\n  http.server: "8080"\n'],
    ['no ConfigMap', 'kind: Deployment\nmetadata:\n  name: coredns\n'],
  ])('leaves other YAML alone: %s', (_, text) => {
    expect(recogniseCoredns(text, 'x.yaml')).toBeUndefined();
  });

  test('costs no more than the length of a large file', () => {
    expectLinear(100_000, (count) => {
      const text = 'kind: ConfigMap\ndata:\n  a: b\n'.repeat(count);
      return () => expect(recogniseCoredns(text, 'x.yaml')).toBeUndefined();
    });
  });
});

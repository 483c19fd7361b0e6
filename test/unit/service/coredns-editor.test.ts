import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { corednsFolds, corednsOutline, type OutlineEntry } from '../../../src/service/coredns-outline.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import { defaultSettings } from '../../../src/service/settings.ts';

const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n';

/** A service and the document of a text in which `<|>` marks the cursor. */
function open(marked: string, name = 'dns.yaml', corednsVersion?: string) {
  const service = new LanguageService((rule, _uri, error) => {
    throw new Error(rule, { cause: error });
  });
  service.configure({ ...defaultSettings, corednsVersion });
  const offset = Math.max(0, marked.indexOf('<|>'));
  const document = { uri: `file:///${name}`, languageId: '', version: 1, text: marked.replace('<|>', '') };
  return { service, document, offset };
}

function complete(marked: string, name?: string, version?: string): readonly string[] {
  const { service, document, offset } = open(marked, name, version);
  return service.completions(document, offset).map(({ label }) => label);
}

function hover(marked: string, name?: string): string {
  const { service, document, offset } = open(marked, name);
  return service.hover(document, offset)?.markdown ?? '';
}

function format(text: string, name = 'dns.yaml', step = '    '): string {
  const { service, document } = open(text, name);
  const content = service.analyse(document)?.parsed.content;
  if (content?.kind !== 'coredns') throw new Error('not ours');
  return applyEdits(text, content.format(step, { start: 0, end: text.length }));
}

describe('completion', () => {
  test('offers an override what may stand there', () => {
    const offered = complete(`${head}  a.override: |\n    <|>\n`);
    expect(offered).toContain('log');
    expect(offered).toContain('hosts');
    for (const name of ['cache', 'errors', 'kubernetes', 'forward', 'reload']) expect(offered).not.toContain(name);
  });

  test('offers hosts once over all overrides', () => {
    const other = '  b.override: |\n    hosts {\n      10.0.0.1 a\n    }\n';
    expect(complete(`${head}  a.override: |\n    lo<|>\n${other}`)).not.toContain('hosts');
  });

  test('offers plugins in a server block, and none outside it', () => {
    const offered = complete(`${head}  a.server: |\n    a.example {\n      cache\n      fo<|>\n    }\n`);
    expect(offered).toContain('forward');
    expect(offered).not.toContain('cache');
    expect(complete(`${head}  a.server: |\n    <|>\n`)).toEqual([]);
  });

  test('goes by the version', () => {
    const text = `# aksnet-kubernetes-version: 1.33\n${head}  a.override: |\n    <|>\n`;
    expect(complete(text)).not.toContain('nomad');
    expect(complete(text.replace(/^.*\n/, ''), undefined, '1.13.1')).toContain('nomad');
  });

  test('offers the properties of the plugin around it', () => {
    const offered = complete(
      `${head}  a.server: |\n    a.example {\n      forward . 10.0.0.1 {\n        <|>\n      }\n    }\n`,
    );
    expect(offered).toContain('policy');
    expect(offered).not.toContain('log');
  });

  test('offers the words of an enumeration', () => {
    const text = `${head}  a.server: |\n    a.example {\n      forward . 10.0.0.1 {\n        policy <|>\n      }\n    }\n`;
    expect(complete(text)).toEqual(['random', 'round_robin', 'sequential']);
  });

  test('offers usual upstreams, snippets behind import, and works in a Corefile', () => {
    expect(complete('a.example {\n  forward . <|>\n}\n', 'Corefile')).toEqual(['168.63.129.16', '/etc/resolv.conf']);
    expect(complete('(common) {\n  errors\n}\na.example {\n  import <|>\n}\n', 'Corefile')).toEqual(['common']);
  });

  test.each([
    ['a key', `${head}  a.ov<|>erride: |\n    log\n`],
    ['metadata', `${head.replace('  namespace', '  <|>\n  namespace')}  a.override: |\n    log\n`],
    ['the line of the key', `${head}  a.override: <|>|\n    log\n`],
    ['the next key', `${head}  a.override: |\n    log\n  <|>\n`],
    ['another document', `${head}  a.override: |\n    log\n---\nspec:\n    <|>\n`],
    ['a comment', `${head}  a.override: |\n    # lo<|>\n`],
    ['a string', `${head}  a.override: |\n    log . "{<|>\n`],
    ['ordinary YAML', 'kind: Deployment\nspec:\n    <|>\n'],
  ])('offers nothing in %s', (_, text) => {
    expect(complete(text)).toEqual([]);
  });
});

describe('hover', () => {
  test('says what a plugin does, how it is written and when it runs', () => {
    const shown = hover(`${head}  a.server: |\n    a.example {\n      for<|>ward . 10.0.0.1\n    }\n`);
    expect(shown).toContain('**forward** · Sends queries to other DNS servers.');
    expect(shown).toContain('forward FROM TO...');
    expect(shown).toMatch(/Runs as number \d+ of \d+, after `loop`, before `grpc`/);
    expect(shown).toContain('https://coredns.io/plugins/forward/');
  });

  test('says of a plugin in an override what the default block makes of it', () => {
    expect(hover(`${head}  a.override: |\n    ca<|>che 10\n`)).toContain('refuses it in an override');
  });

  test('explains properties, zones, reverse zones, snippets and keys', () => {
    const block = (key: string): string => `${head}  a.server: |\n    ${key} {\n      errors\n    }\n`;
    expect(hover(`${head}  a.override: |\n    hosts {\n      fall<|>through\n    }\n`)).toContain(
      '**fallthrough** of **hosts**',
    );
    expect(hover(block('corp.ex<|>ample'))).toContain('`dns://corp.example.:53`');
    expect(hover(block('10.1.0.0/<|>22'))).toContain('`dns://0.1.10.in-addr.arpa.:53`');
    expect(hover(block('(com<|>mon)'))).toContain('a snippet');
    expect(hover(`${head}  a.ser<|>ver: |\n    a.example {\n    }\n`)).toContain('rollout restart deployment coredns');
    expect(hover('kind: Deployment\nspec:\n  hos<|>ts: 1\n')).toBe('');
  });
});

describe('outline and folds', () => {
  const text = `${head}  a.override: |\n    hosts {\n      10.0.0.1 a\n    }\n  b.server: |\n    b.example c.example {\n      log\n      forward . 10.0.0.1\n    }\n`;

  test('show keys, server blocks and plugins', () => {
    const { service, document } = open(text);
    const model = service.analyse(document)?.model;
    const render = (entries: readonly OutlineEntry[], indent: string): readonly string[] =>
      entries.flatMap((entry) => [`${indent}${entry.name} ${entry.kind}`, ...render(entry.children, `${indent}  `)]);
    expect(model && render(corednsOutline(model), '')).toEqual([
      'coredns-custom config-map',
      '  a.override key',
      '    hosts plugin',
      '  b.server key',
      '    b.example c.example server-block',
      '      log plugin',
      '      forward plugin',
    ]);
    expect(model && corednsFolds(model, text).map(({ startLine, endLine }) => `${startLine}-${endLine}`)).toEqual([
      '2-4',
      '5-14',
      '6-9',
      '7-8',
      '10-14',
      '11-13',
    ]);
  });
});

describe('formatting', () => {
  test('indents by braces, keeps comments and words, and leaves YAML alone', () => {
    const text = `${head}  # A remark.\n  b.server: |  \n    # about it\n    b.example   {\n    log   \n          # inside\n      forward . 10.0.0.1 {\n      policy random\n      }\n\n   \n    }\n  other:   "x"\n`;
    const done = `${head}  # A remark.\n  b.server: |  \n    # about it\n    b.example   {\n        log\n        # inside\n        forward . 10.0.0.1 {\n            policy random\n        }\n\n   \n    }\n  other:   "x"\n`;
    expect(format(text)).toBe(done);
    expect(format(done)).toBe(done);
  });

  test('keeps lines inside quotes, and text with braces that do not match', () => {
    const quoted = 'a.example {\n  log . "a\n   b  \n c"\n}\n';
    expect(format(quoted, 'Corefile')).toBe('a.example {\n    log . "a\n   b  \n c"\n}\n');
    expect(format('a.example {\n  log {\n}\n', 'Corefile')).toBe('a.example {\n  log {\n}\n');
    expect(format('a.example {\r\nlog\t\r\n}\r\n', 'Corefile', '\t')).toBe('a.example {\r\n\tlog\r\n}\r\n');
  });
});

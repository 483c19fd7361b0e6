import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { expectLinear } from '../../support/growth.ts';
import { configMap, corednsRules, findings, fixFirst, summary } from './judge.ts';

describe.each(corednsRules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test.each(rule.examples.map((example, index) => [index + 1, example] as const))(
    'is shown by its example %i',
    (_, example) => {
      const rules = summary(example.bad).map((line) => line.split(' ')[1]?.replace('!', ''));
      expect(new Set(rules)).toEqual(new Set([id.replace('coredns-', '')]));
      expect(summary(example.good)).toEqual([]);
    },
  );
});

describe('the ConfigMap of the seed', () => {
  const file = path.resolve(import.meta.dirname, '../../fixtures/projects/seed-configmap/coredns-custom.yaml');

  test('has every defect reported at its place in one pass', () => {
    expect(summary(readFileSync(file, 'utf8'))).toEqual([
      '3 !yaml-invalid name',
      '5 !missing-data nodes.override',
      '6 !unbalanced-braces {',
      '7 rewrite-regex ^(aks-[a-z]+-[0-9]+-vmss[0-9]{6})$',
      '9 override-root-forward forward',
      '9 !forward-no-upstream internal.cloudapp.net',
      '11 !unbalanced-braces {',
      '14 !forward-no-upstream .',
    ]);
  });

  test('is put right by its fixes one after the other', () => {
    let text = readFileSync(file, 'utf8');
    for (let round = 0; round < 8; round++) text = fixFirst(text);
    expect(summary(text)).toEqual([]);
    expect(text).toContain('metadata:\n  name: coredns-custom');
    expect(text).toContain('data:\n  nodes.override: |');
    // The zone of the forward has a server block already, so all that is left to do is to remove it.
    expect(text).toContain('{1}\n    }\n  nodes.server: |\n');
    expect(text).toContain('      forward . 168.63.129.16\n    }\n');
  });
});

describe('keys of block scalars', () => {
  test('are renamed by what the text holds', () => {
    expect(fixFirst(configMap('corp.conf: |', '  corp.example:53 {', '    errors', '  }'))).toContain(
      '  corp.server: |\n',
    );
    expect(fixFirst(configMap('log.overrides: |', '  log'))).toContain('  log.override: |\n');
    expect(fixFirst(configMap('Corefile: |', '  log', 'Corefile.override: |', '  debug'))).toContain(
      '  Corefile-2.override: |\n',
    );
  });

  test('are moved under data with their text', () => {
    const text =
      'kind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\na.server: |\n  a.example {\n    errors\n\n  }\n';
    const fixed = fixFirst(text);
    expect(fixed).toBe(
      text.replace(/a\.server[\s\S]*/, 'data:\n  a.server: |\n    a.example {\n      errors\n\n    }\n'),
    );
    expect(summary(fixed)).toEqual([]);
  });
});

describe('values that are no block scalar', () => {
  test('get a bar where their lines are indented alike', () => {
    const fixed = fixFirst(configMap('a.server:', '  a.example:53 {', '    errors', '  }'));
    expect(fixed).toBe(configMap('a.server: |', '  a.example:53 {', '    errors', '  }'));
  });

  test('get a bar with the indentation where the first line has more than the others', () => {
    const fixed = fixFirst(configMap('a.server: # mine', '    a.example:53 {', '    errors', '  }'));
    expect(fixed).toBe(configMap('a.server: |2 # mine', '    a.example:53 {', '    errors', '  }'));
    expect(summary(fixed)).toEqual([]);
  });

  test('are reported where they begin', () => {
    expect(summary(configMap('a.server: a.example:53 {', '    errors', '  }'))).toEqual([
      '7 !not-block-scalar a.example:53',
    ]);
    expect(summary(configMap("a.override: 'log", "  debug'"))).toEqual(['7 not-block-scalar log']);
  });
});

describe('braces', () => {
  test('that are missing or too many at the end of the last server key are warnings, before other keys errors', () => {
    const open = ['a.server: |', '  a.example {', '    log {', '    }'];
    const surplus = ['a.server: |', '  a.example {', '  }', '  }'];
    const bare = ['a.server: |', '  a.example', '  log'];
    const other = ['b.server: |', '  b.example {', '    log', '  }'];
    expect(summary(configMap(...open))).toEqual(['8 unbalanced-braces {']);
    expect(summary(configMap(...open, ...other))).toEqual(['8 !unbalanced-braces {']);
    expect(summary(configMap(...surplus))).toEqual(['10 unbalanced-braces }']);
    expect(summary(configMap(...surplus, ...other))).toEqual(['10 !unbalanced-braces }']);
    expect(summary(configMap(...bare))).toEqual([]);
    expect(summary(configMap(...bare, ...other))).toEqual(['8 !unbalanced-braces a.example']);
  });

  test('that split the block of AKS are warnings, since CoreDNS takes them', () => {
    expect(summary(configMap('a.override: |', '  }', '  x.test:53 {'))).toEqual(['8 override-ends-block }']);
  });

  test('that balance are never corrected by indentation', () => {
    expect(summary('.:53 {\nhosts {\nlog 10.0.0.1\n}\n}\n', 'corefile')).toEqual(['3 hosts-entry log']);
  });

  test('keep the later lines in judgement', () => {
    const text =
      '.:53 {\n    hosts {\n        10.0.0.1 a\n    forwrd . 10.0.0.1\n    forward .\n}\na.example {\n    bogusname\n}\n';
    expect(summary(text, 'corefile')).toEqual([
      '2 !unbalanced-braces {',
      '5 !forward-no-upstream .',
      '8 unknown-plugin bogusname',
    ]);
  });
});

describe('an error', () => {
  const elsewhere = (text: string): string => text.replace('namespace: kube-system', 'namespace: default');

  test.each([
    ['a key that is not imported', configMap('a.servers: |', '  a.example:53 {', '  }')],
    ['another namespace', elsewhere(configMap('a.override: |', '  log'))],
    ['keys of kube-dns', configMap('stubDomains: |', '  {"a.example": ["10.1.0.4"]}')],
    ['the ConfigMap of AKS', 'kind: ConfigMap\nmetadata:\n  name: coredns\ndata:\n  Corefile: |\n    .:53 {\n    }\n'],
    ['a query that comes back', configMap('a.server: |', '  a.example:53 {', '    forward . 127.0.0.1', '  }')],
  ])('is not said where everything is accepted and DNS starts: %s', (_, text) => {
    const [first, ...others] = summary(text);
    expect(first).toMatch(/^\d+ [a-z]/);
    expect(others).toEqual([]);
  });

  test.each([
    [
      'a field that no ConfigMap has',
      'kind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\na.override: |\n  log\n',
    ],
    ['a value that is no text', configMap('a.override:', '  log: {}')],
    ['a loop that ends CoreDNS', configMap('a.server: |', '  a.example:53 {', '    loop', '    forward . ::1', '  }')],
  ])('is said where Kubernetes refuses the file or CoreDNS does not start: %s', (_, text) => {
    expect(summary(text).join()).toMatch(/^\d+ ![a-z-]+ \S+$/);
  });
});

describe('versions', () => {
  test('decide which plugins exist', () => {
    const text = configMap('a.override: |', '  nomad');
    expect(summary(text)).toEqual([]);
    expect(summary(text, 'yaml', '1.13.1')).toEqual([]);
    expect(summary(text, 'yaml', 'v1.12.1-25')).toEqual(['8 !unknown-plugin nomad']);
  });
});

describe('hostile input', () => {
  const keys = (many: number, lines: (i: number) => readonly string[]): string =>
    configMap(...Array.from({ length: many }, (_, i) => lines(i)).flat());
  test.each([
    ['stray braces', (many: number) => '}\n'.repeat(many), 'corefile'],
    ['open braces', (many: number) => '{\n'.repeat(many), 'corefile'],
    ['open blocks', (many: number) => 'a.b {\n'.repeat(many), 'corefile'],
    ['imports', (many: number) => 'import a\n'.repeat(many), 'corefile'],
    [
      'snippets that import each other',
      (many: number) => `(s) {\nimport s\nimport s\n}\n${'import s\n'.repeat(many)}`,
      'corefile',
    ],
    [
      'unknown options',
      (many: number) => `.:53 {\nforward . 10.0.0.1 {\n${'expyre 5s\n'.repeat(many * 4)}}\n}\n`,
      'corefile',
    ],
    ['bad rewrites', (many: number) => `.:53 {\n${'rewrite name regex (a {1}\n'.repeat(many)}}\n`, 'corefile'],
    ['one endless word', (many: number) => '{$'.repeat(many * 20), 'corefile'],
    ['many keys', (many: number) => keys(many, (i) => [`k${i}.server: |`, `  a${i}.x:53 {`, '  }']), 'yaml'],
    ['many keys that AKS ignores', (many: number) => keys(many, (i) => [`k${i}.conf: "log a${i}.conf*"`]), 'yaml'],
    [
      'many keys that import all of them',
      (many: number) => keys(many, (i) => [`k${i}.override: |`, '  import *.override']),
      'yaml',
    ],
    [
      'many expressions on one line',
      (many: number) => configMap(`a.override: "log ${'{{ .Values.x }} '.repeat(many * 10)}"`),
      'yaml',
    ],
    [
      'many expressions that never end',
      (many: number) => configMap('a.override: |', `  ${'{{'.repeat(many * 10)}`),
      'yaml',
    ],
    [
      'address blocks of many zones',
      (many: number) => '10.0.0.0/1 1.0.0.0/1 2001:db8::/1 {\n}\n'.repeat(many / 10),
      'corefile',
    ],
    [
      'many keys without a bar in broken YAML',
      (many: number) => keys(many, (i) => [`k${i}.server:`, '  a: b: c {']),
      'yaml',
    ],
  ] as const)('costs no more than its length: %s', (_, make, kind) => {
    expectLinear(1600, (many) => {
      const text = make(many);
      return () => findings(text, kind);
    });
  });
});

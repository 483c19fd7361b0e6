import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lexCorefile } from '../../../src/coredns/corefile-lexer.ts';
import { readAsCoredns } from '../../../src/coredns/corefile-reader.ts';
import { judge } from './judge.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/coredns');
const isThere = existsSync(folder);

function cases<T>(name: string): readonly T[] {
  return (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { cases: readonly T[] }).cases;
}

describe.skipIf(!isThere)('the recorded verdicts of CoreDNS (skipped where the shared folder is absent)', () => {
  test('agree with our tokens and blocks', () => {
    const all = cases<{
      input: string;
      tokens: [number, string][];
      error: string;
      blocks: unknown;
      env: Record<string, string>;
    }>('lexer-cases.json');
    for (const { input, tokens: expected, error, blocks, env } of all) {
      const { tokens } = lexCorefile(input);
      expect({ input, tokens: tokens.map(({ line, text }) => [line, text]) }).toEqual({ input, tokens: expected });
      if (error !== '') continue;
      const read = readAsCoredns(tokens, env).blocks.map(({ keys, directives }) => ({
        keys,
        directives: Object.fromEntries(
          [...directives].map(([name, list]) => [name, list.map(({ token, text }) => [token.line, text])]),
        ),
      }));
      expect({ input, blocks: read }).toEqual({ input, blocks });
    }
  });

  test('know no error of ours where CoreDNS accepts the keys', () => {
    for (const { files, coredns } of cases<{ files: Record<string, string>; coredns: Record<string, string | null> }>(
      'custom-cases.json',
    )) {
      const lines = Object.entries(files).map(([key, text]) => `  ${key}: ${JSON.stringify(text)}\n`);
      const text = `kind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n${lines.join('')}`;
      if (coredns['1.14.3'] !== null) continue;
      const errors = judge(text).filter(({ severity }) => severity === 'error');
      expect({ files, errors }).toEqual({ files, errors: [] });
    }
  });

  test.each(['1.9.4', '1.11.3', '1.12.1', '1.13.1', '1.14.3'])(
    'know no error of ours where CoreDNS %s accepts what its own tests set up',
    (version) => {
      for (const { input, coredns } of cases<{ input: string; coredns: Record<string, string | null> }>(
        'setup-cases.json',
      )) {
        if (coredns[version] !== null) continue;
        const errors = judge(`.:53 {\n${input}\n}`, 'corefile', version).filter(({ severity }) => severity === 'error');
        expect({ input, errors }).toEqual({ input, errors: [] });
      }
    },
  );
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bundles, measure, sizeLimit } from '../../src/tools/bundles.mjs';

const shipped = await Promise.all(
  bundles.filter(({ isTest }) => isTest !== true).map(async (bundle) => ({ bundle, ...(await measure(bundle)) })),
);

/** What a bundle is made of, without the files that add nothing to it. */
function sourcesOf(name: string): string[] {
  const { inputs = {} } = shipped.find(({ bundle }) => bundle.name === name) ?? {};
  return Object.entries(inputs).flatMap(([file, bytes]) => (bytes > 0 ? [file] : []));
}

describe('the bundles', () => {
  test.each(shipped)('$bundle.name is within its limit', ({ bundle, bytes }) => {
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(bundle.limit ?? sizeLimit);
  });

  test.each(['extension', 'web'])('%s loads nothing of the engine when it is activated', (name) => {
    const allowed = /^src\/(?:vscode\/|base\/|service\/(?:document|module-cache|halves)\.ts$)/;
    expect(sourcesOf(name).filter((file) => !allowed.test(file))).toEqual([]);
    expect(shipped.find(({ bundle }) => bundle.name === name)?.bytes).toBeLessThan(40 * 1024);
  });

  test('read templates without CoreDNS, and CoreDNS without templates', () => {
    expect(sourcesOf('templates').filter((file) => /^src\/coredns\/|\/yaml\//.test(file))).toEqual([]);
    expect(sourcesOf('coredns').filter((file) => /^src\/(?:bicep\/|template\/(?!template\.ts$))/.test(file))).toEqual(
      [],
    );
  });

  test('have every part that the extension asks for, and nothing else', () => {
    const parts = readFileSync('src/vscode/parts.ts', 'utf8');
    const named = [
      'templates',
      'coredns',
      ...Array.from(parts.matchAll(/^ {2}readonly (\w+): typeof/gm), ([, name]) => name),
    ];
    const modules = bundles.flatMap(({ output }) => /^dist\/(\w+)\.mjs$/.exec(output)?.[1] ?? []);
    expect(modules.sort()).toEqual(named.sort());
    expect(bundles.filter(({ entry }) => !existsSync(entry))).toEqual([]);
  });
});

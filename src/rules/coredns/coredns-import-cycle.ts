import { componentsOf } from '../../model/components.ts';
import { corefileSets, importMatcher } from '../../model/corefile-set.ts';
import type { Corefile, Plugin, Word } from '../../model/dns.ts';
import { compareVersions, newestAksCoredns } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsImportCycle = defineRule({
  id: 'coredns-import-cycle',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'An import leads back to the text that it stands in.',
  condition:
    'Reports an import of a key, by its name or by a pattern, from that key itself or through other keys, and a snippet that imports itself. What CoreDNS does depends on its version: it gives up, or before 1.13 hangs.',
  why: 'CoreDNS never gets to the end of the text. Up to 1.12 it hangs without a message, later it refuses the whole Corefile.',
  serviceError: 'maximum file import depth (10000) exceeded',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  log.override: |
    log
    import *.override
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  log.override: |
    log
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    cycle: (d: { key: string; version: string; hangs: boolean }) =>
      `This line stands in "${d.key}" and imports it again, without end. CoreDNS ${d.version} ${d.hangs ? 'hangs' : 'refuses it'}; remove the line.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    const hangs = compareVersions(version, '1.13.0') < 0;
    for (const set of corefileSets(model)) {
      const parts = [...set.overrides, ...set.servers].flatMap(({ corefile, entry }) =>
        entry === undefined ? [] : [{ key: entry.key.text, imports: importsOf(corefile) }],
      );
      if (parts.every(({ imports }) => imports.length === 0)) continue;
      const matching = importMatcher(parts.map(({ key }) => key));
      const imported = new Map(parts.map(({ key, imports }) => [key, imports.map(({ text }) => text)]));
      // Keys and patterns take turns: a key leads to the patterns that it imports, a pattern to the keys that it matches.
      const components = componentsOf(
        parts.map(({ key }) => `key ${key}`),
        (node) =>
          node.startsWith('key ')
            ? (imported.get(node.slice(4)) ?? []).map((pattern) => `pattern ${pattern}`)
            : matching(node.slice(8)).map((key) => `key ${key}`),
      );
      for (const { key, imports } of parts) {
        for (const word of imports) {
          if (components.get(`key ${key}`) !== components.get(`pattern ${word.text}`)) continue;
          report({ at: word.location, message: 'cycle', data: { key, version, hangs } });
        }
      }
    }
  },
});

/** The arguments of the imports that name files. */
function importsOf({ plugins, serverBlocks }: Corefile): readonly Word[] {
  const lines: readonly Plugin[] = [...plugins, ...serverBlocks.flatMap((block) => block.plugins)];
  return lines.flatMap(({ name, args }) => (name.text === 'import' && args[0] !== undefined ? [args[0]] : []));
}

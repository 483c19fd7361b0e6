import { corefileSets, matchesImport } from '../../model/corefile-set.ts';
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
  azureError: 'maximum file import depth (10000) exceeded',
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
      // Keys of one ConfigMap are files of one folder; the Corefile of AKS stands in the folder above.
      const targets = new Map(
        parts.map(({ key, imports }) => [
          key,
          imports.map((word) => ({
            word,
            keys: parts.filter((other) => matchesImport(word.text, other.key)).map((other) => other.key),
          })),
        ]),
      );
      for (const { key } of parts) {
        for (const { word, keys } of targets.get(key) ?? []) {
          if (!keys.some((next) => leadsTo(next, key, targets))) continue;
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

type Targets = ReadonlyMap<string, readonly { readonly keys: readonly string[] }[]>;

function leadsTo(from: string, to: string, targets: Targets): boolean {
  const seen = new Set([from]);
  for (const key of seen) {
    if (key === to) return true;
    for (const { keys } of targets.get(key) ?? []) for (const next of keys) seen.add(next);
  }
  return false;
}

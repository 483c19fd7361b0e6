import type { Change, Fix } from '../../model/change.ts';
import type { ConfigMap, ConfigMapEntry } from '../../model/dns.ts';
import { defineRule } from '../rule.ts';

export const corednsMissingData = defineRule({
  id: 'coredns-missing-data',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'Corefile text of a ConfigMap does not stand under "data".',
  condition:
    'Reports keys that end in .override or .server, or are named Corefile, beside or under "metadata" instead of under "data". A coredns-custom ConfigMap without any key is reported as information.',
  why: 'A ConfigMap has no such fields: kubectl refuses the file, and where validation is off, Kubernetes drops the keys and CoreDNS never sees the text.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
log.override: |
  log
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
    outside: (d: { key: string; others: number }) =>
      `"${d.key}"${d.others === 0 ? ' stands' : ` and ${d.others} more ${d.others === 1 ? 'key' : 'keys'} stand`} outside "data", where Kubernetes does not keep ${d.others === 0 ? 'it' : 'them'}. Put ${d.others === 0 ? 'it' : 'them'} under "data:".`,
    empty: (d: { name: string }) =>
      `${d.name} has no keys, so it changes nothing. Add a key that ends in .server or .override under "data:".`,
  },

  check(model, report) {
    for (const configMap of model.configMaps) {
      const { entries, name, data, problems } = configMap;
      // What a broken document holds is not known; one that was repaired is.
      if (problems.some(({ kind }) => kind === 'yaml' || kind === 'too-large')) continue;
      const misplaced = entries.filter((entry) => entry.parent !== 'data');
      const [first, ...others] = misplaced;
      if (first !== undefined) {
        const fix = wrapInData(configMap, misplaced);
        report({
          at: first.key.location,
          message: 'outside',
          data: { key: first.key.text, others: others.length },
          related: others.map((entry) => ({ at: entry.key.location, text: 'This key stands outside "data" as well.' })),
          ...(fix !== undefined && { fixes: [fix] }),
        });
      } else if (entries.length === 0 && name?.text === 'coredns-custom' && !configMap.isTemplated) {
        report({
          at: data ?? name.location,
          message: 'empty',
          data: { name: name.text },
          severity: 'information',
        });
      }
    }
  },
});

/** Puts `data:` before the first key, and the keys under it. There is no way where the document has `data` already. */
function wrapInData({ data, header }: ConfigMap, misplaced: readonly ConfigMapEntry[]): Fix | undefined {
  const [first] = misplaced;
  if (first === undefined || data !== undefined) return undefined;
  if (misplaced.some((entry) => entry.parent !== first.parent)) return undefined;
  const insert: Change = {
    kind: 'insert-lines',
    at: first.key.location,
    where: 'before',
    like: header,
    lines: ['data:'],
  };
  // Keys that are indented under metadata already stand where keys of data belong.
  const indents: Change[] =
    first.parent === 'metadata'
      ? []
      : misplaced.map((entry) => ({ kind: 'indent-lines', target: entry.location, levels: 1 }));
  return { title: 'Insert "data:"', applicability: 'unsafe', changes: [insert, ...indents] };
}

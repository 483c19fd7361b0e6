import type { ConfigMap, Corefile, ServerBlock } from '../../model/dns.ts';
import { mayBeReplaced, pluginFacts, wordsOf } from '../../model/dns-queries.ts';
import { formatZoneAddress, zoneAddresses } from '../../model/zone-address.ts';
import { defineRule } from '../rule.ts';

export const corednsKeySuffix = defineRule({
  id: 'coredns-key-suffix',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A key of coredns-custom ends in neither .server nor .override.',
  condition:
    'Reports a key of coredns-custom that holds Corefile text, or whose suffix is nearly right, and that AKS does not import; any other such key is reported as information. A key that another key names, such as a zone file, is left alone.',
  why: 'The Corefile of AKS imports custom/*.override and custom/*.server and nothing else; the comparison is case-sensitive. Any other key is kept and silently ignored: nothing is refused and DNS starts, but without what the key was meant to do, hence a warning.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.conf: |
    corp.example:53 {
        forward . 10.1.0.4
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    ignored: (d: { key: string; suggestion: string }) =>
      `AKS ignores the key "${d.key}": it imports keys that end in .server or .override. Rename it to "${d.suggestion}".`,
    root: (d: { key: string }) =>
      `AKS ignores the key "${d.key}": it imports keys that end in .server or .override. Its block for all names cannot stand beside that of AKS; put the plugins into a .override key, and zones of your own into a .server key.`,
    unused: (d: { key: string }) =>
      `AKS does not import the key "${d.key}", and no other key names it. Remove it, or end it in .server or .override.`,
  },

  check(model, report) {
    for (const configMap of model.configMaps) {
      if (configMap.name?.text !== 'coredns-custom') continue;
      if (configMap.entries.every(({ role }) => role !== 'ignored')) continue;
      const files = filesNamedIn(configMap);
      const patterns = patternsAmong(files);
      const keys = new Set(configMap.entries.map(({ key }) => key.text));
      for (const { key, role, corefile, style, kubeDns } of configMap.entries) {
        if (role !== 'ignored' || kubeDns !== undefined || mayBeReplaced(key.text)) continue;
        if (style === 'file' && isNearMiss(key.text)) {
          // The name of a file is not ours to change.
          report({ at: key.location, message: 'ignored', data: { key: key.text, suggestion: withSuffix(key.text) } });
        }
        if (corefile === undefined) continue;
        if (isEmpty(corefile) || files.has(key.text) || patterns.some((pattern) => matches(pattern, key.text)))
          continue;
        if (!isNearMiss(key.text) && !readsAsCorefile(corefile)) {
          report({ at: key.location, message: 'unused', data: { key: key.text }, severity: 'information' });
          continue;
        }
        if (corefile.serverBlocks.some(servesRoot)) {
          report({ at: key.location, message: 'root', data: { key: key.text } });
          continue;
        }
        const suggestion = suggestKey(keys, key.text, corefile);
        report({
          at: key.location,
          message: 'ignored',
          data: { key: key.text, suggestion },
          fixes: [
            {
              title: `Rename the key to ${suggestion}`,
              applicability: 'unsafe',
              changes: [{ kind: 'replace-text', target: key.location, to: suggestion }],
            },
          ],
        });
      }
    }
  },
});

/** The last part of every path that a Corefile of the ConfigMap may name. */
function filesNamedIn({ entries }: ConfigMap): ReadonlySet<string> {
  const files = new Set<string>();
  for (const { corefile } of entries) {
    if (corefile === undefined) continue;
    for (const { text } of wordsOf(corefile)) files.add(text.slice(text.lastIndexOf('/') + 1));
  }
  return files;
}

/** The patterns among them. No real Corefile has more than a few, and each is compared with each key. */
function patternsAmong(files: ReadonlySet<string>): readonly string[] {
  return [...files].filter((file) => /^[^*?]*[*?][^*?]*$/.test(file) && file !== '*').slice(0, 20);
}

/** Whether an import pattern such as `*.conf` matches the key. It has a single wildcard. */
function matches(pattern: string, key: string): boolean {
  const [before = '', after = ''] = pattern.split(/[*?]/);
  const rest = key.length - before.length - after.length;
  if (pattern.includes('?') ? rest !== 1 : rest < 0) return false;
  return key.startsWith(before) && key.endsWith(after);
}

function isNearMiss(key: string): boolean {
  return (
    /[.\-_](?:servers?|overrides?|over-?rid?e|servr|sever)(?:\.\w+)?$/i.test(key) || /^\.(?:server|override)$/.test(key)
  );
}

/** Whether it is a block for all names, which CoreDNS would refuse beside the default block. */
function servesRoot({ keys }: ServerBlock): boolean {
  return keys.some((key) => zoneAddresses(key).some((address) => formatZoneAddress(address) === 'dns://.:53'));
}

function isEmpty({ plugins, serverBlocks }: Corefile): boolean {
  return plugins.length === 0 && serverBlocks.length === 0;
}

/** Whether every directive is a plugin, so that the text can hardly be anything else. */
function readsAsCorefile({ plugins, serverBlocks }: Corefile): boolean {
  const directives = [...plugins, ...serverBlocks.flatMap((block) => block.plugins)];
  return directives.length > 0 && directives.every(({ name }) => pluginFacts(name.text) !== undefined);
}

/** The key with the suffix that it comes near to. */
function withSuffix(key: string): string {
  const stem = key.replace(/[.\-_](?:\w*serv\w*|\w*over\w*)(?:\.\w+)?$/i, '') || 'custom';
  return stem + (/over/i.test(key.slice(stem.length)) ? '.override' : '.server');
}

/** The key with the suffix that its content calls for, and a number where that key exists. */
function suggestKey(keys: ReadonlySet<string>, key: string, { serverBlocks }: Corefile): string {
  const suffix = serverBlocks.length > 0 ? '.server' : '.override';
  const stem = key.replace(/[.\-_](?:conf|cfg|txt|corefile|\w*serv\w*|\w*overr?id\w*)(?:\.\w+)?$/i, '') || 'custom';
  let suggestion = stem + suffix;
  for (let number = 2; keys.has(suggestion); number++) suggestion = `${stem}-${number}${suffix}`;
  return suggestion;
}

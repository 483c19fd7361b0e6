import type { Fix } from '../../model/change.ts';
import { type CorefilePart, corefileSets, keyWithSuffix } from '../../model/corefile-set.ts';
import type { ServerBlock } from '../../model/dns.ts';
import { isAvailable, mayBeReplaced, newestAksCoredns, pluginFacts } from '../../model/dns-queries.ts';
import { zoneConflicts } from '../../model/zone-conflicts.ts';
import { defineRule } from '../rule.ts';

export const corednsServerBareDirectives = defineRule({
  id: 'coredns-server-bare-directives',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A .server key holds plugins outside a server block.',
  condition:
    'Reports a line of a .server key that begins with a plugin where the zone of a server block belongs. An error where CoreDNS refuses what it makes of it, a warning where it serves a zone that is called like the plugin.',
  why: 'The text of a .server key stands beside the default block, where only server blocks may stand. CoreDNS takes the first word of a line there for a zone.',
  serviceError: 'Unknown directive',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    forward . 10.1.0.4
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
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://github.com/Azure/AKS/issues/910'],
  messages: {
    bare: (d: { plugin: string; key: string }) =>
      `"${d.plugin}" stands outside a server block, so CoreDNS takes it for a zone. Put it inside a block such as "corp.example:53 {"${d.key === '' ? '' : `, or into a key such as "${d.key}"`}.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    for (const set of corefileSets(model)) {
      if (!set.isAks) continue;
      const refused = new Set(zoneConflicts(set, version).map(({ block }) => block.block));
      const keys = set.configMap?.entries.map((entry) => entry.key.text) ?? [];
      for (const part of set.servers) {
        for (const block of part.corefile.serverBlocks) {
          const [first] = block.keys;
          if (first === undefined || pluginFacts(first.text) === undefined) continue;
          const unknown = block.plugins.find(({ name }) => {
            const facts = pluginFacts(name.text);
            return (
              !mayBeReplaced(name) && name.text !== 'import' && (facts === undefined || !isAvailable(facts, version))
            );
          })?.name;
          const hasUnknown = unknown !== undefined;
          // A zone may be called like a plugin: with a block of known plugins it is meant to be one.
          if (!block.isBraceless && block.keys.length === 1 && !hasUnknown) continue;
          const to = part.entry === undefined ? '' : keyWithSuffix(part.entry.key.text, '.override', keys);
          const fix = moveFix(part, block, to);
          report({
            at: first.location,
            message: 'bare',
            data: { plugin: first.text, key: defaults.has(first.text) ? '' : to },
            severity: hasUnknown || refused.has(block) ? 'error' : 'warning',
            related: hasUnknown
              ? [{ at: unknown.location, text: `CoreDNS says: Unknown directive '${unknown.text}'` }]
              : [],
            fixes: fix === undefined ? [] : [fix],
          });
        }
      }
    }
  },
});

/** What AKS has in its default block; a second one there would be refused or have no effect. */
const defaults = new Set([
  'errors',
  'health',
  'ready',
  'kubernetes',
  'prometheus',
  'forward',
  'cache',
  'loop',
  'reload',
]);

function moveFix({ entry, corefile }: CorefilePart, block: ServerBlock, to: string): Fix | undefined {
  if (entry === undefined || corefile.braceProblems.length > 0) return undefined;
  const names = [block.keys[0]?.text ?? '', ...(block.isBraceless ? block.plugins.map(({ name }) => name.text) : [])];
  if (names.some((name) => defaults.has(name) || pluginFacts(name) === undefined)) return undefined;
  if (corefile.serverBlocks.length === 1) {
    return {
      title: `Rename the key to ${to}`,
      applicability: 'unsafe',
      changes: [{ kind: 'replace-text', target: entry.key.location, to }],
    };
  }
  return {
    title: `Move the lines to ${to}`,
    applicability: 'unsafe',
    changes: [{ kind: 'move-to-key', entry: entry.location, target: block.location, content: block.location, key: to }],
  };
}

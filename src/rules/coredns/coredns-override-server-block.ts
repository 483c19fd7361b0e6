import type { Fix } from '../../model/change.ts';
import { corefileSets, keyWithSuffix } from '../../model/corefile-set.ts';
import type { ConfigMapEntry, ServerBlock } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsOverrideServerBlock = defineRule({
  id: 'coredns-override-server-block',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A key that ends in .override holds a server block.',
  condition:
    'Reports each server block in a .override key: a line whose first word has a port, a scheme or dots, or is no plugin, and which opens a block.',
  why: 'AKS pastes the text of a .override key inside its own ".:53" block, where only plugins may stand. CoreDNS takes the zone for a plugin, and the whole Corefile fails.',
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
  corp.override: |
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
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/coredns/coredns/blob/master/core/dnsserver/register.go',
  ],
  messages: {
    block: (d: { zone: string; key: string; suggestion: string }) =>
      `"${d.zone}" opens a server block, but AKS pastes ${d.key === '' ? 'this text' : `"${d.key}"`} inside its own. Move the block to a key such as "${d.suggestion}".`,
  },

  check(model, report) {
    for (const { overrides, configMap } of corefileSets(model)) {
      const keys = configMap?.entries.map((entry) => entry.key.text) ?? [];
      for (const { corefile, entry } of overrides) {
        // A stray "}" before it ends the block of AKS, and then a server block may stand here.
        const splits = corefile.braceProblems.find((problem) => problem.kind === 'unopened' && !problem.isRefused);
        for (const block of corefile.serverBlocks) {
          const [zone] = block.keys;
          if (zone === undefined || mayBeReplaced(zone)) continue;
          if (splits !== undefined && splits.location.span.start < block.location.span.start) continue;
          const suggestion = keyWithSuffix(entry?.key.text ?? 'corp', '.server', keys);
          const fix = entry && moveFix(entry, block, suggestion);
          report({
            at: zone.location,
            message: 'block',
            data: { zone: zone.text, key: entry?.key.text ?? '', suggestion },
            fixes: fix === undefined ? [] : [fix],
          });
        }
      }
    }
  },
});

/** Renaming the key moves everything in it; where there is more than server blocks, the block moves alone. */
function moveFix({ corefile, key, location }: ConfigMapEntry, block: ServerBlock, suggestion: string): Fix | undefined {
  if (corefile === undefined) return undefined;
  if (corefile.plugins.length === 0) {
    return {
      title: `Rename the key to ${suggestion}`,
      applicability: 'unsafe',
      changes: [{ kind: 'replace-text', target: key.location, to: suggestion }],
    };
  }
  if (corefile.braceProblems.length > 0) return undefined;
  return {
    title: `Move the block to ${suggestion}`,
    applicability: 'unsafe',
    changes: [
      { kind: 'move-to-key', entry: location, target: block.location, content: block.location, key: suggestion },
    ],
  };
}

import type { Fix } from '../../model/change.ts';
import type { ConfigMap, ConfigMapEntry } from '../../model/dns.ts';
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
  azureError: 'Unknown directive',
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
      `"${d.zone}" opens a server block, but AKS pastes "${d.key}" inside its own. Move the block to a key such as "${d.suggestion}".`,
  },

  check(model, report) {
    for (const configMap of model.configMaps) {
      for (const entry of configMap.entries) {
        const { corefile, role, key } = entry;
        if (role !== 'override' || corefile === undefined) continue;
        // A stray "}" before it ends the block of AKS, and then a server block may stand here.
        const splits = corefile.braceProblems.find((problem) => problem.kind === 'unopened' && !problem.isRefused);
        for (const block of corefile.serverBlocks) {
          const [zone] = block.keys;
          if (zone === undefined || mayBeReplaced(zone)) continue;
          if (splits !== undefined && splits.location.span.start < block.location.span.start) continue;
          const suggestion = serverKey(configMap, key.text);
          const fix = renameFix(entry, suggestion);
          report({
            at: zone.location,
            message: 'block',
            data: { zone: zone.text, key: key.text, suggestion },
            fixes: fix === undefined ? [] : [fix],
          });
        }
      }
    }
  },
});

/** Renaming the key moves everything in it, so it helps only where nothing but server blocks stands there. */
function renameFix({ corefile, key }: ConfigMapEntry, suggestion: string): Fix | undefined {
  if (corefile === undefined || corefile.plugins.length > 0) return undefined;
  return {
    title: `Rename the key to ${suggestion}`,
    applicability: 'unsafe',
    changes: [{ kind: 'replace-text', target: key.location, to: suggestion }],
  };
}

function serverKey({ entries }: ConfigMap, key: string): string {
  const stem = key.replace(/\.override$/, '');
  let suggestion = `${stem}.server`;
  for (let number = 2; entries.some((entry) => entry.key.text === suggestion); number++) {
    suggestion = `${stem}-${number}.server`;
  }
  return suggestion;
}

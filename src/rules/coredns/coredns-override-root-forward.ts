import type { Fix } from '../../model/change.ts';
import { endsDefaultBlock, keyWithSuffix } from '../../model/corefile-set.ts';
import type { ConfigMap, ConfigMapEntry, Corefile, Plugin } from '../../model/dns.ts';
import { compareVersions, mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsOverrideRootForward = defineRule({
  id: 'coredns-override-root-forward',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward in a .override key never gets a query.',
  condition:
    'Reports every forward in a .override key. A warning, because CoreDNS takes it since 1.9.4; an error where the stated CoreDNS version is older and refuses it.',
  why: 'The default block of AKS has "forward . /etc/resolv.conf" before the place where overrides are pasted. Forwards are tried in written order, and that one takes every name. The upstream for all names follows from the DNS servers of the virtual network.',
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
    forward corp.example 10.1.0.4
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        errors
        cache 30
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/Azure/AKS/issues/2623',
    'https://github.com/Azure/AKS/issues/3786',
    'https://github.com/coredns/coredns/issues/7069',
  ],
  messages: {
    unused: (d: { zone: string }) =>
      `The default block of AKS forwards every name before this line is asked, so it has no effect. ${d.zone === '.' ? 'Set the DNS servers of the virtual network instead.' : `Give ${d.zone} a server block in a .server key.`}`,
    refused: (d: { version: string }) =>
      `The default block of AKS has a forward already, and CoreDNS ${d.version} takes one per server block. Use a server block in a .server key.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion;
    const isRefused = version !== undefined && compareVersions(version, '1.9.4') < 0;
    for (const configMap of model.configMaps) {
      for (const entry of configMap.entries) {
        if (entry.corefile !== undefined) judge(entry.corefile, configMap, entry);
      }
    }
    for (const corefile of model.corefiles) judge(corefile, undefined, undefined);

    function judge(corefile: Corefile, configMap: ConfigMap | undefined, entry: ConfigMapEntry | undefined): void {
      if (corefile.role !== 'override' || endsDefaultBlock(corefile)) return;
      for (const plugin of corefile.plugins) {
        if (plugin.name.text !== 'forward') continue;
        const fix = configMap && entry && fixOf(plugin, configMap, entry);
        const zone = plugin.args[0]?.text ?? '.';
        report({
          at: plugin.name.location,
          ...(isRefused
            ? { message: 'refused', data: { version }, severity: 'error' }
            : { message: 'unused', data: { zone } }),
          fixes: fix === undefined ? [] : [fix],
        });
      }
    }
  },
});

function fixOf(plugin: Plugin, configMap: ConfigMap, entry: ConfigMapEntry): Fix | undefined {
  const [zone, upstream] = plugin.args;
  if (zone === undefined || zone.text === '.') return removal(plugin);
  const { uri, span } = plugin.location;
  if (upstream === undefined || mayBeReplaced(zone) || entry.corefile?.braceProblems.length !== 0) return undefined;
  const keys = configMap.entries.map(({ key }) => key.text);
  const name = zone.text.replace(/\.$/, '');
  const stem = /^[\w.-]+$/.test(name) ? name : 'zone';
  const key = keyWithSuffix(stem, '.server', keys);
  const isTaken = configMap.entries.some(({ corefile }) =>
    corefile?.serverBlocks.some((block) => block.keys.some(({ text }) => text.split(':')[0] === name)),
  );
  if (isTaken) return removal(plugin);
  return {
    title: `Move it to a server block in ${key}`,
    applicability: 'unsafe',
    changes: [
      {
        kind: 'move-to-key',
        entry: entry.location,
        target: plugin.location,
        content: { uri, span: { start: upstream.location.span.start, end: span.end } },
        key,
        before: [`${name}:53 {`, '    errors', '    cache 30'],
        prefix: '    forward . ',
        after: ['}'],
      },
    ],
  };
}

function removal({ location }: Plugin): Fix {
  return {
    title: 'Remove the forward',
    applicability: 'unsafe',
    changes: [{ kind: 'remove-text', target: location }],
  };
}

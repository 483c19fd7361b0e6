import type { Change, Fix } from '../../model/change.ts';
import { type CorefileSet, corefileSets, expandedBlocks, pluginLines } from '../../model/corefile-set.ts';
import type { ServerBlock, Word } from '../../model/dns.ts';
import { newestAksCoredns, pluginFacts } from '../../model/dns-queries.ts';
import { formatZoneAddress, isInZone, zoneAddresses } from '../../model/zone-address.ts';
import { zoneConflicts } from '../../model/zone-conflicts.ts';
import { defineRule } from '../rule.ts';

export const corednsDuplicateZone = defineRule({
  id: 'coredns-duplicate-zone',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'Two server blocks serve the same zone at the same port.',
  condition:
    'Reports the second server block of a zone over all keys of the ConfigMap, in the order in which CoreDNS reads them. A zone without a port has that of its transport, address blocks are compared by their reverse zones, and listeners by "bind". Whether a block with "view" may stand beside another depends on the CoreDNS version. As a warning: zones that differ only in upper and lower case, and a server block that takes the names of the cluster away from the default block.',
  why: 'CoreDNS serves every zone once per port. It refuses the whole Corefile and names neither the key nor the line.',
  serviceError: 'it is already defined',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  a.server: |
    corp.example:53 {
        forward . 10.1.0.4
    }
  b.server: |
    corp.example {
        forward . 10.1.0.5
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  a.server: |
    corp.example:53 {
        forward . 10.1.0.4 10.1.0.5
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/coredns/coredns/blob/master/core/dnsserver/register.go',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    same: (d: { address: string }) =>
      `Another server block serves ${d.address} already. Put the plugins of both into one block.`,
    sameInBlock: (d: { address: string }) => `The keys of this block name ${d.address} twice. Remove one.`,
    view: (d: { address: string; version: string }) =>
      `Another server block serves ${d.address} already, and CoreDNS ${d.version} takes a "view" only before it. Put this block first, or remove it.`,
    listener: (d: { address: string }) =>
      `Another server block serves ${d.address} at all addresses, so "bind" in one of them changes nothing. Bind both, or none.`,
    letters: (d: { address: string }) =>
      `Another server block serves ${d.address} in other letters. DNS does not tell them apart, so only one of the two answers; put their plugins into one block.`,
    shadows: (d: { zone: string }) =>
      `This block takes "${d.zone}" from the default block of AKS, where the kubernetes plugin answers for the services of the cluster. Serve a narrower zone.`,
  },

  check(model, report, settings) {
    for (const set of corefileSets(model)) {
      for (const { kind, key, block, address, earlier, hasView } of zoneConflicts(set, settings.corednsVersion)) {
        // What collides with the block of AKS has a rule of its own.
        if (earlier === undefined) continue;
        const data = { address: formatZoneAddress(address), version: settings.corednsVersion ?? newestAksCoredns };
        const message =
          kind === 'case'
            ? 'letters'
            : kind === 'listener'
              ? 'listener'
              : block.block.keys.includes(earlier)
                ? 'sameInBlock'
                : hasView
                  ? 'view'
                  : 'same';
        report({
          at: key.location,
          message,
          data,
          severity: kind === 'case' ? 'warning' : 'error',
          related: [{ at: earlier.location, text: 'The zone is served here already.' }],
          fixes: () => (kind === 'same' && !hasView ? fixesFor(set, block.block, key, earlier) : []),
        });
      }
      if (set.isAks)
        reportShadows(set, (word, zone) => {
          report({ at: word.location, message: 'shadows', data: { zone }, severity: 'warning' });
        });
    }
  },
});

/** Takes the key away where it stands twice, or puts the plugins of a block with one key into the earlier block. */
function fixesFor(set: CorefileSet, block: ServerBlock, key: Word, earlier: Word): readonly Fix[] {
  if (block.keys.includes(earlier)) {
    const changes = [{ kind: 'remove-text', target: key.location }] as const;
    return [{ title: `Remove "${key.text}"`, applicability: 'unsafe', changes }];
  }
  const blocks = set.servers.flatMap(({ corefile }) =>
    corefile.braceProblems.length > 0 ? [] : corefile.serverBlocks,
  );
  const first = blocks.find(({ keys }) => keys.includes(earlier));
  const last = first?.plugins.at(-1);
  if (last === undefined || first === undefined || !blocks.includes(block)) return [];
  if (first.keys.length !== 1 || block.keys.length !== 1 || block.isBraceless || first.isBraceless) return [];
  // An address block stands for several zones, and the plugins of one are not meant for the others.
  if (zoneAddresses(key).length !== 1 || zoneAddresses(earlier).length !== 1) return [];
  // What an import brings may stand in the other block as well.
  if ([...first.plugins, ...block.plugins].some(({ name }) => name.text === 'import')) return [];
  const has = new Set(first.plugins.map(({ name }) => name.text));
  const moved = block.plugins.filter(
    ({ name }) => !(has.has(name.text) && pluginFacts(name.text)?.isOnceOnly === true),
  );
  const lines = moved.flatMap(pluginLines);
  const removal: Change = { kind: 'remove-text', target: block.location };
  const insertion: Change = {
    kind: 'insert-lines',
    at: last.location,
    where: 'after',
    like: last.name.location,
    lines,
  };
  return [
    {
      title: 'Put its plugins into the first block',
      applicability: 'unsafe',
      changes: lines.length === 0 ? [removal] : [insertion, removal],
    },
  ];
}

/** The zone of a cluster's services; AKS sets no other. */
const clusterZone = 'cluster.local.';

/** Below it only these have names; `my.cluster.local` is free, and Microsoft's own sample forwards it. */
const namedZones = [`svc.${clusterZone}`, `pod.${clusterZone}`];

/** A server block for the cluster's own zone, or for a zone around it, is asked instead of the default block. */
function reportShadows(set: CorefileSet, report: (key: Word, zone: string) => void): void {
  for (const { block, plugins, isComplete } of expandedBlocks(set)) {
    if (!isComplete || plugins.some(({ plugin }) => plugin.name.text === 'kubernetes')) continue;
    for (const key of block.keys) {
      const [address] = zoneAddresses(key);
      if (address === undefined || address.transport !== 'dns' || address.port !== 53 || address.zone === '.') continue;
      if (isInZone(clusterZone, address.zone)) report(key, clusterZone.slice(0, -1));
      else if (namedZones.some((zone) => isInZone(address.zone, zone))) report(key, address.zone.slice(0, -1));
    }
  }
}

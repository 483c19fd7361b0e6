import { invariant } from '../../base/assert.ts';
import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { corefileSets, keyWithSuffix } from '../../model/corefile-set.ts';
import type { Plugin } from '../../model/dns.ts';
import { newestAksCoredns, pluginFacts } from '../../model/dns-queries.ts';
import { formatZoneAddress } from '../../model/zone-address.ts';
import { type ZoneConflict, zoneConflicts } from '../../model/zone-conflicts.ts';
import { defineRule } from '../rule.ts';

export const corednsServerRedefinesRoot = defineRule({
  id: 'coredns-server-redefines-root',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A .server key holds a server block for all names, which AKS has already.',
  condition:
    'Reports a server block for "." at port 53 in a .server key. A block with "view" may stand beside that of AKS from CoreDNS 1.14 on, so that case depends on the version.',
  why: 'The default block of AKS serves ".:53". CoreDNS refuses a second one and with it the whole Corefile. To change the upstream for all names, set the DNS servers of the virtual network.',
  serviceError: 'cannot serve dns://.:53 - it is already defined',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  root.server: |
    .:53 {
        log
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  root.override: |
    log
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/coredns/coredns/blob/master/core/dnsserver/register.go',
    'https://github.com/Azure/AKS/issues/919',
  ],
  messages: {
    root: (d: { address: string }) =>
      `The default block of AKS serves ${d.address} already. Put plugins for all names into a .override key, and zones of your own into a block of theirs.`,
    view: (d: { address: string; version: string }) =>
      `The default block of AKS serves ${d.address} already, and CoreDNS ${d.version} takes no "view" beside it. Remove the block, or state CoreDNS 1.14 or newer.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    for (const set of corefileSets(model)) {
      for (const conflict of zoneConflicts(set, settings.corednsVersion)) {
        const { earlier, key, block, address, hasView } = conflict;
        // A plugin in the place of the zone means that the braces of a block are missing around it.
        if (earlier !== undefined || pluginFacts(block.block.keys[0]?.text ?? '') !== undefined) continue;
        const fix = moveFix(conflict, set.configMap?.entries.map((entry) => entry.key.text) ?? []);
        const data = { address: formatZoneAddress(address), version };
        const fixes = fix === undefined ? [] : [fix];
        if (hasView) report({ at: key.location, message: 'view', data, fixes });
        else report({ at: key.location, message: 'root', data, fixes });
      }
    }
  },
});

/** What the default block has, or what would have no effect there. */
const keptOut = new Set([
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

/** Moves the plugins of the block into a .override key, where AKS does not have them already. */
function moveFix({ block: { block, part } }: ZoneConflict, keys: readonly string[]): Fix | undefined {
  const { entry, corefile } = part;
  const moved = block.plugins.filter(({ name }) => !keptOut.has(name.text));
  if (entry === undefined || block.keys.length !== 1 || block.isBraceless || moved.length === 0) return undefined;
  // What stays out is lost with the block: only what AKS has anyway may be.
  if (moved.length !== block.plugins.length || corefile.braceProblems.length > 0) return undefined;
  if (moved.some(isHosts)) return undefined;
  const to = keyWithSuffix(entry.key.text, '.override', keys);
  return {
    title: `Move its plugins to ${to}`,
    applicability: 'unsafe',
    changes: [
      { kind: 'move-to-key', entry: entry.location, target: block.location, content: contentOf(moved), key: to },
    ],
  };
}

/** Only one may stand over all overrides, and whether there is one in another file is not known. */
function isHosts({ name }: Plugin): boolean {
  return name.text === 'hosts';
}

function contentOf(plugins: readonly Plugin[]): Location {
  const [first] = plugins;
  const last = plugins.at(-1);
  invariant(first !== undefined && last !== undefined, 'a block that is moved has plugins');
  return { uri: first.location.uri, span: { start: first.location.span.start, end: last.location.span.end } };
}

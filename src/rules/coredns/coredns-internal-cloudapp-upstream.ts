import { corefileSets, expandedBlocks } from '../../model/corefile-set.ts';
import type { Word } from '../../model/dns.ts';
import { isInZone, zoneAddresses } from '../../model/zone-address.ts';
import { parseAddress } from '../../net/address.ts';
import { defineRule } from '../rule.ts';

const machineZone = 'internal.cloudapp.net.';
const azureResolver = '168.63.129.16';

export const corednsInternalCloudappUpstream = defineRule({
  id: 'coredns-internal-cloudapp-upstream',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'Names of virtual machines are asked of a server that cannot know them.',
  condition:
    'Reports a server block for internal.cloudapp.net, or a zone in it, that forwards to addresses of which none is 168.63.129.16. A forward to /etc/resolv.conf is left alone.',
  why: 'Only the resolver that Azure offers inside each virtual network, 168.63.129.16, knows the names of its machines. The default block of AKS answers longer names of the zone with NXDOMAIN, so this block is the only way to them.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  azure.server: |
    internal.cloudapp.net:53 {
        forward . 10.1.0.4
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  azure.server: |
    internal.cloudapp.net:53 {
        forward . 168.63.129.16
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
    'https://github.com/coredns/coredns/issues/7090',
  ],
  messages: {
    upstream: (d: { zone: string; address: string }) =>
      `${d.address} does not know the names of ${d.zone} unless it is 168.63.129.16 that it asks. Forward to 168.63.129.16.`,
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      if (!set.isAks) continue;
      for (const { block, plugins } of expandedBlocks(set)) {
        if (!plugins.some(({ plugin }) => plugin.name.text === 'forward')) continue;
        const zone = block.keys
          .filter(({ text }) => /cloudapp/i.test(text))
          .flatMap(zoneAddresses)
          .find((address) => isInZone(address.zone, machineZone))?.zone;
        if (zone === undefined) continue;
        for (const { plugin } of plugins) {
          const [, ...upstreams] = plugin.args;
          const [first, ...others] = upstreams;
          if (plugin.name.text !== 'forward' || first === undefined) continue;
          const isElsewhere = ({ text }: Word): boolean => {
            const host = text.replace(/:\d+$/, '');
            return parseAddress(host) !== undefined && host !== azureResolver;
          };
          if (!upstreams.every(isElsewhere)) continue;
          report({
            at: first.location,
            message: 'upstream',
            data: { zone: zone.slice(0, -1), address: first.text },
            fixes: [
              {
                title: `Forward to ${azureResolver}`,
                applicability: 'unsafe',
                changes: [
                  { kind: 'replace-text', target: first.location, to: azureResolver },
                  ...others.map((other) => ({ kind: 'remove-text', target: other.location }) as const),
                ],
              },
            ],
          });
        }
      }
    }
  },
});

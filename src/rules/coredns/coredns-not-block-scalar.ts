import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import type { ConfigMapEntry } from '../../model/dns.ts';
import { defineRule } from '../rule.ts';

export const corednsNotBlockScalar = defineRule({
  id: 'coredns-not-block-scalar',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'YAML joins the lines of a Corefile.',
  condition:
    'Reports a value whose style (">", quotes over several lines, or no "|" at all) makes CoreDNS read other lines than those written, and a value that is a mapping. A style that keeps every line apart is left alone. A warning where CoreDNS takes the joined text and reads something else.',
  why: 'In a Corefile the end of a line ends a directive. Joined lines become arguments of the first one, and a closing brace is refused. An error only where CoreDNS refuses the joined text, or Kubernetes a value that is no text.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: >
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
    'https://github.com/MicrosoftDocs/azure-aks-docs/issues/187',
  ],
  messages: {
    folded: (d: { indicator: string; literal: string }) =>
      `"${d.indicator}" joins the lines of this Corefile into one. Write "${d.literal}".`,
    plain: (d: { key: string }) =>
      `The value of "${d.key}" has no "|", so YAML joins its lines into one. Write "|" behind the colon.`,
    quoted: (d: { key: string }) =>
      `The quotes around the value of "${d.key}" let YAML join its lines. Use "|" and indented lines.`,
    mapping: (d: { key: string }) =>
      `The value of "${d.key}" is a mapping, not text. Write "|" behind the colon and Corefile lines below.`,
  },

  check(model, report) {
    for (const { entries } of model.configMaps) {
      for (const entry of entries) {
        if (entry.role === 'ignored' || entry.lineBreaks === 'kept') continue;
        const { key, style, indicator } = entry;
        const severity = entry.lineBreaks === 'refused' ? 'error' : 'warning';
        const fixes = indicator === undefined ? [] : [literalFix(entry, indicator)];
        if (style === 'folded' && indicator !== undefined) {
          const data = { indicator: `>${indicator.literal.slice(1)}`, literal: indicator.literal };
          report({ at: indicator.location, message: 'folded', data, severity, fixes });
        } else if (style === 'mapping') {
          report({ at: key.location, message: 'mapping', data: { key: key.text }, severity });
        } else {
          const message = style === 'plain' ? 'plain' : 'quoted';
          report({ at: firstWord(entry), message, data: { key: key.text }, severity, fixes });
        }
      }
    }
  },
});

/** A folded scalar has the lines that were meant; where the indicator is missing, what was meant is a guess. */
function literalFix({ style }: ConfigMapEntry, { location, literal }: NonNullable<ConfigMapEntry['indicator']>): Fix {
  return {
    title: style === 'folded' ? `Replace by "${literal}"` : `Insert "${literal.trim()}"`,
    applicability: style === 'folded' ? 'safe' : 'unsafe',
    changes: [{ kind: 'replace-text', target: location, to: literal }],
  };
}

/** Where the text begins. */
function firstWord({ key, corefile }: ConfigMapEntry): Location {
  const words = [corefile?.serverBlocks[0]?.keys[0], corefile?.plugins[0]?.name].flatMap(
    (word) => word?.location ?? [],
  );
  return words.sort((a, b) => a.span.start - b.span.start)[0] ?? key.location;
}

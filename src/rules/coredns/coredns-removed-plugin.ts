import type { Fix } from '../../model/change.ts';
import { pluginSyntax } from '../../model/coredns-syntax.ts';
import { pluginProblems } from '../../model/corefile/check.ts';
import type { Plugin, Word } from '../../model/dns.ts';
import { activePlugins, isAvailable, newestAksCoredns, pluginFacts } from '../../model/dns-queries.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

/** What took the place of a removed plugin and reads the same arguments. */
const successors: Readonly<Record<string, string>> = { proxy: 'forward' };

export const corednsRemovedPlugin = defineRule({
  id: 'coredns-removed-plugin',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A plugin or one of its options is gone from every CoreDNS that AKS runs.',
  condition:
    'Reports proxy, federation, reverse, startup and shutdown, and options such as upstream, resyncperiod and transfer of kubernetes, which older releases had.',
  why: 'Old guides still show them, and CoreDNS refuses the whole Corefile for one of them.',
  serviceError: 'Unknown directive, or unknown property',
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
    corp.example:53 {
        proxy . 10.1.0.4
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
    'https://github.com/coredns/corefile-migration',
    'https://github.com/MicrosoftDocs/azure-docs/issues/78014',
  ],
  messages: {
    ...problemMessages,
    gone: (d: { name: string; until: string; successor: string }) =>
      `CoreDNS ${d.until} was the last to have "${d.name}". ${d.successor === '' ? 'Remove it.' : `Use "${d.successor}".`}`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    for (const { plugin } of activePlugins(model)) {
      const { name } = plugin;
      const facts = pluginFacts(name.text);
      if (facts?.until === undefined || isAvailable(facts, version)) continue;
      const successor = successors[name.text] ?? '';
      const related = [{ at: name.location, text: `CoreDNS says: Unknown directive '${name.text}'` }];
      const fixes =
        successor === '' ? [removal(plugin)] : takesOptionsOf(successor, plugin) ? [renaming(name, successor)] : [];
      report({
        at: name.location,
        message: 'gone',
        data: { name: name.text, until: facts.until, successor },
        related,
        fixes,
      });
    }
    for (const problem of pluginProblems(model, settings.corednsVersion, 'removed-property'))
      report(problemReport(problem));
  },
});

/** Whether every option of the plugin is one of its successor too, so that the name is all that has to change. */
function takesOptionsOf(successor: string, { block }: Plugin): boolean {
  const known = pluginSyntax(successor)?.properties ?? [];
  return (block ?? []).every(({ name }) => known.some((property) => property.name === name.text));
}

function renaming(name: Word, to: string): Fix {
  return {
    title: `Replace by "${to}"`,
    applicability: 'unsafe',
    changes: [{ kind: 'replace-text', target: name.location, to }],
  };
}

function removal({ name, location }: Plugin): Fix {
  return {
    title: `Remove "${name.text}"`,
    applicability: 'unsafe',
    changes: [{ kind: 'remove-text', target: location }],
  };
}

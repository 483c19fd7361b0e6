import { type CorefileSet, corefileSets, importMatcher, snippetName } from '../../model/corefile-set.ts';
import type { ConfigMap, Plugin, ServerBlock, Word } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsImportMissing = defineRule({
  id: 'coredns-import-missing',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'An import names a snippet or key that does not exist.',
  condition:
    'Reports an import in coredns-custom that names no snippet defined before it and no key of the ConfigMap. A pattern that matches nothing is a warning, as is a name that only a file of the image could have, and any name in a plain Corefile, beside which there may be files that are not known here.',
  why: 'CoreDNS refuses the whole Corefile for an import that leads nowhere; for a pattern that matches nothing it only writes a warning.',
  serviceError: 'File to import not found',
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
        import common
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
    (common) {
        errors
        cache 30
    }
    corp.example:53 {
        import common
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/import/'],
  messages: {
    missing: (d: { name: string }) =>
      `No snippet before this line and no key of the ConfigMap is called "${d.name}". Define "(${d.name}) { ... }" above, or remove the line.`,
    later: (d: { name: string }) =>
      `The snippet "(${d.name})" is defined only after this line, where CoreDNS does not look. Define it above.`,
    pattern: (d: { name: string }) => `No key of the ConfigMap matches "${d.name}". Correct it, or remove the line.`,
    file: (d: { name: string }) =>
      `No snippet before this line is called "${d.name}". CoreDNS looks for a file of that name and refuses to start without it; define the snippet above, or make sure that the file is mounted.`,
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      const isCustom = set.configMap?.name?.text === 'coredns-custom';
      const isKnown = set.isComplete && (set.configMap === undefined || isRead(set.configMap));
      const matching = importMatcher(set.configMap?.entries.map(({ key }) => key.text) ?? []);
      const defined = new Set<string>();
      const all = allSnippets(set);
      for (const { corefile } of [...set.overrides, ...set.servers]) {
        if (corefile.isTemplated) continue;
        for (const plugin of corefile.plugins) judge(plugin);
        for (const block of corefile.serverBlocks) {
          const name = snippetName(block);
          for (const plugin of name === undefined ? block.plugins : []) judge(plugin);
          if (name !== undefined) defined.add(name);
        }
      }

      function judge(plugin: Plugin): void {
        if (plugin.name.text === 'import') judgeWord(plugin.args[0]);
        for (const property of plugin.block ?? []) {
          if (property.name.text === 'import') judgeWord(property.args[0]);
        }
      }

      function judgeWord(word: Word | undefined): void {
        if (word === undefined || word.text === '' || mayBeReplaced(word) || defined.has(word.text)) return;
        if (/[*?].*[*?]|\[.*\]/.test(word.text) || matching(word.text).length > 0) return;
        const data = { name: word.text };
        const severity = 'warning';
        if (all.has(word.text)) {
          // A file of that name could stand in for it, but nobody would want that.
          report({ at: word.location, message: 'later', data });
        } else if (isCustom && !isKnown) {
          return;
        } else if (/[*?]/.test(word.text)) {
          if (isCustom) report({ at: word.location, message: 'pattern', data, severity });
        } else if (isCustom && !word.text.startsWith('/') && !word.text.startsWith('..')) {
          report({ at: word.location, message: 'missing', data });
        } else if (/^[\w-]+$/.test(word.text)) {
          report({ at: word.location, message: 'file', data, severity });
        }
      }
    }
  },
});

/** Whether the text of every key is known: one that is not may define anything. */
function isRead({ entries }: ConfigMap): boolean {
  return entries.every(({ style, role, corefile }) => style !== 'file' || role === 'ignored' || corefile !== undefined);
}

function allSnippets(set: CorefileSet): ReadonlySet<string> {
  const blocks: readonly ServerBlock[] = set.servers.flatMap(({ corefile }) => corefile.serverBlocks);
  return new Set(blocks.flatMap((block) => snippetName(block) ?? []));
}

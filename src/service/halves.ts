import { type Document, isBicep, isConfiguration, isJson } from './document.ts';

/** The halves of the engine, which editors load one by one: most workspaces need but one. */
export type Half = 'templates' | 'coredns';

/**
 * The halves that may have something to say about a document, by a search for words that such documents always have.
 * The engine itself looks closer.
 */
export function halvesFor(document: Document): readonly Half[] {
  const { text } = document;
  if (isBicep(document)) return ['templates'];
  // It counts for the documents of both.
  if (isConfiguration(document.uri)) return ['templates', 'coredns'];
  const halves: Half[] = [];
  if (isJson(document) && mayBeTemplate(text)) halves.push('templates');
  if (document.languageId === 'corefile' || mayBeConfigMap(text)) halves.push('coredns');
  return halves;
}

/** The schema of a template, the id of a printed resource, or the LocalDNS configuration of an agent pool. */
function mayBeTemplate(text: string): boolean {
  return (
    /deployment(?:template|parameters)\.json/i.test(text) ||
    /\/resourcegroups\//i.test(text) ||
    /DNSOverrides"/i.test(text)
  );
}

function mayBeConfigMap(text: string): boolean {
  return text.includes('onfigMap') && /coredns|kube-dns|Corefile|\.(?:override|server)\b/.test(text);
}

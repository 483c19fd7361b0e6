import { corednsPlugins } from '../model/coredns-plugins.ts';
import { roleOfKey } from '../model/dns-queries.ts';

/** What a file holds: ConfigMaps (in YAML or JSON), a whole Corefile, or the text of one key of `coredns-custom`. */
export type CorednsKind = 'yaml' | 'corefile' | 'override' | 'server';

/**
 * The language of a file that may hold Corefile text: a Corefile by its name, YAML by its content, the text of a single
 * key by both. Undefined for every other file; an ordinary YAML file costs one search for a word.
 */
export function recogniseCoredns(text: string, fileName: string): CorednsKind | undefined {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (/\.ya?ml$/i.test(name)) return mayHoldCorefile(text) ? 'yaml' : undefined;
  if (name === 'Corefile' || /\.corefile$/i.test(name) || name.startsWith('Corefile.')) return 'corefile';
  const role = roleOfKey(name);
  // The endings are not ours alone: only the text tells whether such a file is for a ConfigMap of CoreDNS.
  return role !== 'ignored' && looksLikeCorefile(text) ? role : undefined;
}

/** Whether JSON text may be a ConfigMap, or a list of objects with one, as `kubectl -o json` prints it. */
export function mayBeJsonConfigMap(text: string): boolean {
  return /^\s*[{[]/.test(text.slice(0, 1000)) && mayHoldCorefile(text);
}

const plugins = corednsPlugins.map((plugin) => plugin.name).join('|');
const corefileLine = new RegExp(
  `(?:^|\\n|\\\\n|["':]|\\{)[ \\t]*(?:(?:${plugins})(?=[\\s"'\\\\{]|$)|[^\\s#"']{0,255}:53\\b|[\\w*-][\\w.*-]{0,254}\\.[\\w.-]{0,64}[ \\t]*\\{)`,
);
const corefileName = /\bname["']?[ \t]*:[ \t]*["']?(?:coredns(?:-custom)?|kube-dns)["']?[ \t]*(?:[\r\n,}#]|$)/;
const corefileKey = /(?:^|[\s{,"'])(?:[\w.-]+\.(?:override|server)|Corefile)["']?[ \t]*:/;

/** Whether YAML text may be a ConfigMap for CoreDNS. It need not be well formed. */
export function mayHoldCorefile(text: string): boolean {
  if (!text.includes('onfigMap')) return false;
  if (corefileName.test(text)) return true;
  return corefileKey.test(text) && corefileLine.test(text);
}

/** Whether text reads like a Corefile: some line begins with a plugin or opens a server block. */
export function looksLikeCorefile(text: string): boolean {
  return corefileLine.test(text);
}

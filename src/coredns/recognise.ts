import { corednsPlugins } from '../model/coredns-plugins.ts';

/**
 * The language of a file that may hold Corefile text: a Corefile by its name, YAML by its content. Undefined for every
 * other file; an ordinary YAML file costs one search for a word.
 */
export function recogniseCoredns(text: string, fileName: string): 'yaml' | 'corefile' | undefined {
  const name = fileName.slice(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
  if (/\.ya?ml$/i.test(name)) return mayHoldCorefile(text) ? 'yaml' : undefined;
  return name === 'Corefile' || /\.corefile$/i.test(name) || name.startsWith('Corefile.') ? 'corefile' : undefined;
}

const plugins = corednsPlugins.map((plugin) => plugin.name).join('|');
const corefileLine = new RegExp(
  `(?:^|\\n|\\\\n|["':]|\\{)[ \\t]*(?:(?:${plugins})(?=[\\s"'\\\\{]|$)|[^\\s#"']{0,255}:53\\b|[\\w*-][\\w.*-]{0,254}\\.[\\w.-]{0,64}[ \\t]*\\{)`,
);
const corefileName = /\bname["']?[ \t]*:[ \t]*["']?coredns(?:-custom)?["']?[ \t]*(?:[\r\n,}#]|$)/;
const corefileKey = /(?:^|[\s{,"'])(?:[\w.-]+\.(?:override|server)|Corefile)["']?[ \t]*:/;

/** Whether YAML text may be a ConfigMap for CoreDNS. It need not be well formed. */
export function mayHoldCorefile(text: string): boolean {
  if (!text.includes('ConfigMap')) return false;
  if (corefileName.test(text)) return true;
  return corefileKey.test(text) && corefileLine.test(text);
}

/** Whether text reads like a Corefile: some line begins with a plugin or opens a server block. */
export function looksLikeCorefile(text: string): boolean {
  return corefileLine.test(text);
}

/**
 * Whether a tool fills in the document before Kubernetes sees it. Braces that CoreDNS's own `template` plugin uses do not
 * count; what cannot be told apart does.
 */
export function isTemplated(text: string): boolean {
  if (/#\{[^}\n]{1,200}\}#/.test(text)) return true;
  if (!text.includes('{{')) return false;
  for (const line of text.split('\n')) {
    if (!line.includes('{{')) continue;
    const isTemplateProperty = /^\s*(?:answer|additional|authority|ederror|match|var|expr)\s/.test(line);
    if (!isTemplateProperty || helmExpression.test(line)) {
      if (!/^\s*#/.test(line) || helmExpression.test(line)) return true;
    }
  }
  return false;
}

const helmExpression =
  /\{\{[^}]{0,200}?(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|\b(?:include|toYaml|tpl)\b)/;

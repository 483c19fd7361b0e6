import type { Location } from '../base/span.ts';
import { lowerCoredns, parseCoredns } from '../coredns/index.ts';
import type { ConfigMap, ConfigMapEntry, Corefile } from '../model/dns.ts';
import { emptyModel, type Model } from '../model/model.ts';
import type { DocumentContent } from './parsed-document.ts';
import { resolvePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

type CorednsContent = Extract<DocumentContent, { readonly kind: 'coredns' }>;

/** The paths of the files from which a kustomization takes Corefile text. */
export function generatedPaths({ model }: CorednsContent): readonly string[] {
  return (model.configMaps ?? []).flatMap(({ entries }) => entries.flatMap((entry) => pathOf(entry) ?? []));
}

/** The model of a document with the text of the files that its generators name, and where it names each of them. */
export function lowerGenerated(
  workspace: Workspace,
  uri: string,
  content: CorednsContent,
  read: (uri: string) => void,
): { readonly model: Model; readonly namedAt: ReadonlyMap<string, Location> } {
  const model = { ...emptyModel, ...content.model };
  const namedAt = new Map<string, Location>();
  if (generatedPaths(content).length === 0) return { model, namedAt };
  const files = workspace.files(read);
  const withTexts = (configMap: ConfigMap): ConfigMap => {
    const problems = [...configMap.problems];
    const entries = configMap.entries.map((entry): ConfigMapEntry => {
      const path = pathOf(entry);
      const target = path === undefined ? undefined : resolvePath(uri, path);
      if (path === undefined || target === undefined) return entry;
      const { span } = entry.location;
      const location = { uri, span: { start: span.end - path.length, end: span.end } };
      const text = files.text(uri, path);
      if (workspace.stamp(target) === 'missing') {
        const message = `The file "${path}" does not exist. Correct the path or create the file.`;
        problems.push({ kind: 'missing-file', message, location });
      }
      if (text === undefined) return entry;
      namedAt.set(target, location);
      return { ...entry, corefile: corefileOf(workspace, target, text, entry) };
    });
    return { ...configMap, entries, problems };
  };
  return { model: { ...model, configMaps: model.configMaps.map(withTexts) }, namedAt };
}

/** Keys that AKS does not import are not Corefiles. */
function pathOf({ path, role }: ConfigMapEntry): string | undefined {
  return role === 'ignored' ? undefined : path;
}

/** As the workspace has it already, unless the key makes something else of the text than the name of its file. */
function corefileOf(workspace: Workspace, uri: string, text: string, { role }: ConfigMapEntry): Corefile | undefined {
  const content = workspace.parse(uri)?.content;
  const known = content?.kind === 'coredns' ? content.model.corefiles?.[0] : undefined;
  if (known?.role === role) return known;
  return role === 'ignored' ? undefined : lowerCoredns(parseCoredns(text, role, uri)).corefiles[0];
}

import type { Location } from '../base/span.ts';
import { generatedPaths } from './coredns-half.ts';
import { isConfiguration } from './document.ts';
import { loadsOf } from './loads.ts';
import { type NamedFile, templatesFor } from './parameter-targets.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { resolvePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** Files of a circle that are entries for each other. */
const maxCircle = 20;

/** Which documents of a workspace reference which. Only documents whose text changed are read again. */
export class ReferenceIndex {
  readonly #workspace: Workspace;
  readonly #references = new Map<string, readonly string[]>();
  readonly #callers = new Map<string, Set<string>>();
  /** By file of data, the calls that load it, by the document that they stand in. */
  readonly #loaders = new Map<string, Map<string, readonly Location[]>>();
  readonly #loaded = new Map<string, readonly string[]>();

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  /**
   * The entry files through which a document is reached: those that nothing else references, parameter files among them.
   * Where there are none, the files that reach it call each other in a circle, and each of them is one. The document
   * itself is not in the list.
   */
  entriesOf(uri: string): string[] {
    this.#readChanged();
    const seen = new Set([uri]);
    const queue = [uri];
    const entries: string[] = [];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      const above = at === uri ? this.#usersOf(uri) : (this.#callers.get(at) ?? new Set());
      if (above.size === 0 && at !== uri) entries.push(at);
      for (const caller of above) {
        if (seen.has(caller)) continue;
        seen.add(caller);
        queue.push(caller);
      }
    }
    if (entries.length === 0) entries.push(...[...seen].filter((other) => other !== uri).slice(0, maxCircle));
    return entries.sort();
  }

  /** What a document references or loads, and what that does in turn; the document itself is not in the list. */
  filesBelow(uri: string): string[] {
    this.#readChanged();
    const found = new Set([uri]);
    // The set grows with what is found.
    for (const file of found) {
      for (const target of this.#references.get(file) ?? []) found.add(target);
      for (const target of this.#loaded.get(file) ?? []) found.add(target);
    }
    found.delete(uri);
    return [...found];
  }

  /** Whether what others say of a document is shown in it. */
  isShown(uri: string): boolean {
    return this.#workspace.isOpen(uri) && (this.isData(uri) || (this.#isOurs(uri) && this.#usersOf(uri).size > 0));
  }

  /** Whether a document is none of ours by itself, and there for templates to load. */
  isData(uri: string): boolean {
    this.#readChanged();
    return this.#hasLoaders(uri) && !this.#isOurs(uri);
  }

  /** The calls that load a file of data. */
  loadersOf(uri: string): readonly Location[] {
    this.#readChanged();
    return [...(this.#loaders.get(uri)?.values() ?? [])].flat();
  }

  #usersOf(uri: string): ReadonlySet<string> {
    const callers = this.#callers.get(uri) ?? new Set();
    return this.isData(uri) ? new Set([...callers, ...(this.#loaders.get(uri)?.keys() ?? [])]) : callers;
  }

  #isOurs(uri: string): boolean {
    return this.#workspace.parse(uri) !== undefined;
  }

  #hasLoaders(uri: string): boolean {
    return (this.#loaders.get(uri)?.size ?? 0) > 0;
  }

  #readChanged(): void {
    const changed = this.#workspace.takeChanged();
    // A configuration may set what parameter files are for.
    const others = changed.some(isConfiguration) ? this.#references.keys() : [];
    for (const file of new Set([...changed, ...others])) this.#read(file);
  }

  #read(uri: string): void {
    for (const target of this.#loaded.get(uri) ?? []) this.#loaders.get(target)?.delete(uri);
    for (const target of this.#references.get(uri) ?? []) this.#callers.get(target)?.delete(uri);
    const parsed = this.#workspace.parse(uri);
    const targets = parsed === undefined ? [] : referencesOf(this.#workspace, parsed);
    this.#references.set(uri, targets);
    for (const target of targets) {
      const callers = this.#callers.get(target) ?? new Set();
      this.#callers.set(target, callers.add(uri));
    }
    const loads = parsed === undefined ? new Map<string, Location[]>() : loadsOf(uri, parsed.content);
    this.#loaded.set(uri, [...loads.keys()]);
    for (const [target, calls] of loads) {
      const loaders = this.#loaders.get(target) ?? new Map<string, readonly Location[]>();
      this.#loaders.set(target, loaders.set(uri, calls));
    }
  }
}

/** The files that a document references directly, as far as their paths lead somewhere. */
function referencesOf(workspace: Workspace, { document: { uri }, content }: ParsedDocument): string[] {
  return filesNamed(workspace, uri, content).flatMap(({ from, path }) => resolvePath(from, path) ?? []);
}

function filesNamed(workspace: Workspace, from: string, content: ParsedDocument['content']): readonly NamedFile[] {
  switch (content.kind) {
    case 'coredns':
      return generatedPaths(content).map((path) => ({ from, path }));
    case 'configuration':
    case 'data':
      return [];
    case 'template':
      return [
        ...content.template.modules.flatMap(({ source }) =>
          source.kind === 'path' ? [{ from, path: source.path }] : [],
        ),
        ...content.template.imports.map(({ path }) => ({ from, path })),
      ];
    case 'parameters': {
      const { using, base } = content.parameters;
      return [
        ...(using === undefined ? templatesFor(workspace, from, () => {}) : [{ from, path: using.path }]),
        ...(base === undefined ? [] : [{ from, path: base.path }]),
      ];
    }
  }
}

import type { FileSource, ResolvedModule, TemplateFiles } from '../template/evaluation.ts';
import type { Template } from '../template/template.ts';
import type { Document } from './document.ts';
import { builtIn, type Extras } from './extras.ts';
import { parseDocument } from './front-ends.ts';
import { cacheFolder, type ModuleCache } from './module-cache.ts';
import type { ParsedDocument } from './parsed-document.ts';
import { filesAbove, resolvePath } from './paths.ts';
import {
  type BicepConfiguration,
  cachedPath,
  declaredAlias,
  isRemote,
  type RemoteModule,
  readBicepConfiguration,
  readReference,
} from './registry.ts';
import { asStandIn, findStandIn, isStandIn, parseDataDocument, standInName } from './template-half.ts';

/** What is known of a file that is not open: its text, or that it has none to give. */
export type FileContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' };

/** The documents that are analysed together. It reads nothing itself: what it lacks is listed in `wanted`. */
export class Workspace implements FileSource {
  /**
   * URIs of the folders in which Bicep keeps the modules that it has restored. Where it is set, modules are read from
   * there or from where a `bicepconfig.json` says, and never from anywhere else. To be set before anything is analysed.
   */
  moduleCache: ModuleCache | undefined;
  /** What is there beside the front ends. */
  extras = builtIn;
  /** Whether a template needed something that is not among the `extras`. */
  wantsExtras = false;
  readonly #open = new Map<string, Document>();
  readonly #contents = new Map<string, FileContent>();
  readonly #parsed = new Map<string, { readonly document: Document; readonly parsed: ParsedDocument | undefined }>();
  readonly #bicepConfigurations = new Map<
    string,
    { readonly text: string; readonly configuration: BicepConfiguration }
  >();
  readonly #data = new Map<string, ParsedDocument>();
  readonly #wantedFiles = new Set<string>();
  readonly #changed = new Set<string>();
  #revisionNumber = 0;
  #openRevisionNumber = 0;

  /** Grows with every change: as long as it is the same, so are all stamps. */
  get revision(): number {
    return this.#revisionNumber;
  }

  /** Grows whenever a document is opened or closed. */
  get openRevision(): number {
    return this.#openRevisionNumber;
  }

  /** Files that were asked for and are not known yet. Whoever can read files provides them and analyses again. */
  get wanted(): readonly string[] {
    return [...this.#wantedFiles];
  }

  /** URIs whose text has changed since this was last asked. */
  takeChanged(): readonly string[] {
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  /** Sets the text of an open document; it hides the file of the same URI. */
  update(document: Document): void {
    if (this.#open.get(document.uri)?.text !== document.text) this.#noteChange(document.uri);
    if (!this.#open.has(document.uri)) this.#openRevisionNumber++;
    this.#open.set(document.uri, document);
    this.#wantedFiles.delete(document.uri);
  }

  /** Forgets an open document; its file counts again, if it was provided. */
  close(uri: string): void {
    if (this.#open.delete(uri)) this.#openRevisionNumber++;
    this.#noteChange(uri);
    if (this.#contents.has(uri)) return;
    this.#parsed.delete(uri);
    this.#data.delete(uri);
  }

  /** Sets what a file holds. */
  provide(uri: string, content: FileContent): void {
    this.#contents.set(uri, content);
    this.#noteChange(uri);
    this.#wantedFiles.delete(uri);
  }

  /** Asks for a file that may be worth knowing, such as one that may call an open module. */
  want(uri: string): void {
    if (!this.#open.has(uri) && !this.#contents.has(uri)) this.#wantedFiles.add(uri);
  }

  /** Forgets a file that was changed or removed; it is wanted again when it is next asked for. */
  forget(uri: string): void {
    this.#contents.delete(uri);
    this.#noteChange(uri);
  }

  /** The document of a URI, parsed once for each text; undefined where there is no text or it is none of ours. */
  parse(uri: string): ParsedDocument | undefined {
    const document = this.#document(uri);
    if (document === undefined) return undefined;
    const known = this.#parsed.get(uri);
    if (
      known?.document === document ||
      (known?.document.text === document.text && known.document.languageId === document.languageId)
    ) {
      return known?.parsed;
    }
    const parsed = parseDocument(document);
    this.#parsed.set(uri, { document, parsed });
    return parsed;
  }

  /** The same for a file whose values templates load, whatever else it is; undefined while it cannot be read. */
  parseData(uri: string): ParsedDocument | undefined {
    const document = this.#document(uri);
    if (document === undefined) return undefined;
    const known = this.#data.get(uri);
    if (known?.document.text === document.text) return known;
    const parsed = parseDataDocument(document, () => this.#extra('readYaml'));
    if (parsed !== undefined) this.#data.set(uri, parsed);
    return parsed;
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** The text of a document or file; undefined where it is not known. */
  textOf(uri: string): string | undefined {
    return this.#document(uri)?.text;
  }

  /** The text of a document or file, which becomes wanted where it is not known yet; undefined where there is none. */
  fileText(uri: string): string | undefined {
    const open = this.#open.get(uri);
    if (open !== undefined) return open.text;
    const content = this.#contents.get(uri);
    if (content === undefined) this.#wantedFiles.add(uri);
    return content?.kind === 'text' ? content.text : undefined;
  }

  /** The files around a template. `read` hears of every URI that an answer depends on. */
  files(read: (uri: string) => void): TemplateFiles {
    return {
      module: (from, path) => {
        if (isRemote(path)) return this.#resolveRemote(from, path, read);
        const uri = resolvePath(from, path);
        if (uri === undefined) return unread('it is not a file of the workspace');
        read(uri);
        return this.#resolve(uri);
      },
      isMissing: (from, path) => {
        const uri = resolvePath(from, path);
        if (uri === undefined) return false;
        read(uri);
        return this.fileText(uri) === undefined && this.#contents.get(uri)?.kind === 'missing';
      },
      text: (from, path) => {
        const uri = resolvePath(from, path);
        if (uri === undefined) return undefined;
        read(uri);
        return this.fileText(uri);
      },
      data: (from, path) => {
        const uri = resolvePath(from, path);
        if (uri === undefined) return undefined;
        read(uri);
        const content = this.fileText(uri) === undefined ? undefined : this.parseData(uri)?.content;
        return content?.kind === 'data' ? { uri, value: content.value } : undefined;
      },
    };
  }

  /** What the analysis of a URI rests on: equal stamps mean that nothing about it has changed. */
  stamp(uri: string): string | undefined {
    const content = this.#contents.get(uri);
    return this.#open.get(uri)?.text ?? (content?.kind === 'text' ? content.text : content?.kind);
  }

  #noteChange(uri: string): void {
    this.#changed.add(uri);
    this.#revisionNumber++;
  }

  #resolve(uri: string): ResolvedModule {
    if (!this.#open.has(uri)) {
      const content = this.#contents.get(uri);
      if (content === undefined) {
        this.#wantedFiles.add(uri);
        return unread('it was not read yet');
      }
      if (content.kind !== 'text')
        return { kind: 'unread', text: 'it cannot be read', isMissing: content.kind === 'missing' };
    }
    const content = this.parse(uri)?.content;
    if (content?.kind === 'template') return { kind: 'template', template: content.template };
    return unread('it is not a template');
  }

  /**
   * A module of a registry or a template spec: as Bicep has restored it, which is exact, or else what stands in for it.
   */
  #resolveRemote(from: string, path: string, read: (uri: string) => void): ResolvedModule {
    const alias = declaredAlias(path);
    const isInside = isStandIn(from);
    const needsConfiguration = !isInside && (alias !== undefined || this.moduleCache !== undefined);
    const configuration = needsConfiguration ? this.#bicepConfigurationFor(from, read) : undefined;
    const module = readReference(path, configuration?.aliases);
    if (module === undefined) {
      return unread(alias === undefined ? 'the reference is malformed' : `no bicepconfig.json declares "${alias}"`);
    }
    const restored = isInside ? undefined : this.#restored(module, configuration?.cacheRoot, read);
    const template = restored ?? this.#standIn(module);
    return template === undefined
      ? unread('it is in a registry, and Bicep has not restored it here')
      : { kind: 'template', template };
  }

  /** The nearest configuration file above a document; those above it do not count. */
  #bicepConfigurationFor(from: string, read: (uri: string) => void): BicepConfiguration | undefined {
    for (const uri of filesAbove(from, 'bicepconfig.json')) {
      read(uri);
      const text = this.fileText(uri);
      if (text === undefined) continue;
      const known = this.#bicepConfigurations.get(uri);
      if (known?.text === text) return known.configuration;
      const configuration = readBicepConfiguration(text);
      this.#bicepConfigurations.set(uri, { text, configuration });
      return configuration;
    }
    return undefined;
  }

  #restored(module: RemoteModule, cacheRoot: string | undefined, read: (uri: string) => void): Template | undefined {
    const folder = this.moduleCache && cacheFolder(this.moduleCache, cacheRoot);
    const path = folder === undefined ? undefined : cachedPath(module);
    if (path === undefined) return undefined;
    const uri = `${folder}/${path}`;
    read(uri);
    const resolved = this.#resolve(uri);
    return resolved.kind === 'template' ? asStandIn(resolved.template) : undefined;
  }

  #standIn(module: RemoteModule): Template | undefined {
    const name = standInName(module);
    const texts = name === undefined ? undefined : this.#extra('standIns');
    return name === undefined || texts === undefined ? undefined : findStandIn(name, texts);
  }

  #extra<Name extends keyof Extras>(name: Name): Extras[Name] {
    const extra = this.extras[name];
    if (extra === undefined) this.wantsExtras = true;
    return extra;
  }

  #document(uri: string): Document | undefined {
    const open = this.#open.get(uri);
    if (open !== undefined) return open;
    const content = this.#contents.get(uri);
    if (content?.kind !== 'text') return undefined;
    const known = this.#parsed.get(uri)?.document;
    return known?.text === content.text ? known : { uri, languageId: '', version: 0, text: content.text };
  }
}

function unread(text: string): ResolvedModule {
  return { kind: 'unread', text, isMissing: false };
}

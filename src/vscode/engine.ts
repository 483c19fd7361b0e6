import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import { LineIndex } from '../base/line-index.ts';
import type { Analysis } from '../service/analysis.ts';
import type { Half } from '../service/halves.ts';
import type { LanguageService } from '../service/language-service.ts';
import { findModuleCache, type ModuleCache, mapModuleCache } from '../service/module-cache.ts';
import { CallerSearch } from './caller-search.ts';
import type { LinesOf } from './convert.ts';
import { halvesOf, isCandidate, toDocument } from './documents.ts';
import type { PartLoader } from './parts.ts';
import { ReferencedFiles } from './referenced-files.ts';
import { type EditorSettings, readSettings, section } from './settings.ts';

/** A document as it stands, what the engine says about it, and whom to ask for more. */
export interface Analysed {
  readonly analysis: Analysis;
  readonly service: LanguageService;
}

/** What belongs to one workspace folder: settings may differ between folders. */
interface Folder {
  readonly settings: EditorSettings;
  readonly services: Map<Half, LanguageService>;
  /** The halves with an open document that others may call: only then it is searched for callers. */
  readonly mayBeCalled: Set<Half>;
}

/**
 * The engine behind every feature: one language service per workspace folder and half of the engine. A half is loaded,
 * and its service made, when the first document needs it.
 */
export class Engine implements Disposable {
  private readonly log: LogOutputChannel;
  private readonly parts: PartLoader;
  private readonly loaded = new Map<Half, typeof LanguageService>();
  private readonly folders = new Map<string, Folder>();
  private readonly changed = new EventEmitter<void>();
  private readonly files = new ReferencedFiles(() => this.changed.fire());
  private readonly callers = new CallerSearch();
  private readonly subscription: Disposable;

  /** Fires when findings may have changed although no open document did: by a setting, or a file on disk. */
  readonly onDidChange = this.changed.event;

  constructor(log: LogOutputChannel, parts: PartLoader) {
    this.log = log;
    this.parts = parts;
    this.subscription = workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      this.folders.clear();
      this.files.clear();
      this.changed.fire();
    });
  }

  /** The document as it stands when the engine is there; undefined for one that is none of ours. */
  async analyse(document: TextDocument): Promise<Analysed | undefined> {
    await this.prepare([document]);
    return this.analyseNow(document);
  }

  /**
   * Loads what the documents need of the engine and tells it their texts: none may be analysed with an older text of
   * another, be it a module, a configuration or a file that a template loads.
   */
  async prepare(documents: readonly TextDocument[]): Promise<void> {
    const halves = new Set(documents.flatMap((document) => this.halvesOf(document)));
    const missing = [...halves].filter((half) => !this.loaded.has(half));
    const loads = await Promise.allSettled(
      missing.map(async (half) => {
        this.loaded.set(half, (await this.parts.load(half)).LanguageService);
      }),
    );
    for (const document of documents) {
      for (const half of this.halvesOf(document)) this.serviceOf(this.folderOf(document), half);
    }
    for (const document of documents.filter(isCandidate)) {
      for (const { workspace: known } of this.folderOf(document).services.values()) known.update(toDocument(document));
    }
    // The documents of the other half are none the worse for it.
    for (const load of loads) if (load.status === 'rejected') throw load.reason;
  }

  /** The document as it stands; undefined for one that is none of ours, or for which the engine is not loaded yet. */
  analyseNow(document: TextDocument): Analysed | undefined {
    const answer = this.ask(document, (service) => service.analyse(toDocument(document)));
    // ConfigMaps are called by nobody.
    if (answer !== undefined && answer.analysis.model.configMaps.length === 0)
      this.folderOf(document).mayBeCalled.add(answer.analysis.language === 'coredns' ? 'coredns' : 'templates');
    return answer;
  }

  /** Does the work of {@link analyseNow} in steps, see `LanguageService.analyseInSteps`. */
  *analyseInSteps(document: TextDocument): Generator<void, void> {
    for (const service of this.servicesOf(document)) yield* service.analyseInSteps(toDocument(document));
  }

  /** What can be said of the document while {@link analyseInSteps} is under way. */
  analyseSoFar(document: TextDocument): Analysed | undefined {
    return this.ask(document, (service) => service.analyseSoFar(toDocument(document)));
  }

  /** Reads the files that were asked for while documents were analysed. Whether findings may have changed by that. */
  async readReferencedFiles(): Promise<boolean> {
    const results = await Promise.all(
      [...this.folders].flatMap(([uri, { services, mayBeCalled }]) =>
        [...services].map(async ([half, service]) => {
          if (mayBeCalled.has(half)) await this.callers.search(service, half, uri);
          const hasExtras = await this.provideExtras(service);
          return (await this.files.provide(service)) || hasExtras;
        }),
      ),
    );
    return results.includes(true);
  }

  /** Forgets a document that was closed. */
  close(document: TextDocument): void {
    for (const service of this.folderOf(document).services.values()) service.close(document.uri.toString());
  }

  dispose(): void {
    this.subscription.dispose();
    this.files.dispose();
    this.changed.dispose();
  }

  /** The halves that a document needs; none where it cannot be ours or the extension is switched off. */
  private halvesOf(document: TextDocument): readonly Half[] {
    return isCandidate(document) && this.folderOf(document).settings.isEnabled ? halvesOf(document) : [];
  }

  private servicesOf(document: TextDocument): readonly LanguageService[] {
    const folder = this.folderOf(document);
    const services = this.halvesOf(document).flatMap((half) => this.serviceOf(folder, half) ?? []);
    const templates = folder.services.get('templates');
    const isData = folder.settings.isEnabled && templates?.isLoaded(document.uri.toString()) === true;
    return isData && !services.includes(templates) ? [...services, templates] : services;
  }

  /** The first answer; all are asked, so that each knows the text of a document that both may read. */
  private ask(
    document: TextDocument,
    analyse: (service: LanguageService) => Analysis | undefined,
  ): Analysed | undefined {
    const [answer] = this.servicesOf(document).flatMap((service): Analysed[] => {
      const analysis = analyse(service);
      return analysis === undefined ? [] : [{ analysis, service }];
    });
    return answer;
  }

  private folderOf(document: TextDocument): Folder {
    const uri = workspace.getWorkspaceFolder(document.uri)?.uri;
    const key = uri?.toString() ?? '';
    const known = this.folders.get(key);
    if (known !== undefined) return known;
    const folder: Folder = { settings: readSettings(uri), services: new Map(), mayBeCalled: new Set() };
    this.folders.set(key, folder);
    return folder;
  }

  private serviceOf({ services, settings }: Folder, half: Half): LanguageService | undefined {
    const known = services.get(half);
    const Service = this.loaded.get(half);
    if (known !== undefined || Service === undefined) return known;
    const service = new Service((rule, uri, error) => {
      const reason = error instanceof Error ? error : String(error);
      this.log.error(`The rule ${rule} failed on ${Uri.parse(uri).path}:`, reason);
    });
    service.configure(settings.engine);
    service.workspace.moduleCache = moduleCache();
    services.set(half, service);
    return service;
  }

  private async provideExtras(service: LanguageService): Promise<boolean> {
    if (!service.workspace.wantsExtras) return false;
    const { builtIn } = await this.parts.load('extras');
    service.provideExtras(builtIn);
    return true;
  }
}

/** Where Bicep keeps restored modules on the machine that runs the extension; the worker of a browser has no environment. */
function moduleCache(): ModuleCache | undefined {
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string>> } };
  const cache = findModuleCache(process?.env ?? {});
  return cache && mapModuleCache(cache, (folder) => Uri.file(folder).toString());
}

/** The lines of the analysed document and of those it was analysed with. */
export function linesFor({ analysis, service }: Analysed): LinesOf {
  const known = new Map([[analysis.document.uri, analysis.lines]]);
  return (uri) => {
    const text = known.has(uri) ? undefined : service.workspace.textOf(uri);
    if (text !== undefined) known.set(uri, new LineIndex(text));
    return known.get(uri);
  };
}

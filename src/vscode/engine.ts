import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import { LineIndex } from '../base/line-index.ts';
import type { Analysis } from '../service/analysis.ts';
import { LanguageService } from '../service/language-service.ts';
import { CallerSearch } from './caller-search.ts';
import type { LinesOf } from './convert.ts';
import { isCandidate, toDocument } from './documents.ts';
import { ReferencedFiles } from './referenced-files.ts';
import { readSettings, section } from './settings.ts';

/**
 * The engine behind every feature: one language service per workspace folder, because settings may differ between
 * folders. Services are made when the first document of a folder needs one.
 */
export class Engine implements Disposable {
  private readonly log: LogOutputChannel;
  /** By folder; undefined where the settings switch the extension off. */
  private readonly services = new Map<string, LanguageService | undefined>();
  private readonly changed = new EventEmitter<void>();
  private readonly files = new ReferencedFiles(() => this.changed.fire());
  /** Folders in which a template is open: only they are searched for its callers. */
  private readonly templateFolders = new Set<string>();
  private readonly callers = new CallerSearch();
  private readonly subscription: Disposable;

  /** Fires when findings may have changed although no open document did: by a setting, or a file on disk. */
  readonly onDidChange = this.changed.event;

  constructor(log: LogOutputChannel) {
    this.log = log;
    this.subscription = workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      this.services.clear();
      this.files.clear();
      this.changed.fire();
    });
  }

  /** The service for a document; undefined where the document cannot be ours or the extension is switched off. */
  serviceFor(document: TextDocument): LanguageService | undefined {
    if (!isCandidate(document)) return undefined;
    const key = folderOf(document);
    if (!this.services.has(key)) {
      this.services.set(key, this.createService(workspace.getWorkspaceFolder(document.uri)?.uri));
    }
    return this.services.get(key);
  }

  /** The analysis of the document as it stands now; undefined for a document that is none of ours. */
  analyse(document: TextDocument): Analysis | undefined {
    const analysis = this.serviceFor(document)?.analyse(toDocument(document));
    if (analysis !== undefined && analysis.language !== 'coredns') this.templateFolders.add(folderOf(document));
    return analysis;
  }

  /** The lines of the analysed document and of those it was analysed with. */
  linesFor(document: TextDocument, analysis: Analysis): LinesOf {
    const service = this.serviceFor(document);
    const known = new Map([[analysis.document.uri, analysis.lines]]);
    return (uri) => {
      const text = known.has(uri) ? undefined : service?.workspace.parse(uri)?.document.text;
      if (text !== undefined) known.set(uri, new LineIndex(text));
      return known.get(uri);
    };
  }

  /** Reads the files that were asked for while documents were analysed. Whether findings may have changed by that. */
  async readReferencedFiles(): Promise<boolean> {
    const results = await Promise.all(
      [...this.services].map(async ([folder, service]) => {
        if (service === undefined) return false;
        if (this.templateFolders.has(folder)) await this.callers.search(service, folder);
        return this.files.provide(service);
      }),
    );
    return results.includes(true);
  }

  /** Forgets a document that was closed. */
  close(document: TextDocument): void {
    this.serviceFor(document)?.close(document.uri.toString());
  }

  dispose(): void {
    this.subscription.dispose();
    this.files.dispose();
    this.changed.dispose();
  }

  private createService(folder: Uri | undefined): LanguageService | undefined {
    const settings = readSettings(folder);
    if (!settings.isEnabled) return undefined;
    const service = new LanguageService((rule, uri, error) => {
      const reason = error instanceof Error ? error : String(error);
      this.log.error(`The rule ${rule} failed on ${Uri.parse(uri).path}:`, reason);
    });
    service.configure(settings.engine);
    return service;
  }
}

/** The workspace folder of a document; `''` for one outside of all folders. */
function folderOf(document: TextDocument): string {
  return workspace.getWorkspaceFolder(document.uri)?.uri.toString() ?? '';
}

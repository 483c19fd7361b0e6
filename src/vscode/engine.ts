import { type Disposable, EventEmitter, type LogOutputChannel, type TextDocument, Uri, workspace } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import { LanguageService } from '../service/language-service.ts';
import { isCandidate, toDocument } from './documents.ts';
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
  private readonly subscription: Disposable;

  /** Fires when settings have changed, and with them possibly every finding. */
  readonly onDidChangeSettings = this.changed.event;

  constructor(log: LogOutputChannel) {
    this.log = log;
    this.subscription = workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(section)) return;
      this.services.clear();
      this.changed.fire();
    });
  }

  /** The service for a document; undefined where the document cannot be ours or the extension is switched off. */
  serviceFor(document: TextDocument): LanguageService | undefined {
    if (!isCandidate(document)) return undefined;
    const folder = workspace.getWorkspaceFolder(document.uri)?.uri;
    const key = folder?.toString() ?? '';
    if (!this.services.has(key)) this.services.set(key, this.createService(folder));
    return this.services.get(key);
  }

  /** The analysis of the document as it stands now; undefined for a document that is none of ours. */
  analyse(document: TextDocument): Analysis | undefined {
    return this.serviceFor(document)?.analyse(toDocument(document));
  }

  /** Forgets a document that was closed. */
  close(document: TextDocument): void {
    this.serviceFor(document)?.close(document.uri.toString());
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private createService(folder: Uri | undefined): LanguageService | undefined {
    const settings = readSettings(folder);
    if (!settings.isEnabled) return undefined;
    const service = new LanguageService((rule, uri, error) => {
      this.log.error(
        `The rule ${rule} failed on ${Uri.parse(uri).path}:`,
        error instanceof Error ? error : String(error),
      );
    });
    service.configure(settings.engine);
    return service;
  }
}

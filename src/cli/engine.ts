import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Analysis } from '../service/analysis.ts';
import { isIgnored } from '../service/configuration.ts';
import { LanguageService } from '../service/language-service.ts';
import { type ModuleCache, mapModuleCache } from '../service/module-cache.ts';
import type { SettingsLayer } from '../service/settings.ts';
import type { FileContent } from '../service/workspace.ts';
import { decodeText } from './text-file.ts';

/** A file that other files name is read up to this size; what they need of it is a template or a few values. */
const maxReferencedBytes = 20 * 1024 * 1024;

/** The engine over files: it is told the texts to analyse and reads what they reference from the disk by itself. */
export class Engine {
  private readonly service: LanguageService;
  private readonly texts = new Map<string, string>();
  private readonly failures = new Set<string>();
  private version = 0;

  /**
   * `onBug` hears of every rule that fails, once for each file. `moduleCache` is where Bicep keeps restored modules.
   */
  constructor(settings: SettingsLayer, onBug: (message: string) => void, moduleCache?: ModuleCache) {
    this.service = new LanguageService((rule, uri, error) => {
      const message = `Rule ${rule} failed on ${fileURLToPath(uri)}. This is a bug in aksnet.`;
      if (this.failures.has(message)) return;
      this.failures.add(message);
      onBug(`${message}\n${error instanceof Error ? error.stack : String(error)}`);
    });
    this.service.configure(settings);
    this.service.workspace.moduleCache =
      moduleCache && mapModuleCache(moduleCache, (folder) => fileUri(path.resolve(folder)));
  }

  /** Sets the text of a file, so that others that reference it see this text; false where it is none of ours. */
  open(file: string, text: string): boolean {
    const uri = fileUri(file);
    this.service.workspace.update({ uri, languageId: '', version: ++this.version, text });
    if (this.service.workspace.parse(uri) === undefined && !this.isLoaded(file)) {
      this.service.close(uri);
      return false;
    }
    this.texts.set(uri, text);
    return true;
  }

  /** Whether a file is none of ours, but there for templates that are open to load. */
  isLoaded(file: string): boolean {
    return this.service.isLoaded(fileUri(file));
  }

  /** The analysis of an open file with everything that it and its callers reference; undefined for any other file. */
  async analyse(file: string): Promise<Analysis | undefined> {
    const uri = fileUri(file);
    const text = this.texts.get(uri);
    if (text === undefined) return undefined;
    const { workspace } = this.service;
    for (;;) {
      const analysis = this.service.analyse({ uri, languageId: '', version: this.version, text });
      // Every round reads files that were not known before, so that it ends with the last file that is referenced.
      const { wanted } = workspace;
      if (wanted.length === 0) return analysis;
      for (const missing of wanted) workspace.provide(missing, await this.read(missing));
    }
  }

  /** The files that an analysed file leads to: modules, parameter files, what is loaded. */
  filesBelow(file: string): string[] {
    return this.service.filesBelow(fileUri(file)).map((uri) => fileURLToPath(uri));
  }

  /** The configuration file that counts for an analysed file, and whether it says to leave that file alone. */
  configurationOf(file: string): { readonly path: string; readonly isIgnored: boolean } | undefined {
    const configuration = this.service.configurationOf(fileUri(file));
    if (configuration === undefined) return undefined;
    return { path: fileURLToPath(configuration.uri), isIgnored: isIgnored(configuration, fileUri(file)) };
  }

  /** The text of a file that was opened or referenced; undefined for any other. */
  textOf(uri: string): string | undefined {
    return this.texts.get(uri);
  }

  private async read(uri: string): Promise<FileContent> {
    const content = await readReferenced(uri);
    if (content.kind === 'text') this.texts.set(uri, content.text);
    return content;
  }
}

/**
 * The URI under which the engine knows a file. The engine writes the paths that templates name with `encodeURIComponent`,
 * and the URIs of one file have to be the same.
 */
export function fileUri(file: string): string {
  // A Windows share: its host cannot stand in the path.
  if (file.startsWith('\\\\')) return pathToFileURL(file).href;
  const slashed = path.sep === '\\' ? `/${file.replaceAll('\\', '/')}` : file;
  return `file://${slashed.split('/').map(encodeURIComponent).join('/')}`;
}

async function readReferenced(uri: string): Promise<FileContent> {
  const { host, protocol } = new URL(uri);
  // A path with a host leads to another machine, and linting makes no request to any.
  if (protocol !== 'file:' || host !== '') return { kind: 'unreadable' };
  try {
    const file = fileURLToPath(uri);
    const found = await stat(file);
    if (!found.isFile() || found.size > maxReferencedBytes) return { kind: 'unreadable' };
    return { kind: 'text', text: decodeText(await readFile(file)).text };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { kind: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable' };
  }
}

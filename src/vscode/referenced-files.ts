import { Disposable, FileSystemError, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { LanguageService } from '../service/language-service.ts';
import type { FileContent } from '../service/workspace.ts';

/** Larger files are not read; no template is nearly as large. */
const sizeLimit = 10 * 1024 * 1024;

/** Reads the files that open documents reference, through the editor: each once, and again after it has changed. */
export class ReferencedFiles implements Disposable {
  private readonly onChange: () => void;
  /** By service, the files that were read: how the editor spells their URIs, and how the service does. */
  private readonly known = new Map<LanguageService, Map<string, string>>();
  /** One for each folder, not below it: the files may lie outside of the workspace. */
  private readonly watchers = new Map<string, Disposable>();

  /** `onChange` is called when a file that was read has changed. */
  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** Gives a service the files that it asks for. Whether it got any. */
  async provide(service: LanguageService): Promise<boolean> {
    const { wanted } = service.workspace;
    if (wanted.length === 0) return false;
    const known = this.known.get(service) ?? new Map<string, string>();
    this.known.set(service, known);
    await Promise.all(
      wanted.map(async (name) => {
        const uri = Uri.parse(name);
        const isReadable = isNear(uri);
        known.set(uri.toString(), name);
        if (isReadable) this.watch(Uri.joinPath(uri, '..'));
        service.workspace.provide(name, isReadable ? await read(uri) : { kind: 'unreadable' });
      }),
    );
    return true;
  }

  /** Forgets every file, for services that are no longer used. */
  clear(): void {
    this.known.clear();
    for (const watcher of this.watchers.values()) watcher.dispose();
    this.watchers.clear();
  }

  dispose(): void {
    this.clear();
  }

  private watch(folder: Uri): void {
    if (this.watchers.has(folder.toString())) return;
    const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, '*'));
    const forget = (uri: Uri): void => this.forget(uri.toString());
    this.watchers.set(
      folder.toString(),
      Disposable.from(watcher, watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget)),
    );
  }

  private forget(uri: string): void {
    for (const [service, known] of this.known) {
      const name = known.get(uri);
      if (name === undefined) continue;
      known.delete(uri);
      service.workspace.forget(name);
      this.onChange();
    }
  }
}

async function read(uri: Uri): Promise<FileContent> {
  try {
    const { type, size } = await workspace.fs.stat(uri);
    if ((type & FileType.File) === 0 || size > sizeLimit) return { kind: 'unreadable' };
    return { kind: 'text', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) };
  } catch (error) {
    const isMissing = error instanceof FileSystemError && error.code === 'FileNotFound';
    return { kind: isMissing ? 'missing' : 'unreadable' };
  }
}

/** A path such as `//host/share` leads to another machine, where a document may not send anyone. */
function isNear({ scheme, authority }: Uri): boolean {
  const places = [
    ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri),
    ...workspace.textDocuments.map((document) => document.uri),
  ];
  return places.some((place) => place.scheme === scheme && place.authority === authority);
}

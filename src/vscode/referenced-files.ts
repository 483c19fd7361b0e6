import { Disposable, FileSystemError, FileType, Uri, workspace } from 'vscode';
import type { LanguageService } from '../service/language-service.ts';
import type { FileContent } from '../service/workspace.ts';

/** Larger files are not read; no template is nearly as large. */
const sizeLimit = 10 * 1024 * 1024;

/** Reads the files that open documents reference, through the editor: each once, and again after it has changed. */
export class ReferencedFiles implements Disposable {
  private readonly onChange: () => void;
  private readonly known = new Map<LanguageService, Set<string>>();
  private watcher: Disposable | undefined;

  /** `onChange` is called when a file that was read has changed. */
  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** Gives a service the files that it asks for. Whether it got any. */
  async provide(service: LanguageService): Promise<boolean> {
    const { wanted } = service.workspace;
    if (wanted.length === 0) return false;
    const known = this.known.get(service) ?? new Set();
    this.known.set(service, known);
    this.watcher ??= this.watch();
    for (const uri of wanted) known.add(uri);
    await Promise.all(wanted.map(async (uri) => service.workspace.provide(uri, await read(Uri.parse(uri)))));
    return true;
  }

  /** Forgets every file, for services that are no longer used. */
  clear(): void {
    this.known.clear();
  }

  dispose(): void {
    this.watcher?.dispose();
  }

  private watch(): Disposable {
    const watcher = workspace.createFileSystemWatcher('**/*.{bicep,bicepparam,json,jsonc}');
    const forget = (uri: Uri): void => {
      const name = uri.toString();
      for (const [service, known] of this.known) {
        if (!known.delete(name)) continue;
        service.workspace.forget(name);
        this.onChange();
      }
    };
    return Disposable.from(
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
    );
  }
}

async function read(uri: Uri): Promise<FileContent> {
  if (!isNear(uri)) return { kind: 'unreadable' };
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

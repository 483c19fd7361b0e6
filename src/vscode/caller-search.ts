import { RelativePattern, Uri, workspace } from 'vscode';
import type { LanguageService } from '../service/language-service.ts';

/** Files that can call a module or give a template its parameters. */
const callers = '**/{*.bicep,*.bicepparam,*.parameters.json,*.parameters.*.json}';

/** Folders whose files are never the user's own. */
const ignored = '**/{node_modules,.git,.terraform,bin,obj}/**';

/** Files of one folder that are looked at. Above it, modules are judged by the callers found so far. */
const maxFiles = 500;

/**
 * Finds the files of a workspace folder through which an open module may be reached: the values that matter most stand
 * in its callers. The engine reads them like any file that was asked for.
 */
export class CallerSearch {
  private readonly searched = new WeakSet<LanguageService>();

  /** Lets the service ask for the possible callers of a folder; `folder` is empty for documents outside of folders. */
  async search(service: LanguageService, folder: string): Promise<void> {
    if (folder === '' || this.searched.has(service)) return;
    this.searched.add(service);
    const found = await workspace.findFiles(new RelativePattern(Uri.parse(folder), callers), ignored, maxFiles);
    for (const uri of found) service.workspace.want(uri.toString());
  }
}

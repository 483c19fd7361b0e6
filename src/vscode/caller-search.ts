import { RelativePattern, Uri, workspace } from 'vscode';
import type { Half } from '../service/halves.ts';
import type { LanguageService } from '../service/language-service.ts';

/** Files that can call a module or give a template its parameters, and those that make keys from files of Corefile text. */
const callers: Readonly<Record<Half, string>> = {
  templates: '**/{*.bicep,*.bicepparam,parameters.json,*.parameters.json,*.parameters.*.json}',
  coredns: '**/kustomization.{yaml,yml}',
};

/** Folders whose files are never the user's own. */
const ignored = '**/{node_modules,.git,.terraform,bin,obj}/**';

/** Files of one folder that are looked at. Above it, modules are judged by the callers found so far. */
const maxFiles = 500;

/**
 * Finds the files of a workspace folder through which an open module or key may be reached: what matters most stands in
 * its callers. The engine reads them like any file that was asked for.
 */
export class CallerSearch {
  private readonly searched = new WeakSet<LanguageService>();

  /** Lets the service ask for the possible callers of a folder; `folder` is empty for documents outside of folders. */
  async search(service: LanguageService, half: Half, folder: string): Promise<void> {
    if (folder === '' || this.searched.has(service)) return;
    this.searched.add(service);
    const found = await workspace.findFiles(new RelativePattern(Uri.parse(folder), callers[half]), ignored, maxFiles);
    for (const uri of found) service.workspace.want(uri.toString());
  }
}

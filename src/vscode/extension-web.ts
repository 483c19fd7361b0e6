import { type ExtensionContext, Uri, workspace } from 'vscode';
import { activateWith } from './activate.ts';

/** Called by an editor without Node, such as vscode.dev, when the first document opens that may be one of ours. */
export function activate(context: ExtensionContext): void {
  activateWith(context, (file) => importModule(Uri.joinPath(context.extensionUri, 'dist', file)));
}

/**
 * Imports a module of the extension. The web host offers no `require` for it, and the address of its files is one that
 * only the editor can read; a browser imports what it has read from an object URL.
 */
async function importModule(uri: Uri): Promise<unknown> {
  const bytes = await workspace.fs.readFile(uri);
  const url = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'text/javascript' }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

import { commands, type Uri, window } from 'vscode';

/** Shows a Markdown document as the editor renders it. */
export async function showPreview(uri: Uri): Promise<void> {
  try {
    await commands.executeCommand('markdown.showPreview', uri);
  } catch {
    // The editor's own Markdown extension can be switched off; the page reads well as text, too.
    await window.showTextDocument(uri, { preview: true });
  }
}

import type { ExtensionContext } from 'vscode';
import { activateWith } from './activate.ts';

/** Called by an editor with Node when the first document opens that may be one of ours. */
export function activate(context: ExtensionContext): void {
  activateWith(context, (file) => {
    // In a variable, so that the bundler leaves the import to Node.
    const beside = `./${file}`;
    return import(beside);
  });
}

import type { DocumentSelector, TextDocument } from 'vscode';
import type { Document } from '../service/document.ts';
import { type Half, halvesFor } from '../service/halves.ts';

/** The editor languages in which our documents are written; most JSON and YAML documents are none of ours. */
export const languageIds: ReadonlySet<string> = new Set([
  'bicep',
  'bicep-params',
  'arm-template',
  'arm-template-parameters',
  'json',
  'jsonc',
  'yaml',
  'corefile',
]);

/** Selects every document that may be one of ours. */
export const selector: DocumentSelector = [...languageIds].map((language) => ({ language }));

/** Whether a document may be one of ours, judged without a look at its text. */
export function isCandidate(document: TextDocument): boolean {
  // The Git extension opens the old side of every comparison as a document of its own.
  return languageIds.has(document.languageId) && document.uri.scheme !== 'git';
}

const snapshots = new WeakMap<TextDocument, Document>();

/** The document as the engine takes it. The text is copied out of the editor once per version. */
export function toDocument(document: TextDocument): Document {
  const known = snapshots.get(document);
  if (known !== undefined && known.version === document.version && known.languageId === document.languageId)
    return known;
  const snapshot: Document = {
    uri: document.uri.toString(),
    languageId: document.languageId,
    version: document.version,
    text: document.getText(),
  };
  snapshots.set(document, snapshot);
  return snapshot;
}

const halves = new WeakMap<Document, readonly Half[]>();

/** The halves of the engine that a document may need, judged once per version. */
export function halvesOf(document: TextDocument): readonly Half[] {
  const snapshot = toDocument(document);
  const known = halves.get(snapshot) ?? halvesFor(snapshot);
  halves.set(snapshot, known);
  return known;
}

/** One open text. `version` grows with every change, as editors count it. */
export interface Document {
  readonly uri: string;
  /** The editor's language id; `''` where there is no editor. */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** The last segment of a document's URI, decoded. */
export function fileName(uri: string): string {
  const path = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

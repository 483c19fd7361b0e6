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

/** The name of configuration files. The nearest one in the folder of a document or above it counts. */
export const configurationName = 'aksnet.jsonc';

/** Whether a document is a configuration file. */
export function isConfiguration(uri: string): boolean {
  return fileName(uri) === configurationName;
}

/** Whether a document is Bicep, by its language or its name. */
export function isBicep({ languageId, uri }: Document): boolean {
  return languageId.startsWith('bicep') || /\.bicep(?:param)?$/i.test(fileName(uri));
}

/** Whether a document is JSON, by its language or its name. */
export function isJson({ languageId, uri }: Document): boolean {
  return (
    ['json', 'jsonc', 'arm-template', 'arm-template-parameters'].includes(languageId) ||
    /\.jsonc?$/i.test(fileName(uri))
  );
}

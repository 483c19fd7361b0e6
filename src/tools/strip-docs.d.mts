/** See strip-docs.mjs. */
export function emptyProperties(text: string): string;

/** See strip-docs.mjs. */
export function emptyProperties(text: string, properties?: readonly string[]): string;
export function languagesOf(text: string): string[];
export function withoutCheck(text: string): string;

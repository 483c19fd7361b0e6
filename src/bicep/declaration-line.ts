/** The words that begin a declaration, in `.bicep` and `.bicepparam` files of any age. */
export const declarationKeywords: ReadonlySet<string> = new Set([
  'targetScope',
  'metadata',
  'param',
  'var',
  'type',
  'func',
  'resource',
  'module',
  'output',
  'import',
  'extension',
  'provider',
  'assert',
  'test',
  'using',
  'extends',
  'extensionConfig',
]);

const declarationLine =
  /[\r\n](?=(?:(?:metadata|param|var|type|func|resource|module|output|extension|provider|assert|test|extensionConfig)[ \t]+[A-Za-z_]|targetScope[ \t]*=|(?:import|using|extends|extension|provider)[ \t]+['{*]|@[A-Za-z_]))/g;

/**
 * The end of the last line before the next one that begins, in its first column, like a declaration, searched from
 * `from`; the end of the text if there is none. An unclosed comment or multi-line string is cut there.
 */
export function findDeclarationLine(text: string, from: number): number {
  declarationLine.lastIndex = from;
  const match = declarationLine.exec(text);
  if (match === null) return text.length;
  let end = match.index;
  while (end > from && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
  return end;
}

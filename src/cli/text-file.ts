import { readFile, writeFile } from 'node:fs/promises';

/** A file's text as editors show it, and what has to be put back around it when it is written again. */
export interface TextFile {
  /** Without a byte order mark; line endings as they are. */
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly hasByteOrderMark: boolean;
  /** Whether the bytes are exactly what this text encodes to. A file of other bytes is read but never written. */
  readonly isExact: boolean;
}

/** Reads UTF-8, and UTF-16 that says so with a byte order mark; every other byte becomes U+FFFD. */
export function decodeText(bytes: Uint8Array): TextFile {
  const { encoding, markLength } = detect(bytes);
  const body = bytes.subarray(markLength);
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(body);
  const file = { text, encoding, hasByteOrderMark: markLength > 0, isExact: true };
  return { ...file, isExact: Buffer.compare(encodeText(file, text), bytes) === 0 };
}

/** The bytes of a new text in the encoding of the file that it comes from. */
export function encodeText(file: Pick<TextFile, 'encoding' | 'hasByteOrderMark'>, text: string): Uint8Array {
  const marked = file.hasByteOrderMark ? `\uFEFF${text}` : text;
  if (file.encoding === 'utf-8') return Buffer.from(marked, 'utf8');
  const bytes = Buffer.from(marked, 'utf16le');
  return file.encoding === 'utf-16le' ? bytes : bytes.swap16();
}

/** Reads a file; rejects as `node:fs` does. */
export async function readTextFile(path: string): Promise<TextFile> {
  return decodeText(await readFile(path));
}

/** Replaces the text of a file and keeps its encoding and byte order mark. */
export async function writeTextFile(path: string, file: TextFile, text: string): Promise<void> {
  await writeFile(path, encodeText(file, text));
}

function detect(bytes: Uint8Array): { readonly encoding: TextFile['encoding']; readonly markLength: number } {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', markLength: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', markLength: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', markLength: 2 };
  return { encoding: 'utf-8', markLength: 0 };
}

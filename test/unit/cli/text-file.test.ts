import { describe, expect, test } from 'vitest';
import { decodeText, encodeText } from '../../../src/cli/text-file.ts';

const text = "name: 'é网🚀'\r\nx\n";

describe('the text of a file', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('is read from %s without its mark and written back to the same bytes', (_, bytes) => {
    const file = decodeText(bytes);
    expect(file.text).toBe(text);
    expect(file.isExact).toBe(true);
    expect(Buffer.from(encodeText(file, file.text)).equals(bytes)).toBe(true);
  });

  test('is known to be inexact where bytes are no text', () => {
    expect(decodeText(Uint8Array.of(0x61, 0xff, 0x62))).toMatchObject({ text: 'a\uFFFDb', isExact: false });
    expect(decodeText(Uint8Array.of(0xff, 0xfe, 0x61))).toMatchObject({ isExact: false });
  });

  test('keeps a second byte order mark, which is a character of the text', () => {
    expect(decodeText(Buffer.from('\uFEFF\uFEFFx')).text).toBe('\uFEFFx');
  });
});

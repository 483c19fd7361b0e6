import { nearestPlugin, newestAksCoredns, pluginFacts } from '../model/dns-queries.ts';
import type { Token } from './corefile-token.ts';

/** Whether a word can only be the key of a server block: it has a port, a scheme, dots, or is a snippet's name. */
export function looksLikeZone(text: string): boolean {
  if (pluginFacts(text) !== undefined) return false;
  return (
    /^(?:dns|tls|quic|grpc|https|https3):\/\//.test(text) ||
    /^\(.*\)\{?$/.test(text) ||
    /^\.\{?$/.test(text) ||
    /:\d+,?\{?$/.test(text) ||
    /^[^{}"]+\.[^{}"]*,?\{?$/.test(text)
  );
}

/** Whether the line that begins at `index` opens a server block: it ends in `{` and its first word is no plugin. */
export function opensServerBlock(tokens: readonly Token[], index: number): boolean {
  const first = tokens[index];
  if (first === undefined || !first.startsLine || first.text === '}' || first.text === '{') return false;
  if (pluginFacts(first.text) !== undefined || first.text === 'import') return false;
  let last = index;
  while (tokens[last + 1]?.startsLine === false && tokens[last]?.text !== '{') last++;
  const brace = tokens[last]?.text === '{' ? last : tokens[last + 1]?.text === '{' ? last + 1 : undefined;
  if (brace === undefined) return looksLikeZone(first.text) && isGluedOpen(tokens[last]);
  if (looksLikeZone(first.text)) return true;
  // A single label such as `corp {` is a zone if plugins follow and no plugin has a similar name.
  if (last - index > 1 || isGluedOpen(first) || pluginFacts(tokens[brace + 1]?.text ?? '') === undefined) return false;
  return nearestPlugin(first.text, newestAksCoredns) === undefined;
}

/** Whether a `{` is stuck to the end of the word. References such as `{$NAME}` and groups such as `{1}` are not. */
export function isGluedOpen(token: Token | undefined): boolean {
  if (token === undefined || token.isQuoted || token.text.length < 2) return false;
  if (token.text === '{}') return true;
  if (!token.text.endsWith('{')) return false;
  return /[^{$%\\]\{$/.test(token.text);
}

/** Whether a `}` is stuck to the beginning of the word, as in `}x`. */
export function isGluedClose(token: Token): boolean {
  return token.text.charCodeAt(0) === 125 && !token.isQuoted && token.text.length > 1;
}

/** The word without the brace at its end. */
export function withoutBrace(token: Token): Token {
  return token.shortened(token.text === '{}' ? 2 : 1);
}

/** The number of characters before the first word of the token's line. */
export function lineIndent(text: string, token: Token): number {
  let { start } = token;
  while (start > 0 && text.charCodeAt(start - 1) !== 10) start--;
  let indent = 0;
  while (text[start + indent] === ' ' || text[start + indent] === '\t') indent++;
  return indent;
}

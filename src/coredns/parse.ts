import { OffsetMap } from '../base/offset-map.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import { maxLength, readConfigMaps } from './config-map.ts';
import type { ConfigMapSyntax, EmbeddedCorefile } from './config-map-syntax.ts';
import { parseCorefile } from './corefile-parser.ts';
import type { CorednsKind } from './recognise.ts';
import { maskTemplates } from './template-mask.ts';

/** A parsed file that holds Corefile text. */
export interface CorednsFile {
  readonly uri: string;
  readonly text: string;
  readonly kind: CorednsKind;
  readonly tree: CorednsTree;
  /** What CoreDNS refuses and no rule about braces, keys or YAML reports. */
  readonly errors: readonly ParseError[];
  /** The comments of the YAML and of the Corefiles in it, in order. */
  readonly comments: readonly Comment[];
}

export interface CorednsTree {
  readonly configMaps: readonly ConfigMapSyntax[];
  readonly corefiles: readonly EmbeddedCorefile[];
}

/** Parses a file and never throws. What cannot be read is left out and reported; what a tool has yet to fill in is unknown. */
export function parseCoredns(text: string, kind: CorednsKind, uri = ''): CorednsFile {
  if (kind === 'yaml') {
    const { configMaps, errors, comments } = readConfigMaps(text, uri);
    return { uri, text, kind, tree: { configMaps, corefiles: [] }, errors, comments };
  }
  if (text.length > maxLength) {
    const message = 'This Corefile is too long to be checked. Split it up and import the parts.';
    const errors = [{ span: { start: 0, end: 0 }, message }];
    return { uri, text, kind, tree: { configMaps: [], corefiles: [] }, errors, comments: [] };
  }
  const masked = maskTemplates(text);
  const map = OffsetMap.identity(0, text.length);
  const syntax = parseCorefile(masked.text, kind, { uri, map });
  const isTemplated = masked.lineDeciders.length > 0;
  if (isTemplated && syntax.braceProblems.length > 0) {
    return { uri, text, kind, tree: { configMaps: [], corefiles: [] }, errors: [], comments: syntax.comments };
  }
  const corefiles = [{ syntax, map, isTemplated }];
  const errors = isTemplated ? [] : syntax.errors;
  return { uri, text, kind, tree: { configMaps: [], corefiles }, errors, comments: syntax.comments };
}

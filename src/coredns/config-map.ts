import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, visit, type YAMLMap } from 'yaml';
import { OffsetMap } from '../base/offset-map.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { CorefileRole } from '../model/dns.ts';
import { mayBeReplaced, roleOfKey } from '../model/dns-queries.ts';
import { readGenerators } from './config-map-generator.ts';
import { isKubeDnsKey, readStubDomains } from './config-map-kube-dns.ts';
import type { ConfigMapFile, ConfigMapSyntax, EntrySyntax, ProblemSyntax, TextSyntax } from './config-map-syntax.ts';
import { lexCorefile } from './corefile-lexer.ts';
import { parseCorefile } from './corefile-parser.ts';
import type { Token } from './corefile-token.ts';
import { verdictOf } from './corefile-verdict.ts';
import { looksLikeCorefile, mayHoldCorefile } from './recognise.ts';
import { literalIndicator } from './repair.ts';
import { blockScalarText, plainScalarText, quotedScalarText, type ScalarText } from './scalar-text.ts';
import { maskTemplates } from './template-mask.ts';
import { type Chunk, readYamlDocument, splitDocuments, type YamlDocument } from './yaml-document.ts';
import { yamlProblems } from './yaml-problems.ts';

/** A longer document is not read: Kubernetes keeps no ConfigMap above 1 MiB. */
export const maxLength = 4_000_000;

/** Reads every ConfigMap of a YAML file that holds Corefile text; other documents and templates are passed over. */
export function readConfigMaps(text: string, uri: string): ConfigMapFile {
  const configMaps: ConfigMapSyntax[] = [];
  const comments: Comment[] = [];
  for (const written of splitDocuments(text)) {
    if (!mayHoldCorefile(written.text)) continue;
    const masked = maskTemplates(written.text);
    const chunk = { start: written.start, text: masked.text };
    if (chunk.text.length > maxLength) {
      configMaps.push(
        unreadable(chunk, 'too-large', 'This document is too long to be checked. Kubernetes takes 1 MiB.'),
      );
      continue;
    }
    const yaml = readSafely(chunk);
    if (yaml === undefined) {
      configMaps.push(unreadable(chunk, 'yaml', 'This document is nested too deeply to be read. Remove nesting.'));
      continue;
    }
    const isTemplated = masked.text !== written.text;
    // What a template makes of broken YAML is not known.
    if (isTemplated && yaml.document.errors.length > 0) continue;
    const found = new DocumentReader(yaml, uri, chunk, isTemplated ? masked.lineDeciders : undefined).read();
    if (found.length === 0) continue;
    configMaps.push(...found);
    comments.push(...yaml.comments);
  }
  const errors: ParseError[] = [];
  for (const { corefile } of configMaps.flatMap((configMap) => configMap.entries)) {
    if (corefile === undefined) continue;
    const { syntax, map, isTemplated } = corefile;
    for (const comment of syntax.comments) comments.push({ ...comment, span: map.spanToOuter(comment.span) });
    if (syntax.role === 'ignored' || isTemplated) continue;
    for (const error of syntax.errors) errors.push({ ...error, span: map.spanToOuter(error.span) });
  }
  comments.sort((a, b) => a.span.start - b.span.start);
  return { configMaps, errors, comments };
}

function readSafely(chunk: Chunk): YamlDocument | undefined {
  try {
    return readYamlDocument(chunk);
  } catch {
    // The parser of the library works recursively and runs out of stack in documents that nest thousands deep.
    return undefined;
  }
}

function unreadable(chunk: Chunk, kind: 'yaml' | 'too-large', message: string): ConfigMapSyntax {
  const offset = chunk.text.search(/^kind[ \t]*:/m);
  const start = chunk.start + Math.max(0, offset);
  const header = { start, end: start + (offset < 0 ? 0 : 4) };
  return { ...nothing, header, problems: [{ kind, message, span: header }] };
}

const nothing = {
  name: undefined,
  namespace: undefined,
  metadata: undefined,
  data: undefined,
  entries: [],
  isTemplated: false,
  generator: undefined,
};

class DocumentReader {
  private readonly yaml: YamlDocument;
  private readonly uri: string;
  private readonly problems: readonly ProblemSyntax[];
  /** Where the first error that no repair explains stands; the text of the key before it may be cut short. */
  private readonly errorOffset: number | undefined;
  private readonly first: Span;
  /** Where in the file a repair put an indicator. */
  private readonly insertedIndicators: ReadonlySet<number>;
  private anchors: ReadonlyMap<string, Scalar> | undefined;

  /** Where in the document a template decides which lines there are; undefined in a document that is no template. */
  private readonly lineDeciders: readonly number[] | undefined;

  constructor(yaml: YamlDocument, uri: string, chunk: Chunk, lineDeciders: readonly number[] | undefined) {
    this.yaml = yaml;
    this.uri = uri;
    this.lineDeciders = lineDeciders?.map((offset) => chunk.start + offset);
    this.problems = lineDeciders === undefined ? yamlProblems(yaml) : [];
    this.errorOffset = this.problems.find((problem) => problem.kind === 'yaml')?.span.start;
    const indicators = yaml.insertions.filter(({ kind }) => kind === 'indicator');
    this.insertedIndicators = new Set(indicators.map(({ offset }) => chunk.start + offset));
    const begin = chunk.start + Math.max(0, chunk.text.search(/^(?!---|#)\S/m));
    this.first = { start: begin, end: begin };
  }

  read(): readonly ConfigMapSyntax[] {
    const root = this.yaml.document.contents;
    if (!isMap(root)) {
      // Only what says that it is a ConfigMap is ours to complain about.
      const isOurs = /^[ \t]*kind[ \t]*:[ \t]*["']?ConfigMap/m.test(this.yaml.text);
      return isOurs && this.problems.length > 0 ? [this.withoutContent()] : [];
    }
    const generated = readGenerators(root, {
      text: (node) => this.text(node),
      scalar: (node) => this.scalarText(node),
      uri: this.uri,
    });
    if (generated.length > 0) return generated;
    const items = findPair(root, 'items')?.value;
    const maps = isSeq(items) ? items.items.filter((item) => isMap(item)) : [root];
    const configMaps: ConfigMapSyntax[] = [];
    for (const map of maps) {
      const configMap = this.configMap(map, configMaps.length === 0 ? this.problems : []);
      if (configMap !== undefined) configMaps.push(configMap);
    }
    return configMaps;
  }

  private withoutContent(): ConfigMapSyntax {
    const { problems, first: header } = this;
    return { ...nothing, header, problems };
  }

  private configMap(map: YAMLMap, problems: readonly ProblemSyntax[]): ConfigMapSyntax | undefined {
    const kind = findPair(map, 'kind');
    const isBroken = problems.some((problem) => problem.kind === 'yaml');
    const kindText = textOf(kind?.value);
    if (kindText !== 'ConfigMap' && !(isBroken && kindText === undefined)) return undefined;
    const metadata = findPair(map, 'metadata');
    const data = findPair(map, 'data');
    const metadataMap = isMap(metadata?.value) ? metadata.value : undefined;
    const name = this.text(metadataMap && findPair(metadataMap, 'name')?.value);
    const namespace = this.text(metadataMap && findPair(metadataMap, 'namespace')?.value);
    const isInserted = this.yaml.insertions.some((insertion) => insertion.kind === 'data');
    const entries: EntrySyntax[] = [];
    const collect = (parent: EntrySyntax['parent'], holder: unknown): void => {
      if (!isMap(holder)) return;
      for (const pair of holder.items) {
        const entry = this.entry(pair, parent, name?.text);
        if (entry !== undefined) entries.push(entry);
      }
    };
    collect('document', map);
    collect('metadata', metadataMap);
    collect(isInserted ? 'metadata' : 'data', data?.value);
    const isCustom =
      name?.text === 'coredns-custom' ||
      name?.text === 'coredns' ||
      entries.some(({ kubeDns }) => kubeDns !== undefined);
    const hasCorefile = entries.some(
      ({ corefile }) => corefile !== undefined && looksLikeCorefile(corefile.syntax.text),
    );
    if (!isCustom && !hasCorefile && (problems.length === 0 || name !== undefined)) return undefined;
    entries.sort((a, b) => a.span.start - b.span.start);
    const repeated = [map, metadataMap, data?.value].flatMap((holder) => this.repeatedKeys(holder));
    return {
      name,
      namespace,
      header: this.text(kind?.value)?.span ?? this.first,
      metadata: this.yaml.insertions.some((insertion) => insertion.kind === 'metadata')
        ? undefined
        : this.text(metadata?.key)?.span,
      data: isInserted ? undefined : this.text(data?.key)?.span,
      entries: this.errorOffset === undefined ? entries : withoutCutText(entries, this.errorOffset),
      problems: [...problems, ...(this.lineDeciders === undefined ? repeated : [])],
      isTemplated: (this.lineDeciders?.length ?? 0) > 0 || (data !== undefined && isTemplatedData(data.value)),
      generator: undefined,
    };
  }

  private repeatedKeys(map: unknown): readonly ProblemSyntax[] {
    if (!isMap(map)) return [];
    const seen = new Set<string>();
    const repeated: ProblemSyntax[] = [];
    for (const pair of map.items) {
      const key = this.text(pair.key);
      if (key === undefined) continue;
      if (seen.has(key.text)) {
        const message = `"${key.text}" stands here twice, and only one of its values is kept. Rename or remove one.`;
        repeated.push({ kind: 'duplicate-key', message, span: key.span });
      }
      seen.add(key.text);
    }
    return repeated;
  }

  private entry(pair: Pair, parent: EntrySyntax['parent'], name: string | undefined): EntrySyntax | undefined {
    const key = this.text(pair.key);
    if (key === undefined) return undefined;
    const role = entryRole(key.text, name, parent);
    if (role === undefined) return undefined;
    const value = this.resolve(pair.value);
    const end = isScalar(value) || isMap(value) || isSeq(value) ? this.file(value.range?.[1] ?? 0) : key.span.end;
    const span = { start: key.span.start, end: Math.max(key.span.end, end) };
    const isKubeDns = isKubeDnsKey(key.text) && parent === 'data' && (name === 'coredns-custom' || name === 'kube-dns');
    const json = isKubeDns && isScalar(value) && typeof value.value === 'string' ? value.value : '';
    const base = { key, role, parent, span, path: undefined, kubeDns: isKubeDns ? readStubDomains(json) : undefined };
    if (!isScalar(value)) {
      const style = value === undefined || value === null ? 'plain' : 'mapping';
      const lineBreaks = style === 'mapping' ? 'refused' : 'kept';
      return { ...base, style, indicator: undefined, lineBreaks, corefile: undefined };
    }
    const written = this.value(value, role, isAlias(pair.value) ? undefined : pair);
    const { corefile } = written;
    // Lines that are left blank behind the value are part of it.
    const isTemplated =
      this.lineDeciders?.some((offset) => offset >= span.start && offset < this.behindBlanks(value)) === true;
    if (corefile === undefined || !isTemplated) return { ...base, ...written };
    // A template may well put the missing brace there.
    const isKnown = corefile.syntax.braceProblems.length === 0 && written.lineBreaks === 'kept';
    return { ...base, ...written, lineBreaks: 'kept', corefile: isKnown ? { ...corefile, isTemplated } : undefined };
  }

  /** Where the next visible character behind a value stands. */
  private behindBlanks(value: Scalar): number {
    const blanks = /\s*/y;
    blanks.lastIndex = value.range?.[1] ?? 0;
    blanks.exec(this.yaml.text);
    return this.file(blanks.lastIndex);
  }

  /** The empty place behind a key's colon, where the value begins on a line of its own. */
  private missingIndicator(pair: Pair): EntrySyntax['indicator'] {
    const end = isScalar(pair.key) ? (pair.key.range?.[1] ?? 0) : 0;
    const colon = this.yaml.text.indexOf(':', end);
    if (colon < 0) return undefined;
    const literal = literalIndicator(this.yaml.text, colon + 1);
    if (literal === undefined) return undefined;
    const place = this.file(colon + 1);
    return { span: { start: place, end: place }, literal: ` ${literal}` };
  }

  private value(
    value: Scalar,
    role: CorefileRole,
    pair: Pair | undefined,
  ): Pick<EntrySyntax, 'style' | 'indicator' | 'lineBreaks' | 'corefile'> {
    const token = value.srcToken;
    const written = typeof value.value === 'string' ? value.value : '';
    let scalar: ScalarText;
    let style: EntrySyntax['style'] = 'plain';
    let indicator: EntrySyntax['indicator'];
    let isInserted = false;
    if (token?.type === 'block-scalar') {
      const header = token.props.find((prop) => prop.type === 'block-scalar-header');
      const last = token.props.at(-1);
      const mark = header !== undefined && 'source' in header ? header.source : '|';
      const offset = header?.offset ?? token.offset;
      const place = this.file(offset);
      isInserted = this.insertedIndicators.has(place);
      style = isInserted ? 'plain' : mark.startsWith('>') ? 'folded' : 'literal';
      // The place of an inserted indicator is empty in the file, and what was inserted is what belongs there.
      indicator = isInserted
        ? { span: { start: place, end: place }, literal: ` ${mark}` }
        : { span: { start: place, end: place + mark.length }, literal: mark.replace('>', '|') };
      const digit = /[1-9]/.exec(mark)?.[0];
      const begin = (last?.offset ?? offset) + (last !== undefined && 'source' in last ? last.source.length : 0);
      scalar = blockScalarText(token.source, begin, digit === undefined ? undefined : token.indent + Number(digit));
    } else if (token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar') {
      style = token.type === 'double-quoted-scalar' ? 'double-quoted' : 'single-quoted';
      scalar = quotedScalarText(token.source, token.offset);
    } else {
      const [start, end] = value.range ?? [0, 0];
      indicator = pair && this.missingIndicator(pair);
      scalar = plainScalarText(this.yaml.text.slice(start, end), start);
    }
    const map = new OffsetMap(this.inFile(scalar).runs);
    const syntax = parseCorefile(scalar.text, role, { uri: this.uri, map });
    const lineBreaks = isInserted ? 'refused' : style === 'literal' ? 'kept' : lineBreaksOf(scalar.text, written, role);
    return { style, indicator, lineBreaks, corefile: { syntax, map, isTemplated: false } };
  }

  /** The text of a scalar with its lines kept, and where it stands in the file; undefined where YAML joins its lines. */
  private scalarText(node: unknown): ScalarText | undefined {
    const value = this.resolve(node);
    if (!isScalar(value) || typeof value.value !== 'string' || value.range == null) return undefined;
    const { srcToken: token, range } = value;
    const scalar =
      token?.type === 'double-quoted-scalar' || token?.type === 'single-quoted-scalar'
        ? quotedScalarText(token.source, token.offset)
        : plainScalarText(this.yaml.text.slice(range[0], range[1]), range[0]);
    return scalar.text === value.value ? this.inFile(scalar) : undefined;
  }

  private inFile({ text, runs }: ScalarText): ScalarText {
    return { text, runs: runs.map((run) => ({ ...run, outer: this.file(run.outer) })) };
  }

  private text(node: unknown): TextSyntax | undefined {
    const scalar = this.resolve(node);
    if (!isScalar(scalar) || typeof scalar.value !== 'string' || scalar.range == null) return undefined;
    const [start, end] = scalar.range;
    const quote = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE' ? this.yaml.text[start] : undefined;
    const begin = quote === undefined ? start : start + 1;
    const isClosed = quote !== undefined && end - 1 > start && this.yaml.text[end - 1] === quote;
    const span = { start: this.file(begin), end: this.file(isClosed ? end - 1 : Math.max(begin, end)) };
    return { text: scalar.value, span };
  }

  /** Follows an alias to its scalar and no further: nothing is ever expanded, so aliases of aliases cost nothing. */
  private resolve(node: unknown): Node | undefined {
    if (!isAlias(node)) return isScalar(node) || isMap(node) || isSeq(node) ? node : undefined;
    this.anchors ??= anchorsOf(this.yaml);
    return this.anchors.get(node.source);
  }

  private file(offset: number): number {
    return this.yaml.toFile(offset);
  }
}

function isTemplatedData(data: unknown): boolean {
  return isScalar(data) && typeof data.value === 'string' && mayBeReplaced(data.value);
}

function anchorsOf(yaml: YamlDocument): ReadonlyMap<string, Scalar> {
  const anchors = new Map<string, Scalar>();
  visit(yaml.document, {
    Scalar(_key, scalar) {
      if (scalar.anchor !== undefined) anchors.set(scalar.anchor, scalar);
    },
  });
  return anchors;
}

/** What the key means, or undefined where it has nothing to do with CoreDNS. */
function entryRole(key: string, name: string | undefined, parent: EntrySyntax['parent']): CorefileRole | undefined {
  const role = roleOfKey(key);
  if (name === 'coredns-custom' && parent === 'data') return role;
  if (role !== 'ignored') return role;
  if (name === 'kube-dns' && parent === 'data' && isKubeDnsKey(key)) return role;
  return key === 'Corefile' ? 'corefile' : undefined;
}

function lineBreaksOf(lines: string, written: string, role: CorefileRole): EntrySyntax['lineBreaks'] {
  const actual = lexCorefile(written).tokens;
  if (sameLines(lexCorefile(lines).tokens, actual)) return 'kept';
  return verdictOf(actual, role === 'ignored' ? 'server' : role) === undefined ? 'lost' : 'refused';
}

function sameLines(a: readonly Token[], b: readonly Token[]): boolean {
  return (
    a.length === b.length &&
    a.every((token, index) => token.text === b[index]?.text && token.startsLine === b[index]?.startsLine)
  );
}

/**
 * Where YAML is broken, the text of the keys around the break is not what their author wrote. The parser may name a place
 * one key late.
 */
function withoutCutText(entries: readonly EntrySyntax[], errorOffset: number): readonly EntrySyntax[] {
  const cut = entries.findLastIndex((entry) => entry.span.start <= errorOffset);
  return entries.map((entry, index) =>
    index < cut - 1 ? entry : { ...entry, corefile: undefined, lineBreaks: 'kept' },
  );
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => textOf(pair.key) === key);
}

function textOf(node: unknown): string | undefined {
  return isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
}

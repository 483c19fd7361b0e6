import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { OffsetMap } from '../base/offset-map.ts';
import { roleOfKey } from '../model/dns-queries.ts';
import type { ConfigMapSyntax, EntrySyntax, TextSyntax } from './config-map-syntax.ts';
import { parseCorefile } from './corefile-parser.ts';
import { type ScalarText, textBetween } from './scalar-text.ts';

/** How the reader of a document reads scalars. */
export interface ScalarReader {
  /** URI of the file. */
  readonly uri: string;
  text(node: unknown): TextSyntax | undefined;
  /** The text with its lines kept, and where it stands in the file; undefined where YAML joins its lines. */
  scalar(node: unknown): ScalarText | undefined;
}

/** The ConfigMaps that the `configMapGenerator` of a kustomization makes from Corefile text and files of it. */
export function readGenerators(root: YAMLMap, reader: ScalarReader): readonly ConfigMapSyntax[] {
  const generators = valueAt(root, 'configMapGenerator');
  if (!isSeq(generators)) return [];
  const shared = isHashOff(valueAt(root, 'generatorOptions'), reader);
  const namespace = reader.text(valueAt(root, 'namespace'));
  return generators.items.flatMap((generator): ConfigMapSyntax[] => {
    if (!isMap(generator)) return [];
    const name = reader.text(valueAt(generator, 'name'));
    const files = valueAt(generator, 'files');
    const literals = valueAt(generator, 'literals');
    const entries = [
      ...(isSeq(files) ? files.items.flatMap((file) => fileEntry(reader.text(file)) ?? []) : []),
      ...(isSeq(literals)
        ? literals.items.flatMap((literal) => literalEntry(reader.scalar(literal), reader.uri) ?? [])
        : []),
    ].sort((a, b) => a.span.start - b.span.start);
    const isCustom = name?.text === 'coredns-custom';
    if (name === undefined || (!isCustom && entries.every(({ role }) => role === 'ignored'))) return [];
    const options = valueAt(generator, 'options');
    const behavior = valueAt(generator, 'behavior');
    const hasMore = ['env', 'envs'].some((key) => valueAt(generator, key) !== undefined);
    return [
      {
        name,
        namespace: reader.text(valueAt(generator, 'namespace')) ?? namespace,
        header: name.span,
        metadata: undefined,
        data: undefined,
        entries,
        problems: [],
        // One that merges has keys of another as well.
        isTemplated: hasMore || behavior !== undefined,
        generator: {
          isHashed: !isHashOff(options, reader) && !shared && behavior === undefined,
          hasOptions: options !== undefined,
        },
      },
    ];
  });
}

/** `files` lists paths, whose last part becomes the key, and `key=path`. */
function fileEntry(file: TextSyntax | undefined): EntrySyntax | undefined {
  if (file === undefined) return undefined;
  const equals = file.text.indexOf('=');
  const [begin, end] = equals < 0 ? [file.text.lastIndexOf('/') + 1, file.text.length] : [0, equals];
  const text = file.text.slice(begin, end);
  return {
    key: { text, span: { start: file.span.start + begin, end: file.span.start + end } },
    role: roleOfKey(text),
    parent: 'data',
    style: 'file',
    path: file.text.slice(equals + 1),
    indicator: undefined,
    lineBreaks: 'kept',
    corefile: undefined,
    kubeDns: undefined,
    span: file.span,
  };
}

/** `literals` lists `key=text`, where the text may stand in quotes of its own. */
function literalEntry(scalar: ScalarText | undefined, uri: string): EntrySyntax | undefined {
  const equals = scalar?.text.indexOf('=') ?? -1;
  if (scalar === undefined || equals < 0) return undefined;
  const quotes = /^(["']).*\1$/s.test(scalar.text.slice(equals + 1)) ? 1 : 0;
  const content = textBetween(scalar, equals + 1 + quotes, scalar.text.length - quotes);
  const map = new OffsetMap(content.runs);
  const text = scalar.text.slice(0, equals);
  const role = roleOfKey(text);
  const whole = new OffsetMap(scalar.runs);
  return {
    key: { text, span: whole.spanToOuter({ start: 0, end: equals }) },
    role,
    parent: 'data',
    style: 'list-item',
    path: undefined,
    indicator: undefined,
    lineBreaks: 'kept',
    corefile: { syntax: parseCorefile(content.text, role, { uri, map }), map, isTemplated: false },
    kubeDns: undefined,
    span: whole.spanToOuter({ start: 0, end: scalar.text.length }),
  };
}

function isHashOff(options: Node | undefined, reader: ScalarReader): boolean {
  return isMap(options) && reader.text(valueAt(options, 'disableNameSuffixHash'))?.text === 'true';
}

function valueAt(map: YAMLMap, key: string): Node | undefined {
  const value = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  return isScalar(value) || isMap(value) || isSeq(value) ? value : undefined;
}

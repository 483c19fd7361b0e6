import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { roleOfKey } from '../model/dns-queries.ts';
import type { ConfigMapSyntax, EntrySyntax, TextSyntax } from './config-map-syntax.ts';

/** How the reader of a document reads scalars. */
type ReadText = (node: unknown) => TextSyntax | undefined;

/** The ConfigMaps that the `configMapGenerator` of a kustomization makes from files of Corefile text. */
export function readGenerators(root: YAMLMap, readText: ReadText): readonly ConfigMapSyntax[] {
  const generators = valueAt(root, 'configMapGenerator');
  if (!isSeq(generators)) return [];
  const shared = isHashOff(valueAt(root, 'generatorOptions'), readText);
  const namespace = readText(valueAt(root, 'namespace'));
  return generators.items.flatMap((generator): ConfigMapSyntax[] => {
    if (!isMap(generator)) return [];
    const name = readText(valueAt(generator, 'name'));
    const files = valueAt(generator, 'files');
    const entries = isSeq(files) ? files.items.flatMap((file) => fileEntry(readText(file))) : [];
    const isCustom = name?.text === 'coredns-custom';
    if (name === undefined || (!isCustom && entries.every(({ role }) => role === 'ignored'))) return [];
    const isHashOffHere = isHashOff(valueAt(generator, 'options'), readText) || shared;
    return [
      {
        name,
        namespace: readText(valueAt(generator, 'namespace')) ?? namespace,
        header: name.span,
        metadata: undefined,
        data: undefined,
        entries,
        problems: [],
        // An overlay, literals or environment files may add keys and a namespace.
        isTemplated: true,
        isHashed: !isHashOffHere && valueAt(generator, 'behavior') === undefined,
      },
    ];
  });
}

/** `files` lists paths, whose last part becomes the key, and `key=path`. */
function fileEntry(file: TextSyntax | undefined): readonly EntrySyntax[] {
  if (file === undefined) return [];
  const equals = file.text.indexOf('=');
  const [begin, end] = equals < 0 ? [file.text.lastIndexOf('/') + 1, file.text.length] : [0, equals];
  const text = file.text.slice(begin, end);
  const key = { text, span: { start: file.span.start + begin, end: file.span.start + end } };
  const role = roleOfKey(text);
  return [
    {
      key,
      role,
      parent: 'data',
      style: 'file',
      indicator: undefined,
      lineBreaks: 'kept',
      corefile: undefined,
      kubeDns: undefined,
      span: file.span,
    },
  ];
}

function isHashOff(options: Node | undefined, readText: ReadText): boolean {
  return isMap(options) && readText(valueAt(options, 'disableNameSuffixHash'))?.text === 'true';
}

function valueAt(map: YAMLMap, key: string): Node | undefined {
  const value = map.items.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
  return isScalar(value) || isMap(value) || isSeq(value) ? value : undefined;
}

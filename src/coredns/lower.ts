import type { Location, Span } from '../base/span.ts';
import type {
  BraceProblem,
  ConfigMap,
  ConfigMapEntry,
  Corefile,
  Plugin,
  PluginProperty,
  ServerBlock,
  Text,
  Word,
} from '../model/dns.ts';
import type { ConfigMapSyntax, EmbeddedCorefile, EntrySyntax, TextSyntax } from './config-map-syntax.ts';
import type { BraceProblemSyntax, DirectiveSyntax, ServerBlockSyntax } from './corefile-syntax.ts';
import type { PropertySyntax, Token } from './corefile-token.ts';
import type { CorednsFile } from './parse.ts';
import { placeholder } from './template-mask.ts';

/** The DNS half of the model that a file describes. */
export function lowerCoredns({ uri, text, tree }: CorednsFile): {
  readonly configMaps: readonly ConfigMap[];
  readonly corefiles: readonly Corefile[];
} {
  return {
    configMaps: tree.configMaps.map((configMap) => lowerConfigMap(configMap, text, uri)),
    corefiles: tree.corefiles.map((corefile) => lowerCorefile(corefile, text, uri)),
  };
}

function lowerConfigMap(configMap: ConfigMapSyntax, source: string, uri: string): ConfigMap {
  const place = (span: Span): Location => ({ uri, span });
  const text = (syntax: TextSyntax | undefined): Text | undefined => syntax && lowerText(syntax, source, uri);
  return {
    name: text(configMap.name),
    namespace: text(configMap.namespace),
    header: place(configMap.header),
    metadata: configMap.metadata && place(configMap.metadata),
    data: configMap.data && place(configMap.data),
    entries: configMap.entries.map((entry) => lowerEntry(entry, source, uri)),
    problems: configMap.problems.map(({ kind, message, span }) => ({ kind, message, location: place(span) })),
    isTemplated: configMap.isTemplated,
    generator: configMap.generator,
  };
}

/** Where a tool fills in the text, what stands there now. */
function lowerText({ text, span }: TextSyntax, source: string, uri: string): Text {
  return { text: text.includes(placeholder) ? source.slice(span.start, span.end) : text, location: { uri, span } };
}

function lowerEntry(entry: EntrySyntax, source: string, uri: string): ConfigMapEntry {
  return {
    key: lowerText(entry.key, source, uri),
    role: entry.role,
    parent: entry.parent,
    style: entry.style,
    path: entry.path,
    indicator: entry.indicator && { location: { uri, span: entry.indicator.span }, literal: entry.indicator.literal },
    lineBreaks: entry.lineBreaks,
    corefile: entry.corefile === undefined ? undefined : lowerCorefile(entry.corefile, source, uri),
    kubeDns: entry.kubeDns,
    location: { uri, span: entry.span },
  };
}

function lowerCorefile({ syntax, map, isTemplated }: EmbeddedCorefile, source: string, uri: string): Corefile {
  const place = (span: Span): Location => ({ uri, span: map.spanToOuter(span) });
  const hasMasks = syntax.text.includes(placeholder);
  /** The words as the file spells them. */
  const words = (tokens: readonly Token[]): readonly Word[] => (hasMasks ? tokens.map(word) : tokens);
  const plugin = ({ name, args, block, words: all, span }: DirectiveSyntax): Plugin => ({
    name: word(name),
    args: words(args),
    block: hasMasks ? block?.map(property) : block,
    words: words(all),
    location: place(span),
  });
  const serverBlock = ({ keys, open, directives, isSnippet, span }: ServerBlockSyntax): ServerBlock => ({
    keys: words(keys),
    plugins: directives.map(plugin),
    isSnippet,
    isBraceless: open === undefined,
    location: place(span),
  });
  const braceProblem = (problem: BraceProblemSyntax): BraceProblem => ({
    kind: problem.kind,
    location: problem.token.location,
    text: problem.token.text,
    owner: problem.owner && word(problem.owner),
    insertAfter: problem.insertAfter && place(problem.insertAfter),
    isRefused: problem.isRefused,
    refusal: problem.refusal && { message: problem.refusal.message, location: place(problem.refusal.span) },
  });
  return {
    role: syntax.role,
    serverBlocks: syntax.blocks.map(serverBlock),
    plugins: syntax.directives.map(plugin),
    braceProblems: syntax.braceProblems.map(braceProblem),
    isTemplated,
    location: place({ start: 0, end: syntax.text.length }),
  };

  function word(token: Token): Word {
    if (!hasMasks || !token.text.includes(placeholder)) return token;
    const { start, end } = token.location.span;
    return token.as(source.slice(start, end));
  }

  function property({ name, args, location }: PropertySyntax): PluginProperty {
    return { name: word(name), args: args.map(word), location };
  }
}

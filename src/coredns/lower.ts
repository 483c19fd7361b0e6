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
import type { Token } from './corefile-lexer.ts';
import type { BraceProblemSyntax, DirectiveSyntax, PropertySyntax, ServerBlockSyntax } from './corefile-syntax.ts';
import type { CorednsFile } from './parse.ts';
import { placeholder } from './template-mask.ts';

/** The DNS half of the model that a file describes. */
export function lowerCoredns(
  file: CorednsFile,
  uri: string,
): { readonly configMaps: readonly ConfigMap[]; readonly corefiles: readonly Corefile[] } {
  return {
    configMaps: file.tree.configMaps.map((configMap) => lowerConfigMap(configMap, file.text, uri)),
    corefiles: file.tree.corefiles.map((corefile) => lowerCorefile(corefile, file.text, uri)),
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
    isHashed: configMap.isHashed,
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
    indicator: entry.indicator && { location: { uri, span: entry.indicator.span }, literal: entry.indicator.literal },
    lineBreaks: entry.lineBreaks,
    corefile: entry.corefile === undefined ? undefined : lowerCorefile(entry.corefile, source, uri),
    kubeDns: entry.kubeDns,
    location: { uri, span: entry.span },
  };
}

function lowerCorefile({ syntax, map, isTemplated }: EmbeddedCorefile, source: string, uri: string): Corefile {
  // Large blocks of hosts have a hundred thousand words: each object that is saved here counts.
  const isSame = map.toOuter(0) === 0 && map.toOuter(syntax.text.length, 'end') === syntax.text.length;
  const outer = (span: Span): Span => (isSame ? span : map.spanToOuter(span));
  const place = (span: Span): Location => ({ uri, span: outer(span) });
  const hasMasks = syntax.text.includes(placeholder);
  const word = (token: Token): Word => {
    const span = outer(token.span);
    const isMasked = hasMasks && token.text.includes(placeholder);
    return {
      text: isMasked ? source.slice(span.start, span.end) : token.text,
      location: { uri, span },
      line: token.line,
    };
  };
  const property = (line: PropertySyntax): PluginProperty => {
    const name = word(line.name);
    const args = line.args.map(word);
    const last = args[args.length - 1];
    if (last === undefined) return { name, args, location: name.location };
    return { name, args, location: { uri, span: { start: name.location.span.start, end: last.location.span.end } } };
  };
  const plugin = (directive: DirectiveSyntax): Plugin => {
    const name = word(directive.name);
    const args = directive.args.map(word);
    const block = directive.block?.map(property);
    const words = [name, ...args];
    // A brace that is stuck to a word is read as the brace that it was meant to be.
    if (directive.open !== undefined)
      words.push({ ...word(directive.open), text: directive.open.text === '{}' ? '{}' : '{' });
    for (const each of block ?? []) {
      words.push(each.name);
      for (const arg of each.args) words.push(arg);
    }
    if (directive.close !== undefined && directive.close !== directive.open)
      words.push({ ...word(directive.close), text: '}' });
    words.push(...directive.trailing.map(word));
    return { name, args, block, words, location: place(directive.span) };
  };
  const serverBlock = ({ keys, open, directives, isSnippet, span }: ServerBlockSyntax): ServerBlock => ({
    keys: keys.map(word),
    plugins: directives.map(plugin),
    isSnippet,
    isBraceless: open === undefined,
    location: place(span),
  });
  const braceProblem = (problem: BraceProblemSyntax): BraceProblem => ({
    kind: problem.kind,
    location: place(problem.token.span),
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
}

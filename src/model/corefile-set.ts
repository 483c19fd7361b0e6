import type { ConfigMap, ConfigMapEntry, Corefile, Plugin, ServerBlock, Word } from './dns.ts';
import type { Model } from './model.ts';

/** One Corefile of a set, with the ConfigMap key that holds it, where one does. */
export interface CorefilePart {
  readonly corefile: Corefile;
  readonly entry: ConfigMapEntry | undefined;
}

/** What one CoreDNS reads as a single text, in the order in which it reads it. */
export interface CorefileSet {
  readonly configMap: ConfigMap | undefined;
  /** Pasted inside the default block of AKS. */
  readonly overrides: readonly CorefilePart[];
  /** Beside that block, or the whole Corefile where `isAks` is false. */
  readonly servers: readonly CorefilePart[];
  /** Whether the default block of AKS comes first. */
  readonly isAks: boolean;
  /** Whether all of it is there: in a template, no two parts are known to stand together. */
  readonly isComplete: boolean;
}

/** A plugin of a server block. `imported` is the word of the `import` that brings it in from a snippet. */
export interface PlacedPlugin {
  readonly plugin: Plugin;
  readonly imported: Word | undefined;
}

/** A server block with the plugins that CoreDNS sees in it. */
export interface ExpandedBlock {
  readonly block: ServerBlock;
  readonly part: CorefilePart;
  readonly plugins: readonly PlacedPlugin[];
  /** Whether a file that was not read, or a template, may bring in more. */
  readonly isComplete: boolean;
}

/** The Corefiles of a model, grouped by the CoreDNS that reads them. Keys come in the order of their names, as CoreDNS imports them. */
export function corefileSets(model: Model): readonly CorefileSet[] {
  const known = setsByModel.get(model) ?? readSets(model);
  setsByModel.set(model, known);
  return known;
}

/** Nearly every CoreDNS rule asks for the sets of the same model, which never changes. */
const setsByModel = new WeakMap<Model, readonly CorefileSet[]>();

function readSets(model: Model): readonly CorefileSet[] {
  const sets: CorefileSet[] = [];
  for (const configMap of model.configMaps) {
    const parts = (role: Corefile['role']): CorefilePart[] =>
      configMap.entries
        .flatMap((entry) =>
          entry.role === role && entry.corefile !== undefined ? [{ corefile: entry.corefile, entry }] : [],
        )
        .sort((a, b) => (a.entry.key.text < b.entry.key.text ? -1 : 1));
    const isComplete =
      !configMap.isTemplated && configMap.entries.every(({ corefile }) => corefile?.isTemplated !== true);
    const overrides = parts('override');
    const servers = parts('server');
    if (overrides.length + servers.length > 0) sets.push({ configMap, overrides, servers, isAks: true, isComplete });
    for (const whole of parts('corefile')) {
      sets.push({ configMap, overrides: [], servers: [whole], isAks: false, isComplete });
    }
  }
  for (const corefile of model.corefiles) {
    const part = { corefile, entry: undefined };
    const isOverride = corefile.role === 'override';
    sets.push({
      configMap: undefined,
      overrides: isOverride ? [part] : [],
      servers: isOverride ? [] : [part],
      isAks: corefile.role !== 'corefile',
      isComplete: !corefile.isTemplated,
    });
  }
  return sets;
}

/** Snippets by name, those of earlier keys included: the first definition counts. */
function snippetsOf(set: CorefileSet): ReadonlyMap<string, ServerBlock> {
  const snippets = new Map<string, ServerBlock>();
  for (const { corefile } of set.servers) {
    for (const block of corefile.serverBlocks) {
      const name = snippetName(block);
      if (name !== undefined && !snippets.has(name)) snippets.set(name, block);
    }
  }
  return snippets;
}

/** The name by which a snippet is imported; undefined for a server block. */
export function snippetName(block: ServerBlock): string | undefined {
  return block.isSnippet ? block.keys[0]?.text.slice(1, -1) : undefined;
}

/** The server blocks that CoreDNS makes of a set, in its order, the default block of AKS left out. */
export function expandedBlocks(set: CorefileSet): readonly ExpandedBlock[] {
  const known = blocksBySet.get(set) ?? expandBlocks(set);
  blocksBySet.set(set, known);
  return known;
}

/** A plugin that an override brings into the default block of AKS. */
export interface PastedPlugin extends PlacedPlugin {
  /** Whether a tool decides which lines of the override CoreDNS gets to see. */
  readonly isTemplated: boolean;
}

/** The plugins that the overrides of a set bring into the default block of AKS. */
export function pastedPlugins(set: CorefileSet): readonly PastedPlugin[] {
  if (set.overrides.length === 0) return [];
  const known = pastedBySet.get(set) ?? expandOverrides(set);
  pastedBySet.set(set, known);
  return known;
}

const pastedBySet = new WeakMap<CorefileSet, readonly PastedPlugin[]>();

function expandOverrides(set: CorefileSet): readonly PastedPlugin[] {
  const snippets = snippetsOf(set);
  return set.overrides.flatMap(({ corefile: { plugins, isTemplated } }) =>
    expandPlugins(plugins, snippets).plugins.map((placed) => ({ ...placed, isTemplated })),
  );
}

const blocksBySet = new WeakMap<CorefileSet, readonly ExpandedBlock[]>();

function expandBlocks(set: CorefileSet): readonly ExpandedBlock[] {
  const snippets = snippetsOf(set);
  const blocks: ExpandedBlock[] = [];
  for (const part of [...set.overrides, ...set.servers]) {
    // Whatever opens a block in an override is refused, unless the block of AKS was ended before it.
    if (part.corefile.role === 'override' && !endsDefaultBlock(part.corefile)) continue;
    for (const block of part.corefile.serverBlocks) {
      if (!block.isSnippet) blocks.push({ block, part, ...expandPlugins(block.plugins, snippets) });
    }
  }
  return blocks;
}

/** Whether the text of an override ends the default block of AKS and opens another, which CoreDNS takes. */
export function endsDefaultBlock({ braceProblems, role }: Corefile): boolean {
  return (
    role === 'override' &&
    braceProblems.length > 0 &&
    braceProblems.every(({ kind, isRefused }) => !isRefused && (kind === 'unopened' || kind === 'unclosed'))
  );
}

/** More plugins than this are no Corefile but an attempt to make it grow. */
const maxExpanded = 10_000;

/** Plugins with the snippets that they import in the place of the imports. */
function expandPlugins(
  plugins: readonly Plugin[],
  snippets: ReadonlyMap<string, ServerBlock>,
): { readonly plugins: readonly PlacedPlugin[]; readonly isComplete: boolean } {
  const result: PlacedPlugin[] = [];
  let isComplete = true;
  const expand = (list: readonly Plugin[], imported: Word | undefined, depth: number): void => {
    for (const plugin of list) {
      if (result.length > maxExpanded) {
        isComplete = false;
        return;
      }
      if (plugin.name.text !== 'import') {
        result.push({ plugin, imported });
        continue;
      }
      const [name] = plugin.args;
      const snippet = snippets.get(name?.text ?? '');
      if (name === undefined || snippet === undefined || depth > 20) isComplete = false;
      else expand(snippet.plugins, imported ?? name, depth + 1);
    }
  };
  expand(plugins, undefined, 0);
  return { plugins: result, isComplete };
}

/** A key with the suffix that no other key has: a number is added where the plain one is taken. */
export function keyWithSuffix(key: string, suffix: '.server' | '.override', taken: readonly string[]): string {
  const stem = key.replace(/\.(?:server|override)$/, '') || 'custom';
  let name = stem + suffix;
  for (let number = 2; taken.includes(name); number++) name = `${stem}-${number}${suffix}`;
  return name;
}

/** More patterns than this are no Corefile but an attempt to make every one be compared with every key. */
const maxPatterns = 50;

/**
 * Finds the keys of a ConfigMap that an import in one of them names: one by its name, or several by a pattern with one
 * wildcard. Keys are files of one folder; the Corefile of AKS stands in the folder above.
 */
export function importMatcher(keys: readonly string[]): (pattern: string) => readonly string[] {
  const all = new Set(keys);
  const known = new Map<string, readonly string[]>();
  return (pattern) => {
    const name = pattern.replace(/^(?:\.\/|\/etc\/coredns\/custom\/)/, '');
    const wildcard = name.search(/[*?]/);
    if (wildcard < 0) return all.has(name) ? [name] : [];
    const found =
      known.get(name) ?? (known.size < maxPatterns ? keys.filter((key) => matches(name, wildcard, key)) : []);
    known.set(name, found);
    return found;
  };
}

function matches(pattern: string, wildcard: number, key: string): boolean {
  const [before, after] = [pattern.slice(0, wildcard), pattern.slice(wildcard + 1)];
  const rest = key.length - before.length - after.length;
  if (/[*?/[]/.test(before + after) || (pattern[wildcard] === '?' ? rest !== 1 : rest < 0)) return false;
  return key.startsWith(before) && key.endsWith(after);
}

/** The lines that spell a plugin, its block included; comments are not among them. */
export function pluginLines({ name, args, block }: Plugin): readonly string[] {
  const line = (words: readonly Word[]): string => words.map(({ text }) => quoted(text)).join(' ');
  const head = line([name, ...args]);
  if (block === undefined) return [head];
  return [`${head} {`, ...block.map((property) => `    ${line([property.name, ...property.args])}`), '}'];
}

/** A word as it has to be written: in quotes where white space, a comment sign or a quote would end it. */
function quoted(text: string): string {
  return text === '' || /[\s#]|^"|^[{}]$/.test(text) ? `"${text.replaceAll('"', '\\"')}"` : text;
}

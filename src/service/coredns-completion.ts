import type { Span } from '../base/span.ts';
import { corednsPlugins } from '../model/coredns-plugins.ts';
import {
  type ArgumentSyntax,
  formatArguments,
  hasProperty,
  type LineSyntax,
  pluginSyntax,
} from '../model/coredns-syntax.ts';
import type { CorefileRole } from '../model/dns.ts';
import { isAvailable, newestAksCoredns } from '../model/dns-queries.ts';
import type { Model } from '../model/model.ts';
import { defaultBlockPlugins } from './coredns-default-block.ts';
import { type HeldCorefile, heldCorefiles } from './coredns-words.ts';

/** One word that may stand at the cursor. */
export interface CorednsCompletion {
  readonly label: string;
  readonly kind: 'plugin' | 'property' | 'value' | 'snippet';
  /** The arguments that follow it. */
  readonly detail: string;
  readonly documentation: string;
  /** What was typed of it and is replaced. */
  readonly span: Span;
}

/** What surrounds the cursor: the lines that opened the blocks around it, outermost first, and the words before it. */
interface Place {
  readonly held: HeldCorefile;
  readonly role: CorefileRole;
  readonly openers: readonly (readonly string[])[];
  readonly words: readonly string[];
  readonly typed: string;
}

/** What may stand at the cursor inside a Corefile; nothing in YAML around it, in comments and in strings. */
export function corednsCompletions(
  model: Model,
  text: string,
  offset: number,
  version: string | undefined,
): readonly CorednsCompletion[] {
  const place = placeAt(model, text, offset);
  if (place === undefined) return [];
  const span = { start: offset - place.typed.length, end: offset };
  return offers(place, model, version ?? newestAksCoredns).map((offer) => ({ ...offer, span }));
}

type Offer = Omit<CorednsCompletion, 'span'>;

function offers(place: Place, model: Model, version: string): readonly Offer[] {
  const { role, openers, words } = place;
  const blocks = role === 'override' ? openers.length : openers.length - 1;
  // Zones are the author's own; nothing can be offered for them.
  if (blocks < 0 || blocks > 1) return [];
  const [first] = words;
  if (blocks === 0) {
    if (first === undefined) return plugins(place, model, version);
    return first === 'import' ? snippets(model) : values(pluginSyntax(first)?.line, words.length - 1, place);
  }
  const plugin = openers.at(-1)?.[0] ?? '';
  const properties = (pluginSyntax(plugin)?.properties ?? []).filter((property) => hasProperty(property, version));
  if (first !== undefined) {
    return values(properties.find(({ name }) => name === first)?.line, words.length - 1, place);
  }
  return properties
    .filter(({ name }) => /^[\w-]+$/.test(name))
    .map(({ name, line, summary }) => ({
      label: name,
      kind: 'property',
      detail: formatArguments(line),
      documentation: summary,
    }));
}

/** The plugins that CoreDNS would take here: no second one of a kind that it takes once. */
function plugins({ held, role, openers }: Place, model: Model, version: string): readonly Offer[] {
  const taken = role === 'override' ? takenInOverrides(held) : takenInBlock(held, openers);
  const known = corednsPlugins.filter(
    (plugin) => isAvailable(plugin, version) && !(plugin.isOnceOnly && taken.has(plugin.name)),
  );
  const usable = role === 'override' ? known.filter(({ name }) => !withoutEffect(name)) : known;
  const result: Offer[] = usable.map(({ name, summary }) => ({
    label: name,
    kind: 'plugin',
    detail: formatArguments(
      pluginSyntax(name)?.line ?? { args: [], surplus: 'refused', refusal: undefined, rangeRefusal: undefined },
    ),
    documentation: summary,
  }));
  if (snippets(model).length > 0) {
    result.push({
      label: 'import',
      kind: 'plugin',
      detail: 'SNIPPET',
      documentation: 'Puts the lines of a snippet here.',
    });
  }
  return result;
}

/** What the default block of AKS has, so that a second one is refused or never asked. */
function withoutEffect(name: string): boolean {
  return defaultBlockPlugins.has(name) && name !== 'health' && name !== 'loadbalance';
}

function takenInOverrides({ configMap, corefile }: HeldCorefile): ReadonlySet<string> {
  const all = configMap?.entries.flatMap((entry) => (entry.role === 'override' ? (entry.corefile ?? []) : [])) ?? [
    corefile,
  ];
  return new Set(all.flatMap((each) => each.plugins.map(({ name }) => name.text)));
}

function takenInBlock({ corefile }: HeldCorefile, openers: readonly (readonly string[])[]): ReadonlySet<string> {
  const [zone] = openers[0] ?? [];
  const block = corefile.serverBlocks.find(({ keys }) => keys[0]?.text === zone);
  return new Set(block?.plugins.map(({ name }) => name.text));
}

function snippets(model: Model): readonly Offer[] {
  return heldCorefiles(model).flatMap(({ corefile }) =>
    corefile.serverBlocks
      .filter(({ isSnippet }) => isSnippet)
      .flatMap(({ keys }) => keys[0]?.text.slice(1, -1) ?? [])
      .map((label): Offer => ({ label, kind: 'snippet', detail: 'snippet', documentation: '' })),
  );
}

/** The words that an argument may be, where there are few; addresses that are usual on AKS. */
function values(line: LineSyntax | undefined, index: number, place: Place): readonly Offer[] {
  const argument = line === undefined ? undefined : argumentAt(line.args, index);
  if (argument === undefined) return [];
  const usual = argument.kind === 'enum' ? argument.values : usualWords(argument, place);
  return usual.map((label) => ({
    label,
    kind: 'value',
    detail: argument.name,
    documentation: usualNotes[label] ?? '',
  }));
}

const usualNotes: Readonly<Record<string, string>> = {
  '168.63.129.16': 'The resolver that Azure has in every virtual network.',
  '/etc/resolv.conf': 'The DNS servers of the virtual network.',
  '.': 'Every name.',
};

function usualWords({ kind, name }: ArgumentSyntax, { words }: Place): readonly string[] {
  if (words[0] === 'forward' && /^TO/.test(name)) return ['168.63.129.16', '/etc/resolv.conf'];
  return kind === 'zone' ? ['.'] : [];
}

/** Arguments that may be left out or repeated make the place uncertain; then the last that fits is meant. */
function argumentAt(args: readonly ArgumentSyntax[], index: number): ArgumentSyntax | undefined {
  let position = 0;
  for (const argument of args) {
    position += Math.max(1, Math.min(argument.max, 1000));
    if (index < position) return argument;
  }
  return undefined;
}

/** Whether an offset stands in the text of a Corefile, and not in YAML around it. */
export function isInCorefile(model: Model, text: string, offset: number): boolean {
  return corefileAt(model, text, offset) !== undefined;
}

/** The Corefile at an offset, and where its text begins. */
function corefileAt(
  model: Model,
  text: string,
  offset: number,
): { readonly held: HeldCorefile; readonly begin: number } | undefined {
  const held = heldCorefiles(model).findLast(
    ({ entry, corefile }) => (entry?.key.location.span.end ?? corefile.location.span.start - 1) < offset,
  );
  if (held === undefined) return undefined;
  const { entry, corefile } = held;
  let begin = corefile.location.span.start;
  if (entry !== undefined) {
    if (entry.style !== 'literal' && entry.style !== 'folded') return undefined;
    begin = text.indexOf('\n', entry.key.location.span.end) + 1;
    if (begin === 0 || offset < begin || isBehind(text, begin, offset, entry.key.location.span.start)) return undefined;
  }
  return { held, begin };
}

function placeAt(model: Model, text: string, offset: number): Place | undefined {
  const at = corefileAt(model, text, offset);
  if (at === undefined) return undefined;
  const { held, begin } = at;
  const { role } = held.corefile;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(line) || (line.split('"').length - 1) % 2 === 1) return undefined;
  const typed = /\S*$/.exec(line)?.[0] ?? '';
  const words = line
    .slice(0, line.length - typed.length)
    .split(/\s+/)
    .filter(Boolean);
  const openers = openersOf(text.slice(begin, lineStart));
  // What stands on the line of its brace belongs into the block.
  const brace = words.lastIndexOf('{');
  if (brace >= 0)
    return {
      held,
      role,
      openers: [...openers, words.slice(0, brace)],
      words: words.slice(brace + 1),
      typed,
    };
  return { held, role, openers, words, typed };
}

/** Whether a line between the key's value and the offset shows that the value has ended: it is not indented enough. */
function isBehind(text: string, begin: number, offset: number, keyStart: number): boolean {
  const margin = keyStart - (text.lastIndexOf('\n', keyStart - 1) + 1);
  const lines = text.slice(begin, offset).split('\n');
  return lines.some((line, index) => {
    const indent = line.length - line.trimStart().length;
    return index === lines.length - 1 ? indent <= margin : line.trim() !== '' && indent <= margin;
  });
}

/** The lines whose braces are open at the end of the text. */
function openersOf(text: string): readonly (readonly string[])[] {
  const open: (readonly string[])[] = [];
  for (const line of text.split('\n')) {
    const words = line
      .replace(/(^|\s)#.*$/, '')
      .split(/\s+/)
      .filter(Boolean);
    for (const [index, word] of words.entries()) {
      if (word === '{') open.push(words.slice(0, index));
      else if (word === '}') open.pop();
    }
  }
  return open;
}

import { LastEntry } from '../../base/last-entry.ts';
import { type CorefileSet, corefileSets, expandedBlocks, type PlacedPlugin, pastedPlugins } from '../corefile-set.ts';
import type { Word } from '../dns.ts';
import { isAvailable, newestAksCoredns, pluginFacts } from '../dns-queries.ts';
import type { Model } from '../model.ts';
import { DirectiveCursor } from './cursor.ts';
import type { PluginProblem, ProblemKind } from './problem.ts';
import type { SetupPlace } from './setup.ts';
import { setupProblems } from './setups.ts';

const cache = new LastEntry<Model, Map<string, readonly PluginProblem[]>>();

/** Every problem of these kinds about the words of plugins, for a version of CoreDNS or the newest that AKS runs. */
export function pluginProblems(
  model: Model,
  version: string | undefined,
  ...kinds: readonly ProblemKind[]
): readonly PluginProblem[] {
  const assumed = version ?? newestAksCoredns;
  const byVersion = cache.get(model) ?? new Map<string, readonly PluginProblem[]>();
  cache.set(model, byVersion);
  const all = byVersion.get(assumed) ?? allProblems(model, assumed);
  byVersion.set(assumed, all);
  return all.filter(({ kind }) => kinds.includes(kind));
}

function allProblems(model: Model, version: string): readonly PluginProblem[] {
  const problems: PluginProblem[] = [];
  // A snippet that stands in several blocks is judged in each, and its problems are said once.
  const seen = new Set<string>();
  for (const set of corefileSets(model)) {
    const parts = [...set.overrides, ...set.servers];
    const unclosed = new Set(
      parts.flatMap(({ corefile }) =>
        corefile.braceProblems.flatMap(({ kind, owner }) =>
          kind === 'unclosed' && owner !== undefined ? [owner.text] : [],
        ),
      ),
    );
    for (const { plugins, place } of scopesOf(set)) {
      for (const [name, instances] of instancesByPlugin(plugins, version)) {
        for (const problem of setupProblems(name, cursorOf(instances), version, place)) {
          const { uri, span } = problem.at.location;
          // Where a block is never closed, the lines that follow it are not meant for it.
          if (problem.kind === 'hosts-entry' && unclosed.has(name)) continue;
          const key = `${uri} ${span.start} ${span.end} ${problem.message}`;
          if (!seen.has(key)) problems.push(problem);
          seen.add(key);
        }
      }
    }
  }
  return problems;
}

interface Scope {
  readonly plugins: readonly PlacedPlugin[];
  readonly place: SetupPlace;
}

function* scopesOf(set: CorefileSet): Generator<Scope> {
  const pasted = pastedPlugins(set);
  const { isAks } = set;
  if (pasted.length > 0) {
    const isTemplated = set.overrides.some(({ corefile }) => corefile.isTemplated);
    yield { plugins: pasted, place: { zones: ['.'], isTemplated, isAks } };
  }
  for (const { plugins, block, part } of expandedBlocks(set)) {
    const zones = block.keys.map(({ text }) => text);
    yield { plugins, place: { zones, isTemplated: part.corefile.isTemplated, isAks } };
  }
}

/** The instances of each plugin in a block, with a number for the text that each comes from. */
function instancesByPlugin(
  plugins: readonly PlacedPlugin[],
  version: string,
): ReadonlyMap<string, readonly { readonly words: readonly Word[]; readonly source: number }[]> {
  const byName = new Map<string, { readonly words: readonly Word[]; readonly source: number }[]>();
  const sources = new Map<string, number>();
  let previous: Word | undefined;
  for (const { plugin, imported } of plugins) {
    const name = plugin.name.text;
    const facts = pluginFacts(name);
    if (facts === undefined || !isAvailable(facts, version)) continue;
    const list = byName.get(name) ?? [];
    byName.set(name, list);
    // Lines count within one text only.
    const isBack = previous !== undefined && plugin.name.line < previous.line;
    const key = plugin.location.uri + (isBack ? ` ${sources.size}` : '');
    const source = sources.get(key) ?? sources.size;
    sources.set(key, source);
    list.push({ words: plugin.words, source });
    previous = imported === undefined ? plugin.name : undefined;
  }
  return byName;
}

/** CoreDNS reads the words of all instances one behind the other. */
function cursorOf(instances: readonly { readonly words: readonly Word[]; readonly source: number }[]): DirectiveCursor {
  const [first] = instances;
  if (first !== undefined && instances.length === 1) return new DirectiveCursor(first.words);
  return new DirectiveCursor(
    instances.flatMap(({ words }) => words),
    instances.flatMap(({ words, source }) => words.map(() => source)),
  );
}

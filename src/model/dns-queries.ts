import { nearestWord } from '../base/near-miss.ts';
import { aksCorednsVersions, corednsPlugins, type PluginFacts } from './coredns-plugins.ts';
import type { ConfigMap, Corefile, CorefileRole, Plugin, ServerBlock, Word } from './dns.ts';
import type { Model } from './model.ts';

/** A Corefile with the ConfigMap key that holds it, where one does. */
export interface PlacedCorefile {
  readonly corefile: Corefile;
  readonly configMap: ConfigMap | undefined;
}

/** A plugin that CoreDNS sets up. `block` is undefined in the text of an override. */
export interface ActivePlugin {
  readonly plugin: Plugin;
  readonly block: ServerBlock | undefined;
  readonly corefile: Corefile;
}

const numbersByVersion = new Map<string, readonly number[]>();

/** The newest CoreDNS version that AKS runs. */
export const newestAksCoredns: string = Object.values(aksCorednsVersions).reduce((newest, version) =>
  compareVersions(version, newest) > 0 ? version : newest,
);

// Marked as pure, so that the bundle of the template half can leave the plugins out.
const pluginsByName = /* @__PURE__ */ new Map(/* @__PURE__ */ corednsPlugins.map((plugin) => [plugin.name, plugin]));

/** The plugin of that name, whichever version has it. */
export function pluginFacts(name: string): PluginFacts | undefined {
  return pluginsByName.get(name);
}

/** Whether CoreDNS of that version has the plugin. */
export function isAvailable(plugin: PluginFacts, version: string): boolean {
  if (compareVersions(version, plugin.since) < 0) return false;
  return plugin.until === undefined || compareVersions(version, plugin.until) <= 0;
}

/** Every Corefile that CoreDNS reads; keys that AKS ignores are left out. */
export function* activeCorefiles(model: Model): Generator<PlacedCorefile> {
  for (const configMap of model.configMaps) {
    for (const { corefile } of configMap.entries) {
      if (corefile !== undefined && corefile.role !== 'ignored') yield { corefile, configMap };
    }
  }
  for (const corefile of model.corefiles) yield { corefile, configMap: undefined };
}

/**
 * Every plugin that CoreDNS sets up. `import` lines are left out, and so are the plugins of snippets that nothing
 * imports. A snippet counts as imported as soon as any Corefile of the model names it.
 */
export function* activePlugins(model: Model): Generator<ActivePlugin> {
  const imported = importedNames(model);
  for (const { corefile } of activeCorefiles(model)) {
    for (const plugin of corefile.plugins) {
      if (plugin.name.text !== 'import') yield { plugin, block: undefined, corefile };
    }
    for (const block of corefile.serverBlocks) {
      if (block.isSnippet && !imported.has(block.keys[0]?.text.slice(1, -1) ?? '')) continue;
      for (const plugin of block.plugins) {
        if (plugin.name.text !== 'import') yield { plugin, block, corefile };
      }
    }
  }
}

/** Every word that stands in a Corefile behind a name: arguments and what is in the blocks. */
export function* wordsOf(corefile: Corefile): Generator<Word> {
  for (const plugin of [...corefile.plugins, ...corefile.serverBlocks.flatMap((block) => block.plugins)]) {
    yield* plugin.args;
    for (const property of plugin.block ?? []) yield* property.args;
  }
}

/**
 * Whether something may replace the word, or part of it, before CoreDNS acts on it: an environment reference, or a
 * placeholder of a deployment tool. Nothing is proven about such a word.
 */
export function mayBeReplaced(word: Word | string): boolean {
  // Longer words are data; cutting them keeps the search linear.
  const whole = typeof word === 'string' ? word : word.text;
  if (!/[\uE000{$<@%]|__/.test(whole)) return false;
  const text = whole.slice(0, 500);
  return /\uE000|\{\$.+\}|\{%.+%\}|\{\{|\$\{|\$\(|^<.*>$|__\w+__|@@|^%.*%$/.test(text);
}

/** The plugin name that a misspelt word most likely stands for, among those of that CoreDNS version. */
export function nearestPlugin(word: string, version: string): string | undefined {
  const available = corednsPlugins.filter((plugin) => isAvailable(plugin, version));
  return nearestWord(
    word.toLowerCase(),
    available.map(({ name }) => name),
  );
}

/** Orders versions such as `1.9.4` by their numbers; a leading `v` and anything behind the numbers are left out. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionNumbers(a), versionNumbers(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The role that AKS gives to a key of `coredns-custom`. */
export function roleOfKey(key: string): CorefileRole {
  if (/.\.override$/.test(key)) return 'override';
  return /.\.server$/.test(key) ? 'server' : 'ignored';
}

/** Every rule about plugins asks for them, and a block of hosts may have a hundred thousand lines. */
const importsByModel = new WeakMap<Model, ReadonlySet<string>>();

function importedNames(model: Model): ReadonlySet<string> {
  const known = importsByModel.get(model) ?? readImports(model);
  importsByModel.set(model, known);
  return known;
}

function readImports(model: Model): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { corefile } of activeCorefiles(model)) {
    for (const block of [undefined, ...corefile.serverBlocks]) {
      for (const plugin of block?.plugins ?? corefile.plugins) {
        collectImports(plugin, names);
      }
    }
  }
  return names;
}

function collectImports(plugin: Plugin, names: Set<string>): void {
  if (plugin.name.text === 'import') names.add(plugin.args[0]?.text ?? '');
  for (const property of plugin.block ?? []) {
    if (property.name.text === 'import') names.add(property.args[0]?.text ?? '');
  }
}

/** A few dozen versions are compared over and over. */
function versionNumbers(version: string): readonly number[] {
  let numbers = numbersByVersion.get(version);
  if (numbers === undefined) {
    numbers = (version.match(/\d+/g) ?? []).map(Number);
    if (numbersByVersion.size < 1000) numbersByVersion.set(version, numbers);
  }
  return numbers;
}

import type { ConfigMap, ConfigMapEntry, Corefile, Plugin, ServerBlock } from '../model/dns.ts';
import { absent, type ObjectView, type View } from './view-values.ts';

/** A ConfigMap with its Corefiles. */
export function viewConfigMap(map: ConfigMap): View {
  return {
    name: map.name === undefined ? absent : { state: 'known', text: map.name.text },
    namespace: map.namespace === undefined ? absent : { state: 'known', text: map.namespace.text },
    entries: map.entries.map(viewEntry),
  };
}

function viewEntry(entry: ConfigMapEntry): View {
  return {
    key: entry.key.text,
    role: entry.role,
    parent: entry.parent,
    style: entry.style,
    corefile: entry.corefile === undefined ? absent : viewCorefile(entry.corefile),
  };
}

/** A Corefile with its server blocks and plugins. */
export function viewCorefile(corefile: Corefile): ObjectView {
  return {
    role: corefile.role,
    serverBlocks: corefile.serverBlocks.map(viewServerBlock),
    plugins: corefile.plugins.map(viewPlugin),
  };
}

function viewServerBlock(block: ServerBlock): View {
  return {
    keys: block.keys.map((key) => key.text),
    snippet: block.isSnippet,
    plugins: block.plugins.map(viewPlugin),
  };
}

function viewPlugin(plugin: Plugin): View {
  return {
    name: plugin.name.text,
    args: plugin.args.map((word) => word.text),
    block: (plugin.block ?? []).map((property) => ({
      name: property.name.text,
      args: property.args.map((word) => word.text),
    })),
  };
}

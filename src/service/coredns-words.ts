import { touches } from '../base/span.ts';
import type { ConfigMap, ConfigMapEntry, Corefile, Plugin, PluginProperty, ServerBlock, Word } from '../model/dns.ts';
import type { Model } from '../model/model.ts';

/** A Corefile with the ConfigMap key that holds it, where one does. */
export interface HeldCorefile {
  readonly corefile: Corefile;
  readonly entry: ConfigMapEntry | undefined;
  readonly configMap: ConfigMap | undefined;
}

/** What stands at a place of a Corefile, with what is around it. */
export type CorefileWord = HeldCorefile &
  (
    | { readonly kind: 'zone'; readonly word: Word; readonly block: ServerBlock }
    | {
        readonly kind: 'plugin' | 'argument';
        readonly word: Word;
        readonly plugin: Plugin;
        readonly block: ServerBlock | undefined;
      }
    | {
        readonly kind: 'property';
        readonly word: Word;
        readonly property: PluginProperty;
        readonly plugin: Plugin;
        readonly block: ServerBlock | undefined;
      }
  );

/** Every Corefile of a model, those of keys that AKS ignores included. */
export function heldCorefiles(model: Model): readonly HeldCorefile[] {
  const held = model.configMaps.flatMap((configMap) =>
    configMap.entries.flatMap((entry) =>
      entry.corefile === undefined ? [] : [{ corefile: entry.corefile, entry, configMap }],
    ),
  );
  return [...held, ...model.corefiles.map((corefile) => ({ corefile, entry: undefined, configMap: undefined }))];
}

/** The word of a Corefile at an offset; undefined where none stands, as between words and in comments. */
export function corefileWordAt(model: Model, offset: number): CorefileWord | undefined {
  const isHere = ({ location }: { readonly location: Word['location'] }): boolean => touches(location.span, offset);
  for (const held of heldCorefiles(model)) {
    if (!isHere(held.corefile)) continue;
    for (const block of [undefined, ...held.corefile.serverBlocks.filter(isHere)]) {
      const zone = block?.keys.find(isHere);
      if (zone !== undefined && block !== undefined) return { ...held, kind: 'zone', word: zone, block };
      const plugin = (block?.plugins ?? held.corefile.plugins).find(isHere);
      if (plugin === undefined) continue;
      if (isHere(plugin.name)) return { ...held, kind: 'plugin', word: plugin.name, plugin, block };
      const property = plugin.block?.find(isHere);
      if (property !== undefined && isHere(property.name)) {
        return { ...held, kind: 'property', word: property.name, property, plugin, block };
      }
      const argument = [...plugin.args, ...(property?.args ?? [])].find(isHere);
      return argument && { ...held, kind: 'argument', word: argument, plugin, block };
    }
  }
  return undefined;
}

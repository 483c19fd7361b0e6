import { standInModules } from '../bicep/index.ts';
import { readYamlData, type YamlData } from '../coredns/index.ts';

/** What few templates need: an engine can be built without it, and is given it when a document turns out to need it. */
export interface Extras {
  /** Reads YAML text as plain values. */
  readonly readYaml?: (text: string) => YamlData;
  /** Bicep texts that stand in for modules of the registry, by the names of these. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/** What this engine was built with. */
export const builtIn: Extras = { readYaml: readYamlData, standIns: standInModules };

import { standInModules } from '../bicep/index.ts';
import { parseYamlValue } from '../coredns/index.ts';

/** What few templates need: an engine can be built without it, and is given it when a document turns out to need it. */
export interface Extras {
  /** Reads YAML text as plain data. */
  readonly readYaml?: (text: string) => unknown;
  /** Bicep texts that stand in for modules of the registry, by the names of these. */
  readonly standIns?: Readonly<Record<string, string>>;
}

/** What this engine was built with. */
export const builtIn: Extras = { readYaml: parseYamlValue, standIns: standInModules };

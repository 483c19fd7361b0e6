import { parse } from 'yaml';

/** Plain data from YAML text of any kind; undefined where it cannot be read or its aliases would blow it up. */
export function parseYamlValue(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}

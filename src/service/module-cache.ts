/** Folders in which Bicep keeps the modules that it has restored: paths, or URIs for the engine; no slash at the end. */
export interface ModuleCache {
  /** Where they are, if no configuration says otherwise. */
  readonly root: string;
  /** The folder that `~` stands for in a configuration; absent where there is none. */
  readonly home?: string;
}

/**
 * The cache of whoever runs the program: as Bicep's own environment variable says, or below the home folder. Undefined
 * where there is neither, as in a browser.
 */
export function findModuleCache(environment: Readonly<Record<string, string | undefined>>): ModuleCache | undefined {
  const home = environment['HOME'] || environment['USERPROFILE'];
  const root = environment['BICEP_CACHE_DIRECTORY'];
  if (home) return { root: root || `${home}/.bicep`, home };
  return root ? { root } : undefined;
}

/** The same folders, spelled otherwise. */
export function mapModuleCache({ root, home }: ModuleCache, spell: (folder: string) => string): ModuleCache {
  return { root: spell(root), ...(home === undefined ? {} : { home: spell(home) }) };
}

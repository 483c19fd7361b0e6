import { resolvePath } from './paths.ts';

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

/**
 * The URI of the folder of restored modules: the usual one, or that which a configuration has `written`. Bicep takes an absolute path or one below the home
 * folder, and refuses others; a path to another machine is not followed. Undefined where there is none to follow.
 */
export function cacheFolder({ root, home }: ModuleCache, written: string | undefined): string | undefined {
  if (written === undefined) return root;
  const path = written.replaceAll('\\', '/');
  if (/^~(?:\/|$)/.test(path)) return home && withoutSlash(resolvePath(`${home}/`, `.${path.slice(1)}`));
  const isAbsolute = /^(?:\/(?!\/)|[a-z]:\/)/i.test(path);
  return isAbsolute ? withoutSlash(resolvePath(root, path.startsWith('/') ? path : `/${path}`)) : undefined;
}

function withoutSlash(uri: string | undefined): string | undefined {
  return uri?.replace(/\/+$/, '');
}

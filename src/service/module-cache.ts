/**
 * The folder in which Bicep keeps the modules that it has restored: as its own environment variable says, or below the
 * home folder. Undefined where there is neither, as in a browser.
 */
export function moduleCacheFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const home = environment['HOME'] || environment['USERPROFILE'];
  return environment['BICEP_CACHE_DIRECTORY'] || (home ? `${home}/.bicep` : undefined);
}

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';

/**
 * A new temporary folder, which is gone at the end of this process at the latest.
 *
 * @param {string} name
 * @param {string} [parent] The system's folder for such things if not given.
 */
export async function scratchFolder(name, parent = os.tmpdir()) {
  const folder = await mkdtemp(path.join(parent, `aksnet-${name}-`));
  const removal = { recursive: true, force: true, maxRetries: 5, retryDelay: 50 };
  const atExit = () => rmSync(folder, removal);
  process.once('exit', atExit);
  return {
    path: folder,
    async remove() {
      process.off('exit', atExit);
      await rm(folder, removal);
    },
  };
}

/** Makes Ctrl+C and friends an ordinary exit, so that everything that cleans up at the exit does so. */
export function exitOnSignals() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => process.exit(130));
}

import type { ModuleCache } from '../service/module-cache.ts';

/** What a command may use of the process around it, so that commands run in tests without one. */
export interface Host {
  /** Absolute path of the current folder. */
  readonly folder: string;
  readonly version: string;
  /** Whether standard output may be coloured. */
  readonly hasColour: boolean;
  /** Where Bicep keeps restored modules; without it, none are read. */
  readonly moduleCache?: ModuleCache;
  write(text: string): void;
  writeError(text: string): void;
  /** Everything on standard input. */
  readInput(): Promise<Uint8Array>;
}

/** How a command ended: nothing to report, findings at or above warning, or it could not do its work. */
export type ExitCode = 0 | 1 | 2;

/** A reason not to run that the person at the terminal can remove: told in one sentence, without a stack. */
export class UsageError extends Error {
  /** The command whose help tells more; undefined for aksnet itself. */
  readonly command: string | undefined;

  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** The message of whatever was thrown; of a failed system call the part that a person can use. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return systemErrors[code] ?? error.message;
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'it is a folder',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'the name is too long',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large to be read',
  ERR_STRING_TOO_LONG: 'the file is too large to be read',
};

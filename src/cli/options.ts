import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './host.ts';

/** The options of a command as `node:util` describes them. */
export type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/** Reads the arguments of a command; anything that it does not know is a {@link UsageError} that names it. */
export function readOptions<const T extends OptionsConfig>(command: string, args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(error), command);
  }
}

/** Node's own sentences talk of positional arguments; the first sentence names the option and is enough. */
function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const first = message.split(/\.\s|\n/)[0] ?? message;
  return first.endsWith('.') ? first : `${first}.`;
}

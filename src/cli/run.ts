import { runCidr } from './cidr.ts';
import { runExplain } from './explain.ts';
import { type Command, help, isCommand } from './help.ts';
import { type ExitCode, errorText, type Host, UsageError } from './host.ts';
import { runLint } from './lint.ts';
import { runModel } from './model.ts';

const commands: Readonly<Record<Command, (args: readonly string[], host: Host) => Promise<ExitCode>>> = {
  lint: runLint,
  model: runModel,
  cidr: runCidr,
  explain: runExplain,
};

/** Runs `aksnet` with the arguments behind its name. The one place where failures become messages and exit codes. */
export async function runCli(args: readonly string[], host: Host): Promise<ExitCode> {
  try {
    return await dispatch(args, host);
  } catch (error) {
    if (error instanceof UsageError) {
      const more = error.command === undefined ? 'aksnet --help' : `aksnet ${error.command} --help`;
      host.writeError(`aksnet: ${error.message}\nRun "${more}" for the usage.\n`);
    } else {
      host.writeError(`aksnet: ${errorText(error)}\n${error instanceof Error ? `${error.stack}\n` : ''}`);
    }
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], host: Host): Promise<ExitCode> {
  if (name === undefined) {
    host.writeError(help());
    return 2;
  }
  if (name === '--version' || name === '-v') {
    host.write(`${host.version}\n`);
    return 0;
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    const [topic] = rest;
    if (topic !== undefined && !isCommand(topic)) throw unknownCommand(topic);
    host.write(help(topic));
    return 0;
  }
  if (!isCommand(name)) throw unknownCommand(name);
  if (rest.includes('--help') || rest.includes('-h')) {
    host.write(help(name));
    return 0;
  }
  return commands[name](rest, host);
}

function unknownCommand(name: string): UsageError {
  const kind = name.startsWith('-') ? 'option' : 'command';
  return new UsageError(`There is no ${kind} "${name}".`);
}

import { viewModel } from '../service/model-view.ts';
import { type ExitCode, type Host, UsageError } from './host.ts';
import { readOptions } from './options.ts';
import { readDocument } from './read-document.ts';

/** `aksnet model FILE`: prints the network model of a file in the shape of {@link viewModel}. */
export async function runModel(args: readonly string[], host: Host): Promise<ExitCode> {
  const { positionals } = readOptions('model', args, {});
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError('model takes one file.', 'model');
  const { model } = await readDocument('model', file, host);
  host.write(`${JSON.stringify(viewModel(model), undefined, 2)}\n`);
  return 0;
}

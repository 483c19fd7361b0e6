import { type CalculatorAnswer, calculate } from '../service/calculator.ts';
import { type ExitCode, type Host, UsageError } from './host.ts';
import { readOptions } from './options.ts';
import { readDocument } from './read-document.ts';

/** `aksnet cidr`: the subnet calculator on the terminal. */
export async function runCidr(args: readonly string[], host: Host): Promise<ExitCode> {
  const { values, positionals } = readOptions('cidr', args, { in: { type: 'string' } });
  if (positionals.length === 0)
    throw new UsageError('cidr needs a question, such as 10.240.0.0/16 or 10 x 30.', 'cidr');
  const model = values.in === undefined ? undefined : (await readDocument('cidr', values.in, host)).model;
  const answer = calculate(positionals.join(' '), model);
  if (answer.problem !== undefined) throw new UsageError(answer.problem, 'cidr');
  host.write(formatAnswer(answer));
  return 0;
}

/** The answer as a title, its facts in two columns, and the prefixes to choose from. */
export function formatAnswer({ title, facts, results }: CalculatorAnswer): string {
  const factWidth = Math.max(0, ...facts.map(({ name }) => name.length));
  const prefixWidth = Math.max(0, ...results.map(({ prefix }) => prefix.length));
  const lines = [
    title,
    ...facts.map(({ name, value }) => `  ${name.padEnd(factWidth)}  ${value}`),
    ...(results.length === 0 ? [] : ['']),
    ...results.map((result) => `  ${result.prefix.padEnd(prefixWidth)}  ${result.title}`),
  ];
  return `${lines.join('\n')}\n`;
}

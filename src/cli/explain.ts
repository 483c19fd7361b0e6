import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineIndex } from '../base/line-index.ts';
import type { Analysis } from '../service/analysis.ts';
import { type BlamedPlace, type Explanation, explain } from '../service/explain.ts';
import { nothingKnown } from '../service/explain-report.ts';
import { harmless } from './display-width.ts';
import { Engine } from './engine.ts';
import { findFiles } from './find-files.ts';
import { type ExitCode, errorText, type Host, UsageError } from './host.ts';
import { readOptions } from './options.ts';
import { relativePath } from './report.ts';
import { decodeText, readTextFile } from './text-file.ts';

/** `aksnet explain`: what an error of Azure, AKS or CoreDNS means, and with `--in` where its cause stands. */
export async function runExplain(args: readonly string[], host: Host): Promise<ExitCode> {
  const { values, positionals } = readOptions('explain', args, {
    format: { type: 'string', default: 'text' },
    in: { type: 'string', multiple: true, default: [] },
  });
  const { format } = values;
  if (format !== 'text' && format !== 'json') throw usage(`There is no format "${format}". Formats: text, json.`);
  const text = positionals.length > 0 ? positionals.join(' ') : decodeText(await host.readInput()).text;
  if (text.trim() === '') throw usage('explain needs the text of an error, as an argument or on standard input.');
  const engine = new Engine({}, (message) => host.writeError(`aksnet: ${message}\n`));
  const analyses = values.in.length === 0 ? [] : await analyseFiles(engine, values.in, host);
  const explanations = explain(text, analyses);
  const shown = explanations.map((explanation) => toShown(explanation, engine, host.folder));
  if (format === 'json') host.write(`${JSON.stringify(shown, undefined, 2)}\n`);
  else host.write(formatExplanations(shown, values.in.length > 0));
  return explanations.length === 0 ? 1 : 0;
}

async function analyseFiles(engine: Engine, paths: readonly string[], host: Host): Promise<Analysis[]> {
  const { files, problems } = await findFiles(host.folder, paths);
  const [problem] = problems;
  if (problem !== undefined) throw usage(`${problem.path}: ${problem.message}.`);
  const opened: string[] = [];
  for (const file of files) {
    const { text } = await readTextFile(file.path).catch((error: unknown) => {
      throw usage(`${relativePath(host.folder, file.path)}: ${errorText(error)}.`);
    });
    if (engine.open(file.path, text)) opened.push(file.path);
  }
  const analyses: Analysis[] = [];
  for (const file of opened) {
    const analysis = await engine.analyse(path.resolve(file));
    if (analysis !== undefined) analyses.push(analysis);
  }
  return analyses;
}

/** An explanation as it is printed. Its JSON is the `--format json` of the command: a stable shape. */
interface ShownExplanation {
  readonly title: string;
  readonly origin: Explanation['origin'];
  readonly meaning: string;
  readonly details: readonly string[];
  readonly rules: readonly string[];
  readonly places: readonly ShownPlace[];
  readonly reference: string;
}

interface ShownPlace {
  /** Relative to the current folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string;
  readonly severity: BlamedPlace['severity'];
  readonly message: string;
  readonly isNamed: boolean;
}

function toShown(explanation: Explanation, engine: Engine, folder: string): ShownExplanation {
  const { title, origin, meaning, details, rules, places, reference } = explanation;
  return {
    title,
    origin,
    meaning,
    details,
    rules: rules.map(({ id }) => id),
    places: places.map(({ location, rule, severity, message, isNamed }) => {
      const lines = new LineIndex(engine.textOf(location.uri) ?? '');
      const { line, character } = lines.position(location.span.start);
      const file = relativePath(folder, fileURLToPath(location.uri));
      return { file, line: line + 1, column: character + 1, rule, severity, message, isNamed };
    }),
    reference,
  };
}

/** The explanations for people. `hasPlaces`: files were searched, so that finding nothing there says something. */
function formatExplanations(explanations: readonly ShownExplanation[], hasPlaces: boolean): string {
  if (explanations.length === 0) return `${nothingKnown}\n`;
  return explanations.map((explanation) => formatExplanation(explanation, hasPlaces)).join('\n');
}

function formatExplanation(
  { title, meaning, details, rules, places, reference }: ShownExplanation,
  hasPlaces: boolean,
): string {
  const lines = [
    harmless(title),
    `  ${meaning}`,
    ...details.map((detail) => `  - ${harmless(detail)}`),
    ...(rules.length === 0 ? [] : [`  Found by: ${rules.join(', ')}`]),
    ...places.map(
      ({ file, line, column, message, rule, isNamed }) =>
        `  ${isNamed ? 'Named by the error: ' : ''}${harmless(file)}:${line}:${column}: ${harmless(message)} ${rule}`,
    ),
    ...(hasPlaces && places.length === 0 && rules.length > 0 ? ['  None of these rules reports in the files.'] : []),
    `  Reference: ${reference}`,
  ];
  return `${lines.join('\n')}\n`;
}

function usage(message: string): UsageError {
  return new UsageError(message, 'explain');
}

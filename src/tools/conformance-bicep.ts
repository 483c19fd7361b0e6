/**
 * Measures the Bicep front end against what the compiler recorded and against real files, and prints the figures:
 * `conformance-bicep [shared folder]`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { LineIndex } from '../base/line-index.ts';
import { parseBicep } from '../bicep/parser.ts';
import type { BicepFile, BicepKind, Statement } from '../bicep/syntax.ts';
import { describeAgreement, measureAgreement } from './agreement.ts';
import { measurePipeline, type Times } from './conformance-speed.ts';
import { measureValues } from './conformance-values.ts';

/** A line on which only one of the two reports a syntax error. */
export interface Difference {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly text: string;
  readonly codes: readonly string[];
}

/** Syntax errors by line, against the compiler's recorded ones. Recall and precision lie between 0 and 1. */
export interface SyntaxFigures {
  readonly files: number;
  readonly expectedLines: number;
  readonly reportedLines: number;
  readonly recall: number;
  readonly precision: number;
  readonly missed: readonly Difference[];
  readonly unexpected: readonly Difference[];
}

/** Valid files in which the parser reports an error. */
export interface CorpusFigures {
  readonly files: number;
  readonly failing: readonly { readonly file: string; readonly message: string }[];
}

/** How many of the declarations that an edit did not touch are still found after it. */
export interface RecoveryFigures {
  readonly edit: EditKind;
  readonly runs: number;
  readonly intactRuns: number;
  readonly declarations: number;
  readonly found: number;
  readonly share: number;
}

export type EditKind = 'cut the rest of a line' | 'delete a bracket or quote' | 'insert an unfinished line';

export interface SpeedFigures {
  readonly characters: number;
  /** Megabytes of source per second, in the best of several rounds. */
  readonly megabytesPerSecond: number;
}

interface Source {
  readonly name: string;
  readonly kind: BicepKind;
  readonly text: string;
}

/** Compares the lines with syntax errors with those of the recorded diagnostics. */
export function measureSyntax(shared: string): SyntaxFigures {
  const folder = join(shared, 'bicep/diagnostics');
  const codes = new Set(readFileSync(join(shared, 'bicep/syntax-codes.txt'), 'utf8').split(/\s+/).filter(Boolean));
  const missed: Difference[] = [];
  const unexpected: Difference[] = [];
  let files = 0;
  let expectedLines = 0;
  let reportedLines = 0;
  let common = 0;
  for (const source of readSources(folder, /(?<!\.diagnostics)\.bicep(param)?$/)) {
    const recordedPath = join(folder, source.name.replace(/\.(bicep(?:param)?)$/, '.diagnostics.$1'));
    if (!existsSync(recordedPath)) continue;
    files++;
    const recorded = readRecorded(readFileSync(recordedPath, 'utf8'));
    const reported = reportedByLine(source);
    const lines = new LineIndex(source.text);
    const difference = (line: number, found: readonly string[]): Difference => {
      const span = lines.lineSpan(line);
      return { file: source.name, line: line + 1, text: source.text.slice(span.start, span.end), codes: found };
    };
    for (const [line, all] of recorded) {
      const expected = all.filter((code) => codes.has(code));
      if (expected.length === 0) continue;
      expectedLines++;
      if (reported.has(line)) common++;
      else missed.push(difference(line, expected));
    }
    for (const [line, found] of reported) {
      const all = recorded.get(line) ?? [];
      // A code that semantic phases raise as well is not among the syntax codes, and no difference either.
      if (!all.some((code) => codes.has(code)) && found.some((code) => all.includes(code))) continue;
      reportedLines++;
      if (!all.some((code) => codes.has(code))) unexpected.push(difference(line, found));
    }
  }
  const recall = common / Math.max(1, expectedLines);
  const precision = common / Math.max(1, reportedLines);
  return { files, expectedLines, reportedLines, recall, precision, missed, unexpected };
}

/** Parses every real file; all of them are valid. */
export function measureCorpus(shared: string): CorpusFigures {
  const sources = readSources(join(shared, 'corpus'), /\.bicep(param)?$/);
  const failing = sources.flatMap(({ name, kind, text }) => {
    const [error] = parseBicep(text, kind).errors;
    return error === undefined ? [] : [{ file: name, message: `${error.code ?? ''} ${error.message}` }];
  });
  return { files: sources.length, failing };
}

/** Breaks real files at random, `runs` times with each kind of edit, always in the same way for one `seed`. */
export function measureRecovery(shared: string, runs: number, seed = 1): readonly RecoveryFigures[] {
  const sources = readSources(join(shared, 'corpus'), /\.bicep$/).filter(({ text }) => text.length < 40_000);
  const random = seededRandom(seed);
  const kinds: readonly EditKind[] = [
    'cut the rest of a line',
    'delete a bracket or quote',
    'insert an unfinished line',
  ];
  return kinds.map((edit) => {
    let [declarations, found, intactRuns, done] = [0, 0, 0, 0];
    for (let i = 0; i < runs; i++) {
      const source = sources[Math.floor(random() * sources.length)];
      const change = source === undefined ? undefined : breakText(source.text, edit, random);
      if (source === undefined || change === undefined) continue;
      const others = untouched(parseBicep(source.text, source.kind), change.start, change.end);
      const after = new Set(parseBicep(change.text, source.kind).statements.map(statementKey));
      const kept = others.filter((key) => after.has(key)).length;
      done++;
      declarations += others.length;
      found += kept;
      if (kept === others.length) intactRuns++;
    }
    return { edit, runs: done, intactRuns, declarations, found, share: found / Math.max(1, declarations) };
  });
}

/** Parses all real files several times. */
export function measureSpeed(shared: string, rounds = 8): SpeedFigures {
  const sources = readSources(join(shared, 'corpus'), /\.bicep(param)?$/);
  const characters = sources.reduce((sum, { text }) => sum + text.length, 0);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    for (const { text, kind } of sources) parseBicep(text, kind);
    best = Math.min(best, performance.now() - begin);
  }
  return { characters, megabytesPerSecond: characters / 1000 / best };
}

function readSources(folder: string, pattern: RegExp): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => ({
      name,
      kind: name.endsWith('.bicepparam') ? ('bicepparam' as const) : ('bicep' as const),
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}

/** The codes recorded for each line, by its zero-based number without the lines of the record itself. */
function readRecorded(text: string): ReadonlyMap<number, readonly string[]> {
  const recorded = new Map<number, string[]>();
  const lengths: number[] = [];
  for (const content of text.split(/\r?\n/)) {
    const [, column, code] = /^\/\/@\[(\d+):\d+\) \[([\w-]+) \(/.exec(content) ?? [];
    if (column === undefined || code === undefined) {
      if (!content.startsWith('//@[')) lengths.push(content.length);
      continue;
    }
    let line = lengths.length - 1;
    // The record of a span over several lines follows the last of them, if their line breaks differ in kind.
    while (line > 0 && Number(column) > (lengths[line] ?? 0)) line--;
    recorded.set(line, [...(recorded.get(line) ?? []), code]);
  }
  return recorded;
}

function reportedByLine({ text, kind }: Source): ReadonlyMap<number, readonly string[]> {
  const lines = new LineIndex(text);
  const reported = new Map<number, string[]>();
  for (const error of parseBicep(text, kind).errors) {
    const { line } = lines.position(error.span.start);
    reported.set(line, [...(reported.get(line) ?? []), error.code ?? 'nesting']);
  }
  return reported;
}

const unfinishedLines = [
  'resource broken',
  "resource broken 'Microsoft.Network/virtualNetworks@2024-05-01' = {",
  'param broken string = ',
  'var broken = [',
  'var broken = {',
  "var broken = concat('a', ",
  "  name: 'broken",
  '  properties: {',
  '  tags:',
  '  broken',
  '@description(',
  "output broken string = '${",
  'module broken',
  'if (',
  '[for x in',
];

interface BrokenText {
  readonly text: string;
  /** What was changed, in the original text. */
  readonly start: number;
  readonly end: number;
}

function breakText(text: string, edit: EditKind, random: () => number): BrokenText | undefined {
  if (edit === 'delete a bracket or quote') {
    const places = [...text.matchAll(/[{}[\]()']/g)].map((match) => match.index);
    const at = places[Math.floor(random() * places.length)];
    if (at === undefined) return undefined;
    return { text: text.slice(0, at) + text.slice(at + 1), start: at, end: at + 1 };
  }
  const lines = new LineIndex(text);
  const line = lines.lineSpan(Math.floor(random() * lines.lineCount));
  if (edit === 'cut the rest of a line') {
    const at = line.start + Math.floor(random() * (line.end - line.start + 1));
    return { text: text.slice(0, at) + text.slice(line.end), start: at, end: line.end };
  }
  const inserted = unfinishedLines[Math.floor(random() * unfinishedLines.length)] ?? '';
  const newText = `${text.slice(0, line.start)}${inserted}\n${text.slice(line.start)}`;
  return { text: newText, start: line.start, end: line.start };
}

/** The declarations that the change from `start` to `end` did not touch. */
function untouched(file: BicepFile, start: number, end: number): readonly string[] {
  return file.statements.filter(({ span }) => end <= span.start || start >= span.end).map(statementKey);
}

function statementKey(statement: Statement): string {
  return 'name' in statement ? `${statement.kind} ${statement.name.text}` : statement.kind;
}

/** Numbers between 0 and 1 that are always the same for one seed. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

function printFigures(shared: string): void {
  const syntax = measureSyntax(shared);
  print(`Syntax errors by line, ${syntax.files} files of the compiler:`);
  print(`  recall ${percent(syntax.recall)} of ${syntax.expectedLines} lines`);
  print(`  precision ${percent(syntax.precision)} of ${syntax.reportedLines} lines`);
  for (const { file, line, text, codes } of syntax.missed) print(`  missed ${file}:${line} ${codes} | ${text}`);
  for (const { file, line, text, codes } of syntax.unexpected) print(`  unexpected ${file}:${line} ${codes} | ${text}`);
  const corpus = measureCorpus(shared);
  print(`Valid files with a syntax error: ${corpus.failing.length} of ${corpus.files}`);
  for (const { file, message } of corpus.failing) print(`  ${file}: ${message}`);
  for (const { edit, runs, intactRuns, declarations, found, share } of measureRecovery(shared, 3000)) {
    print(`Recovery, ${edit}: ${percent(share)} (${found} of ${declarations}), whole in ${intactRuns} of ${runs} runs`);
  }
  printValues(shared);
  for (const line of describeAgreement(measureAgreement(shared))) print(line);
  printSpeed(shared);
}

function printValues(shared: string): void {
  const values = measureValues(shared);
  print(`Values: ${percent(values.known / values.sites)} of ${values.sites} address values known with callers and`);
  print(`  parameter files, ${percent(values.knownAlone / values.sites)} with each file alone`);
  for (const [name, { sites, knownAlone, known }] of values.byRepository) {
    print(`  ${name}: ${known} of ${sites}, ${knownAlone} alone`);
  }
  for (const { file, line, property, code, text } of values.unknown) {
    print(`  unknown, ${code}: ${file}:${line} ${property}: ${text}`);
  }
}

function printSpeed(shared: string): void {
  const speed = measureSpeed(shared);
  print(`Speed: parse ${speed.megabytesPerSecond.toFixed(1)} MB/s over ${(speed.characters / 1e6).toFixed(2)} MB`);
  const { largest, manyModules, ...keystrokes } = measurePipeline(shared);
  printTimes(`${largest.file}, ${(largest.characters / 1024).toFixed(0)} KB, opened`, largest.milliseconds);
  const size = `${(manyModules.characters / 1024).toFixed(0)} KB`;
  printTimes(`${manyModules.modules} modules, ${size}, all opened`, manyModules.milliseconds);
  printTimes('a keystroke in one of them', keystrokes.keystrokeAmongModules);
  printTimes('a keystroke in the file that calls them', keystrokes.keystrokeInCaller);
  printTimes('a keystroke in a module with 20 callers', keystrokes.keystrokeWithCallers);
}

function printTimes(title: string, { median, p95, processorP95 }: Times): void {
  print(
    `  ${title}: median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (processor time p95 ${processorP95.toFixed(1)} ms)`,
  );
}

const entry = process.argv[1];
if (entry !== undefined && basename(entry).startsWith('conformance-bicep')) {
  const shared = process.argv[2] ?? join(process.cwd(), '../shared');
  if (existsSync(shared)) printFigures(shared);
  else process.stderr.write(`No reference data at ${relative(process.cwd(), shared)}: nothing was measured.\n`);
}

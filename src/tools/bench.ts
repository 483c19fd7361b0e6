/**
 * Measures the whole pipeline against the bare parse, side by side in one process, how long a keystroke takes, and how
 * time grows with the input, and compares with the budgets. `npm run bench`.
 */
import process from 'node:process';
import { parseTree } from 'jsonc-parser';
import { parseAllDocuments } from 'yaml';
import { parseBicep } from '../bicep/index.ts';
import { parseCorefile } from '../coredns/index.ts';
import type { Model } from '../model/model.ts';
import type { Language } from '../rules/rule.ts';
import { analyse } from '../service/analysis.ts';
import type { Document } from '../service/document.ts';
import { lowerEntry } from '../service/entries.ts';
import { LanguageService } from '../service/language-service.ts';
import { runRules } from '../service/rule-runner.ts';
import { defaultSettings } from '../service/settings.ts';
import { Workspace } from '../service/workspace.ts';
import {
  armSubnets,
  bicepCrowd,
  bicepSubnets,
  corednsBlocks,
  largestGroups,
  realFileOfSize,
  type Source,
  type SourceGroup,
  sampleGroups,
} from './bench-inputs.ts';
import { quantile, timeSideBySide } from './timing.ts';

/** The budgets of the design. */
const budgets = {
  megabytesPerSecond: 5,
  timesBareParse: 3,
  keystrokeSmall: 5,
  keystrokeLarge: 16,
  /** How much more a subnet may cost among 10,000 than among 100: linear growth with room for noise. */
  growth: 2,
  /** Milliseconds that all rules may take over the crowded template, and as a share of lowering it. */
  rules: 100,
  rulesOfLowering: 0.5,
};

/** Counted, and typed before that, as the engine that editors run has been warm for hours. */
const keystrokes = 150;
const warmUpKeystrokes = 100;
const smallFile = 20_000;

let overBudget = 0;

function main(): void {
  print(`Node ${process.version} on ${process.platform}-${process.arch}\n`);
  benchThroughput();
  benchKeystrokes();
  benchGrowth();
  benchRules();
  print(overBudget === 0 ? 'Every budget is met.' : `${overBudget} measurements are over budget.`);
}

function benchThroughput(): void {
  const groups: SourceGroup[] = [
    ...sampleGroups(),
    ...largestGroups(),
    { title: '10,000 subnets, bicep', sources: [bicepSubnets(10_000)] },
    { title: '10,000 subnets, arm', sources: [armSubnets(10_000)] },
    { title: '10,000 blocks, coredns', sources: [corednsBlocks(10_000)] },
  ];
  const rows = groups.flatMap(({ title, sources }): string[][] => {
    if (sources.length === 0) return [[title, 'not there']];
    const size = sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const [bare, whole] = timeSideBySide(sources, parseBare, runPipeline);
    const speed = size / 1000 / whole;
    return [
      [
        title,
        String(sources.length),
        (size / 1024).toFixed(1),
        (bare / sources.length).toFixed(2),
        (whole / sources.length).toFixed(2),
        speed.toFixed(1),
        verdict(speed >= budgets.megabytesPerSecond),
        `${(whole / bare).toFixed(2)}×`,
        verdict(whole / bare <= budgets.timesBareParse),
      ],
    ];
  });
  print('Whole pipeline against bare parse (jsonc-parser, yaml, our own for Bicep and Corefiles); medians.');
  print(`Budgets: at least ${budgets.megabytesPerSecond} MB/s, at most ${budgets.timesBareParse}× the bare parse.\n`);
  table(['', 'files', 'KB', 'bare ms/file', 'whole ms/file', 'MB/s', '', 'whole/bare', ''], rows);
}

function benchKeystrokes(): void {
  const largest = largestGroups().flatMap(({ sources }) => sources.slice(0, 1));
  const small = (['bicep', 'arm'] as const).flatMap((language) => realFileOfSize(language, smallFile) ?? []);
  const sources = [...sampleGroups().flatMap((group) => group.sources), ...small, ...largest];
  const rows = sources.map((source) => {
    const times = typeInto(source);
    const limit = source.text.length <= smallFile * 1.1 ? budgets.keystrokeSmall : budgets.keystrokeLarge;
    const high = quantile(times, 0.95);
    const size = Buffer.byteLength(source.text) / 1024;
    return [
      source.name,
      source.language,
      size.toFixed(1),
      quantile(times, 0.5).toFixed(2),
      high.toFixed(2),
      String(limit),
      verdict(high <= limit),
    ];
  });
  print(
    `Keystroke to diagnostics: ${keystrokes} single characters typed and taken back at places all over the file.\n`,
  );
  table(['file', '', 'KB', 'median ms', 'p95 ms', 'budget', ''], rows);
}

function benchGrowth(): void {
  const makers: readonly (readonly [string, (count: number) => Source])[] = [
    ['bicep', (count) => bicepSubnets(count)],
    ['arm', (count) => armSubnets(count)],
    ['bicep, every tenth overlaps', (count) => bicepSubnets(count, 'overlapping')],
    ['arm, every tenth overlaps', (count) => armSubnets(count, 'overlapping')],
  ];
  const rows = makers.map(([title, make]) => {
    const times = [100, 1_000, 10_000].map((count) => {
      const source = make(count);
      return timeSideBySide([source], runPipeline)[0];
    });
    const growth = (times[2] ?? 0) / (times[0] ?? 1) / 100;
    return [title, ...times.map((time) => time.toFixed(1)), `${growth.toFixed(2)}×`, verdict(growth <= budgets.growth)];
  });
  print(`Growth of the whole pipeline. A subnet among 10,000 may cost ${budgets.growth}× what it costs among 100.\n`);
  table(['subnets', '100 ms', '1,000 ms', '10,000 ms', 'per subnet', ''], rows);
}

/** All rules over one template with 10,000 subnets, 1,000 routes and 200 pools. */
function benchRules(): void {
  const rows = [bicepCrowd(10_000, 1_000, 200), armSubnets(10_000)].map((source) => {
    const document = documentOf(source, 1, source.text);
    const lower = (): { readonly language: Language; readonly model: Model } => {
      const workspace = new Workspace();
      workspace.update(document);
      const content = workspace.parse(document.uri)?.content;
      if (content === undefined) throw new Error(`${source.name} is not read`);
      return { language: source.language, model: lowerEntry(workspace, document.uri, content).model };
    };
    // A model of its own for each round: rules remember what they have found out about one.
    let lowered = lower();
    const [lowering, rules] = timeSideBySide(
      [source],
      () => {
        lowered = lower();
      },
      () => runRules(lowered.language, lowered.model, defaultSettings, document.uri, rethrow),
    );
    return [
      source.name,
      lowering.toFixed(1),
      rules.toFixed(1),
      verdict(rules <= budgets.rules),
      (rules / lowering).toFixed(2),
      verdict(rules / lowering <= budgets.rulesOfLowering),
    ];
  });
  print(`All rules: at most ${budgets.rules} ms, and ${budgets.rulesOfLowering} of the time to parse and lower.\n`);
  table(['', 'parse and lower ms', 'rules ms', '', 'share', ''], rows);
}

function parseBare({ language, text, name }: Source): unknown {
  switch (language) {
    case 'bicep':
      return parseBicep(text, name.endsWith('.bicepparam') ? 'bicepparam' : 'bicep');
    case 'arm':
      return parseTree(text, [], { allowTrailingComma: true });
    case 'coredns':
      return /\.ya?ml$/.test(name) ? parseAllDocuments(text) : parseCorefile(text, 'corefile');
  }
}

function runPipeline(source: Source): void {
  analyse(documentOf(source, 1, source.text), defaultSettings, rethrow);
}

/** Milliseconds of each single-character edit, from the new text to its diagnostics. */
function typeInto(source: Source): number[] {
  const service = new LanguageService(rethrow);
  const times: number[] = [];
  let version = 1;
  const type = (text: string): void => {
    const document = documentOf(source, ++version, text);
    const start = performance.now();
    service.analyse(document);
    times.push(performance.now() - start);
  };
  const characters = ['a', '1', ' ', '{', "'", '"', '/', '\n'];
  for (let stroke = 0; stroke < warmUpKeystrokes + keystrokes; stroke++) {
    // Places all over the file, the same in every run.
    const place = Math.floor(((stroke * 0.618_033_988_749) % 1) * source.text.length);
    const character = characters[stroke % characters.length] ?? 'a';
    type(source.text.slice(0, place) + character + source.text.slice(place));
    type(source.text);
  }
  return times.slice(2 * warmUpKeystrokes);
}

function documentOf({ name }: Source, version: number, text: string): Document {
  return { uri: `file:///${encodeURIComponent(name)}`, languageId: '', version, text };
}

function rethrow(rule: string, uri: string, error: unknown): never {
  throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
}

function verdict(isMet: boolean): string {
  if (!isMet) overBudget++;
  return isMet ? 'ok' : 'over';
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const isText = head.map((_, column) => rows.every((row) => !/^\d/.test(row[column] ?? '') || column === 0));
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) =>
      isText[column] ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    print(cells.join('  ').trimEnd());
  }
  print('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();

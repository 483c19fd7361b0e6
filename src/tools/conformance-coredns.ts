/**
 * Prints how far the CoreDNS front end and its rules agree with CoreDNS itself, over the recorded verdicts, and what the
 * pipeline costs beside yaml's bare `parseDocument`. The folder of the verdicts is the first argument; its neighbour
 * `corpus/coredns` is read too.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseDocument } from 'yaml';
import { lexCorefile } from '../coredns/corefile-lexer.ts';
import { parseCorefile } from '../coredns/corefile-parser.ts';
import { readAsCoredns } from '../coredns/corefile-reader.ts';
import { recogniseCoredns } from '../coredns/index.ts';
import { configMapOf, judge, runRules } from './coredns/judge.ts';
import { reasonOf } from './coredns/reasons.ts';
import { timeSideBySide } from './timing.ts';

interface LexerCase {
  readonly input: string;
  readonly tokens: readonly (readonly [number, string])[];
  readonly error: string;
  readonly blocks: readonly { keys: string[]; directives: Record<string, [number, string][]> }[];
  readonly env: Record<string, string>;
}

interface SetupCase {
  readonly id: number;
  readonly input: string;
  readonly coredns: Readonly<Record<string, string | null>>;
}

interface CustomCase {
  readonly files: Readonly<Record<string, string>>;
  readonly coredns: Readonly<Record<string, string | null>>;
}

const folder = process.argv[2] ?? '../shared/coredns';
const corpus = path.join(folder, '../corpus/coredns');
const isVerbose = process.argv.includes('--verbose');
const versions = ['1.9.4', '1.11.3', '1.12.1', '1.13.1', '1.14.3'];

if (!existsSync(folder)) {
  print(`${folder} is not here, so nothing was compared.`);
} else {
  // First, for the comparisons leave a large heap behind, which no editor has.
  if (existsSync(corpus)) measure();
  compareLexer(readCases<LexerCase>('lexer-cases.json'));
  compareAll('setup-cases', setupCases());
  compareAll('custom-cases', customCases());
  if (existsSync(corpus)) compareAll('corpus', corpusCases());
}

function readCases<T>(name: string): readonly T[] {
  return (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { cases: readonly T[] }).cases;
}

/** Tokens, lines and blocks must be the same; where CoreDNS refuses, an error must stand on the line that it names. */
function compareLexer(cases: readonly LexerCase[]): void {
  let tokensSame = 0;
  let accepted = 0;
  let blocksSame = 0;
  let refused = 0;
  let linesSame = 0;
  let needFiles = 0;
  for (const { input, tokens: expectedTokens, error, blocks: expectedBlocks, env } of cases) {
    const { tokens } = lexCorefile(input);
    if (
      same(
        tokens.map(({ line, text }) => [line, text]),
        expectedTokens,
      )
    )
      tokensSame++;
    else show('tokens', input);
    if (/File to import not found/.test(error)) {
      needFiles++;
    } else if (error !== '') {
      refused++;
      const line = Number(/:(\d+) - /.exec(error)?.[1]);
      if (errorLines(input).has(line)) linesSame++;
      else show(`error line ${line}`, input);
    } else {
      accepted++;
      const blocks = readAsCoredns(tokens, env).blocks.map(({ keys, directives }) => ({
        keys,
        directives: [...directives].map(([name, list]) => [name, list.map(({ token, text }) => [token.line, text])]),
      }));
      const expected = expectedBlocks.map(({ keys, directives }) => ({ keys, directives: Object.entries(directives) }));
      // The recorded reader takes any directive name, CoreDNS itself none that holds a brace.
      const isQuiet = parseCorefile(input, 'corefile').braceProblems.every(
        ({ kind, isRefused }) => !isRefused || kind === 'glued' || kind === 'ownerless',
      );
      if (same(blocks.map(sorted), expected.map(sorted)) && isQuiet) blocksSame++;
      else show('blocks', input);
    }
  }
  print(`lexer-cases: tokens and lines ${ratio(tokensSame, cases.length)}`);
  print(`lexer-cases: blocks, where accepted ${ratio(blocksSame, accepted)}`);
  print(`lexer-cases: error on the same line ${ratio(linesSame, refused)} (${needFiles} more need other files)`);
}

/** The lines of errors and of the places named with them. */
function errorLines(input: string): ReadonlySet<number> {
  const { errors, braceProblems } = parseCorefile(input, 'corefile');
  const refused = braceProblems.filter((problem) => problem.isRefused);
  const spans = [
    ...errors.map((error) => error.span),
    ...refused.flatMap(({ token, refusal }) => [token.span, ...(refusal === undefined ? [] : [refusal.span])]),
  ];
  return new Set(spans.map((span) => input.slice(0, span.start).split('\n').length));
}

/** One text with the verdict of CoreDNS. `lineOf` gives the line of ours for the file and line that CoreDNS names. */
interface Judged {
  readonly name: string;
  readonly text: string;
  readonly kind: 'yaml' | 'corefile';
  readonly verdicts: Readonly<Record<string, string | null>>;
  readonly lineOf: (file: string, line: number) => number | undefined;
}

function setupCases(): readonly Judged[] {
  return readCases<SetupCase>('setup-cases.json').map(({ id, input, coredns }) => ({
    name: `${id} ${JSON.stringify(input)}`,
    text: `.:53 {\n${input}\n}`,
    kind: 'corefile',
    verdicts: coredns,
    lineOf: (_, line) => line,
  }));
}

function customCases(): readonly Judged[] {
  return readCases<CustomCase>('custom-cases.json').map(({ files, coredns }) =>
    ofKeys(JSON.stringify(files), files, coredns),
  );
}

function ofKeys(name: string, files: Readonly<Record<string, string>>, verdicts: Judged['verdicts']): Judged {
  const { text, lineOf } = configMapOf(files);
  return { name, text, kind: 'yaml', verdicts, lineOf };
}

function corpusCases(): readonly Judged[] {
  const index = JSON.parse(readFileSync(path.join(corpus, 'index.json'), 'utf8')) as readonly {
    readonly file: string;
    readonly kind: string;
    readonly coredns: Judged['verdicts'];
  }[];
  return index.map(({ file, kind, coredns }): Judged => {
    const text = readFileSync(path.join(corpus, file), 'utf8');
    if (kind === 'override' || kind === 'server') return ofKeys(file, { [`test.${kind}`]: text }, coredns);
    const isYaml = kind === 'configmap';
    return {
      name: file,
      text,
      kind: isYaml ? 'yaml' : 'corefile',
      verdicts: coredns,
      lineOf: (_, line) => (isYaml ? undefined : line),
    };
  });
}

/** Refused by CoreDNS if and only if there is an error of ours; where CoreDNS names a line, an error speaks of it. */
function compareVerdicts(
  title: string,
  cases: readonly Judged[],
  version: string,
  disagreements: Map<string, string[]>,
): void {
  let [accepted, quiet, refused, noticed, placed, onLine] = [0, 0, 0, 0, 0, 0];
  for (const { name, text, kind, verdicts, lineOf } of cases) {
    if (!(version in verdicts)) continue;
    const recorded = verdicts[version] ?? null;
    const verdict = recorded === null || recorded.startsWith('OK') ? null : recorded;
    const errors = judge(text, kind, version).filter(({ severity }) => severity === 'error');
    const said = errors.map(({ rule, text: message }) => `${rule}: ${message}`).join(' ');
    if (verdict === null) {
      accepted++;
      if (errors.length === 0) quiet++;
      else disagree(name, `accepted, but ${said}`);
      continue;
    }
    refused++;
    if (errors.length === 0) {
      disagree(name, `refused: ${verdict}`);
      continue;
    }
    noticed++;
    const [, file = '', line = ''] = /(?:^|[ /])([\w.-]+):(\d+) - (?:Error|Syntax)/.exec(verdict) ?? [];
    const wanted = line === '' ? undefined : lineOf(file, Number(line));
    if (wanted === undefined) continue;
    placed++;
    if (errors.some(({ lines }) => lines.includes(wanted))) onLine++;
    else
      show(
        `${title} ${version}: line ${wanted}, ours ${errors.map(({ lines }) => lines.join(',')).join(' ')}: ${verdict}`,
        name,
      );
  }
  print(
    `${title} ${version}: agreement ${ratio(quiet + noticed, accepted + refused)}, no error where accepted ${ratio(quiet, accepted)}, error where refused ${ratio(noticed, refused)}, line named ${ratio(onLine, placed)}`,
  );

  function disagree(name: string, what: string): void {
    const key = `${name.slice(0, 160)}\n      ${what.slice(0, 200)}`;
    disagreements.set(key, [...(disagreements.get(key) ?? []), version]);
  }
}

function compareAll(title: string, cases: readonly Judged[]): void {
  const disagreements = new Map<string, string[]>();
  for (const version of versions) compareVerdicts(title, cases, version, disagreements);
  const byReason = new Map<string, string[]>();
  for (const [what, where] of disagreements) {
    const reason = reasonOf(what);
    byReason.set(reason, [...(byReason.get(reason) ?? []), `${where.join(' ')}: ${what}`]);
  }
  for (const [reason, cases] of byReason) {
    print(`  because ${reason} (${cases.length}):`);
    for (const each of cases) print(`    ${each}`);
  }
}

/** Parsing, lowering and all rules beside yaml's bare parse, on the ConfigMaps of the corpus. */
function measure(): void {
  const maps = path.join(corpus, 'configmap');
  const texts = readdirSync(maps).map((name) => readFileSync(path.join(maps, name), 'utf8'));
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const [bare, whole] = timeSideBySide(
    texts,
    (text) => parseDocument(text),
    (text) => {
      if (recogniseCoredns(text, 'a.yaml') !== undefined) runRules(text, 'yaml', '1.14.3');
    },
  );
  print(
    `speed: ${texts.length} ConfigMaps, ${size} characters: parseDocument ${bare.toFixed(2)} ms, whole pipeline ${whole.toFixed(2)} ms, ${(whole / bare).toFixed(2)} times`,
  );
  const line = '    10.0.0.1 a-host.corp.example\n';
  const large = `.:53 {\n  hosts {\n${line.repeat(Math.ceil(2_000_000 / line.length))}  }\n}\n`;
  const [hosts] = timeSideBySide([large], (text) => runRules(text, 'corefile', '1.14.3'));
  print(`speed: a hosts block of 2 MB: ${hosts.toFixed(1)} ms`);
}

function sorted<T extends { readonly directives: readonly (readonly unknown[])[] }>(block: T): T {
  return { ...block, directives: [...block.directives].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function ratio(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / Math.max(whole, 1)).toFixed(1)} %)`;
}

function show(what: string, subject: unknown): void {
  if (isVerbose) print(`  ${what}\n    ${JSON.stringify(subject)}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

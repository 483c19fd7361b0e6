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
import { lowerCoredns, parseCoredns, recogniseCoredns } from '../coredns/index.ts';
import { emptyModel } from '../model/model.ts';
import { corednsDuplicateDefaultPlugin } from '../rules/coredns/coredns-duplicate-default-plugin.ts';
import { corednsForwardNoUpstream } from '../rules/coredns/coredns-forward-no-upstream.ts';
import { corednsKeySuffix } from '../rules/coredns/coredns-key-suffix.ts';
import { corednsMissingData } from '../rules/coredns/coredns-missing-data.ts';
import { corednsNamespace } from '../rules/coredns/coredns-namespace.ts';
import { corednsNotBlockScalar } from '../rules/coredns/coredns-not-block-scalar.ts';
import { corednsOverrideServerBlock } from '../rules/coredns/coredns-override-server-block.ts';
import { corednsUnbalancedBraces } from '../rules/coredns/coredns-unbalanced-braces.ts';
import { corednsUnknownPlugin } from '../rules/coredns/coredns-unknown-plugin.ts';
import { corednsYamlInvalid } from '../rules/coredns/coredns-yaml-invalid.ts';
import { defaultRuleSettings, type Rule } from '../rules/rule.ts';

interface LexerCase {
  readonly input: string;
  readonly tokens: readonly (readonly [number, string])[];
  readonly error: string;
  readonly blocks: readonly { keys: string[]; directives: Record<string, [number, string][]> }[];
  readonly env: Record<string, string>;
}

interface CustomCase {
  readonly files: Readonly<Record<string, string>>;
  readonly coredns: Readonly<Record<string, string | null>>;
}

interface Found {
  readonly rule: string;
  readonly severity: string;
  readonly text: string;
}

const rules: readonly Rule[] = [
  corednsDuplicateDefaultPlugin,
  corednsForwardNoUpstream,
  corednsKeySuffix,
  corednsMissingData,
  corednsNamespace,
  corednsNotBlockScalar,
  corednsOverrideServerBlock,
  corednsUnbalancedBraces,
  corednsUnknownPlugin,
  corednsYamlInvalid,
];

const folder = process.argv[2] ?? '../shared/coredns';
const corpus = path.join(folder, '../corpus/coredns');
const isVerbose = process.argv.includes('--verbose');
const versions = ['1.9.4', '1.11.3', '1.12.1', '1.13.1', '1.14.3'];

if (!existsSync(folder)) {
  print(`${folder} is not here, so nothing was compared.`);
} else {
  compareLexer(readCases<LexerCase>('lexer-cases.json'));
  const cases = readCases<CustomCase>('custom-cases.json');
  for (const version of versions) compareVerdicts(cases, version);
  if (existsSync(corpus)) {
    compareCorpus();
    measure();
  }
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

/** A preview: only some of the rules about plugins exist, so refusals go unnoticed, but nothing accepted may be an error. */
function compareVerdicts(cases: readonly CustomCase[], version: string): void {
  let refused = 0;
  let noticed = 0;
  let accepted = 0;
  let quiet = 0;
  for (const { files, coredns } of cases) {
    const verdict = coredns[version];
    const errors = judge(configMapOf(files), 'yaml', version).filter(({ severity }) => severity === 'error');
    if (verdict === null) {
      accepted++;
      if (errors.length === 0) quiet++;
      else show(`accepted by ${version}, but ${errors.map(({ rule, text }) => `${rule}: ${text}`).join(' ')}`, files);
    } else {
      refused++;
      if (errors.length > 0) noticed++;
    }
  }
  print(
    `custom-cases ${version}: no error where accepted ${ratio(quiet, accepted)}, error where refused ${ratio(noticed, refused)}`,
  );
}

function compareCorpus(): void {
  const index = JSON.parse(readFileSync(path.join(corpus, 'index.json'), 'utf8')) as readonly {
    readonly file: string;
    readonly kind: string;
    readonly coredns: Readonly<Record<string, string | null>>;
  }[];
  let accepted = 0;
  let quiet = 0;
  let refused = 0;
  let noticed = 0;
  for (const { file, kind, coredns } of index) {
    const text = readFileSync(path.join(corpus, file), 'utf8');
    const isKey = kind === 'override' || kind === 'server';
    const found = isKey
      ? judge(configMapOf({ [`test.${kind}`]: text }), 'yaml', '1.14.3')
      : judge(text, kind === 'configmap' ? 'yaml' : 'corefile', '1.14.3');
    const errors = found.filter(({ severity }) => severity === 'error');
    if (coredns['1.14.3'] === null) {
      accepted++;
      if (errors.length === 0) quiet++;
      else show(`accepted, but ${errors.map(({ rule, text: message }) => `${rule}: ${message}`).join(' ')}`, file);
    } else {
      refused++;
      if (found.length > 0) noticed++;
    }
  }
  print(
    `corpus: no error where accepted ${ratio(quiet, accepted)}, a finding where refused ${ratio(noticed, refused)}`,
  );
}

/** Parsing, lowering and all rules beside yaml's bare parse, on the ConfigMaps of the corpus. */
function measure(): void {
  const maps = path.join(corpus, 'configmap');
  const texts = readdirSync(maps).map((name) => readFileSync(path.join(maps, name), 'utf8'));
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const bare = fastest(() => {
    for (const text of texts) parseDocument(text);
  });
  const whole = fastest(() => {
    for (const text of texts) if (recogniseCoredns(text, 'a.yaml') !== undefined) judge(text, 'yaml', '1.14.3');
  });
  print(
    `speed: ${texts.length} ConfigMaps, ${size} characters: parseDocument ${bare.toFixed(2)} ms, whole pipeline ${whole.toFixed(2)} ms, ${(whole / bare).toFixed(2)} times`,
  );
  const line = '    10.0.0.1 a-host.corp.example\n';
  const large = `.:53 {\n  hosts {\n${line.repeat(Math.ceil(2_000_000 / line.length))}  }\n}\n`;
  print(`speed: a hosts block of 2 MB: ${fastest(() => judge(large, 'corefile', '1.14.3')).toFixed(1)} ms`);
}

function judge(text: string, kind: 'yaml' | 'corefile', corednsVersion: string): readonly Found[] {
  const file = parseCoredns(text, kind);
  const model = { ...emptyModel, ...lowerCoredns(file, 'file') };
  const found: Found[] = file.errors.map(({ message }) => ({
    rule: 'corefile-syntax',
    severity: 'error',
    text: message,
  }));
  for (const rule of rules) {
    const report = ({ severity, text: message }: { severity: string; text: string }): void => {
      found.push({ rule: rule.id, severity, text: message });
    };
    rule.check(model, report, { ...defaultRuleSettings, corednsVersion });
  }
  return found;
}

function configMapOf(files: Readonly<Record<string, string>>): string {
  const entries = Object.entries(files).map(([key, text]) => `  ${key}: ${JSON.stringify(text)}\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n${entries.join('')}`;
}

function sorted<T extends { readonly directives: readonly (readonly unknown[])[] }>(block: T): T {
  return { ...block, directives: [...block.directives].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)) };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The fastest of some rounds: the others measure what else the machine does. */
function fastest(run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
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

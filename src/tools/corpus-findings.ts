/** What the command line finds over the shared corpus, and how that is held against what a person has reviewed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReportFinding } from '../cli/report.ts';
import { runCli } from '../cli/run.ts';
import { newestAksCoredns } from '../model/dns-queries.ts';

/** Severities as the table names them, hardest first. */
export const severities = ['error', 'warning', 'information'] as const;

/** An error on a template that deploys in real life, and why it is true all the same. */
export interface ReviewedError {
  /** Relative to the corpus, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
  /** A sentence by whoever looked at it; empty while nobody has. */
  readonly why: string;
}

/** The findings over the whole corpus. This is the shape of the reviewed file. */
export interface CorpusFindings {
  /** How often each rule speaks, by severity; zeros are left out. */
  readonly counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly errors: readonly ReviewedError[];
}

/** Lints a folder with everything in it as `aksnet lint` does. Rejects where the linter itself fails. */
export async function lintCorpus(corpus: string): Promise<readonly ReportFinding[]> {
  const output: string[] = [];
  const complaints: string[] = [];
  const exitCode = await runCli(['lint', '--format', 'json'], {
    folder: corpus,
    version: '',
    hasColour: false,
    write: (text) => output.push(text),
    writeError: (text) => complaints.push(text),
    readInput: () => Promise.reject(new Error('The linter asked for standard input.')),
  });
  if (exitCode === 2) throw new Error(`The corpus could not be linted:\n${complaints.join('')}`);
  return JSON.parse(output.join(''));
}

/**
 * The findings in the shape of the reviewed file. The reasons of errors that were reviewed before are kept, and those
 * that CoreDNS itself has answered with a refusal get its answer as the reason.
 */
export function summarize(
  corpus: string,
  findings: readonly ReportFinding[],
  reviewed: CorpusFindings | undefined,
): CorpusFindings {
  const counts: Record<string, Record<string, number>> = {};
  for (const rule of [...new Set(findings.map((finding) => finding.rule))].sort()) {
    const own = findings.filter((finding) => finding.rule === rule);
    const bySeverity = severities.map(
      (severity) => [severity, own.filter((finding) => finding.severity === severity).length] as const,
    );
    counts[rule] = Object.fromEntries(bySeverity.filter(([, count]) => count > 0));
  }
  const refusals = readRefusals(corpus);
  const known = new Map(reviewed?.errors.map((error) => [keyOf(error), error.why]));
  const errors = findings
    .filter(({ severity }) => severity === 'error')
    .map(({ file, range, rule, message }): ReviewedError => {
      const error = { file, line: range.start.line, rule, message };
      const refusal = refusals.get(file);
      const answer = refusal === undefined ? '' : `CoreDNS refuses the file: ${refusal}`;
      return { ...error, why: known.get(keyOf(error)) || answer };
    });
  return { counts, errors };
}

/** Lines move with nothing in a corpus that does not change, so that a place and a rule name an error. */
function keyOf({ file, line, rule }: Omit<ReviewedError, 'message' | 'why'>): string {
  return `${file}:${line} ${rule}`;
}

interface RecordedVerdict {
  readonly file: string;
  /** By version: the error of one that refuses the file, null where it accepts it. */
  readonly coredns: Readonly<Record<string, string | null>>;
}

/** By file of the corpus: what the version that aksnet judges by answers, for the files that it refuses. */
function readRefusals(corpus: string): ReadonlyMap<string, string> {
  const index = join(corpus, 'coredns/index.json');
  if (!existsSync(index)) return new Map();
  const verdicts: readonly RecordedVerdict[] = JSON.parse(readFileSync(index, 'utf8'));
  return new Map(
    verdicts.flatMap(({ file, coredns }): [string, string][] => {
      const refusal = coredns[newestAksCoredns];
      return typeof refusal === 'string' ? [[`coredns/${file}`, refusal]] : [];
    }),
  );
}

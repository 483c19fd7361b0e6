import type { Fix } from '../change.ts';
import type { Word } from '../dns.ts';
import type { DirectiveCursor } from './cursor.ts';
import type { PluginProblem, ProblemKind } from './problem.ts';

/** Thrown where CoreDNS would read everything that follows wrongly. */
export class StopSignal extends Error {}

const maxProblems = 500;

/** The half of a setup that collects what is wrong. */
export class SetupReport {
  readonly problems: PluginProblem[] = [];
  /** A word that CoreDNS reads as the beginning of another instance, where one was met. */
  protected stray: Word | undefined;
  readonly plugin: string;
  readonly cursor: DirectiveCursor;
  readonly version: string;

  constructor(plugin: string, cursor: DirectiveCursor, version: string) {
    this.plugin = plugin;
    this.cursor = cursor;
    this.version = version;
  }

  /** Reports what CoreDNS refuses. */
  refuse(
    kind: ProblemKind,
    at: Word,
    message: string,
    says: string | undefined,
    namesLine = false,
    fixes: readonly Fix[] = [],
  ): void {
    if (this.stray !== undefined) this.refuseStray(this.stray, says ?? '');
    this.report(kind, at, message, 'error', says, namesLine ? this.cursor.word : undefined, fixes);
  }

  /** Reports what CoreDNS takes although it does not do what was meant. */
  warn(
    kind: ProblemKind,
    at: Word,
    message: string,
    fixes: readonly Fix[] = [],
    severity: 'warning' | 'information' = 'warning',
  ): void {
    if (this.stray === undefined) this.report(kind, at, message, severity, undefined, undefined, fixes);
  }

  /** CoreDNS's words for a wrong number of words, which name the word that it stands on. */
  argErrText(word: Word = this.cursor.word): string {
    return word.text === '{'
      ? "Unexpected token '{', expecting argument"
      : `Wrong argument count or unexpected line ending after '${word.text}'`;
  }

  protected refuseStray(word: Word, says: string, saysAt?: Word): never {
    const message =
      word.text === '{'
        ? `CoreDNS ${this.version} reads no block behind "${this.plugin}" here. Remove the block.`
        : `CoreDNS reads "${word.text}" as the beginning of another "${this.plugin}". Remove it.`;
    this.report('argument-count', word, message, 'error', says, saysAt, []);
    throw new StopSignal();
  }

  protected report(
    kind: ProblemKind,
    at: Word,
    message: string,
    severity: PluginProblem['severity'],
    says: string | undefined,
    saysAt: Word | undefined,
    fixes: readonly Fix[],
  ): void {
    // A directive with this many problems is no directive but something else.
    if (this.problems.length >= maxProblems) throw new StopSignal();
    const prefix = this.plugin === 'on' ? '' : `plugin/${this.plugin}: `;
    this.problems.push({
      kind,
      plugin: this.plugin,
      at,
      message,
      severity,
      says: says && prefix + says,
      saysAt,
      fixes,
    });
  }
}

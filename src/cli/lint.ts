import path from 'node:path';
import { type Analysis, analyse } from '../service/analysis.ts';
import { applyFixes, isSafe } from '../service/code-actions.ts';
import type { Settings } from '../service/settings.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import type { Format } from './formats.ts';
import { type ExitCode, errorText, type Host } from './host.ts';
import { type LintOptions, readLintOptions } from './lint-options.ts';
import { fileUri, type LintReport, ReportBuilder, relativePath } from './report.ts';
import { decodeText, readTextFile, type TextFile, writeTextFile } from './text-file.ts';

/** `aksnet lint`: reports what is wrong with files, and with `--fix` puts right what is safe to put right. */
export async function runLint(args: readonly string[], host: Host): Promise<ExitCode> {
  const options = readLintOptions(args);
  const run = new LintRun(host, options);
  if (options.inputPath === undefined) await run.lintPaths(options.paths);
  else await run.lintInput(path.resolve(host.folder, options.inputPath));
  return run.finish();
}

/** A text that safe fixes do not settle within so many rounds is left as the last round made it. */
const maxRounds = 10;

/** One run of the linter. Trouble with one file is told and remembered, and the other files are linted all the same. */
class LintRun {
  private readonly host: Host;
  private readonly settings: Settings;
  private readonly isFixing: boolean;
  private readonly format: Format;
  private readonly builder: ReportBuilder;
  private hasFailed = false;
  /** Where the report goes: standard output, except where that carries a fixed text. */
  private writeReport: (text: string) => void;

  constructor(host: Host, options: LintOptions) {
    this.host = host;
    this.settings = options.settings;
    this.isFixing = options.isFixing;
    this.format = options.format;
    this.builder = new ReportBuilder(host.folder);
    this.writeReport = (text) => host.write(text);
  }

  async lintPaths(paths: readonly string[]): Promise<void> {
    const { files, problems } = await findFiles(this.host.folder, paths);
    for (const problem of problems) this.fail(`${problem.path}: ${problem.message}.`);
    for (const file of files) await this.lintFile(file);
  }

  async lintInput(target: string): Promise<void> {
    const { text } = decodeText(await this.host.readInput());
    const result = this.lintText(target, text);
    if (result === undefined) this.explainSkip(target);
    if (!this.isFixing) return;
    this.writeReport = (report) => this.host.writeError(report);
    this.host.write(result?.text ?? text);
  }

  finish(): ExitCode {
    const report = this.builder.build();
    this.writeReport(this.format(report, { hasColour: this.host.hasColour }));
    return this.hasFailed ? 2 : exitCodeOf(report);
  }

  private async lintFile({ path: target, isNamed }: FoundFile): Promise<void> {
    let file: TextFile;
    try {
      file = await readTextFile(target);
    } catch (error) {
      this.fail(`${this.shown(target)}: ${errorText(error)}.`);
      return;
    }
    const result = this.lintText(target, file.text, file.isExact);
    if (result === undefined) {
      if (isNamed) this.explainSkip(target);
    } else if (result.text !== file.text) {
      await this.save(target, file, result.text);
    }
  }

  /** Lints one text into the report and returns it with its fixes; undefined for a text that is none of ours. */
  private lintText(target: string, text: string, mayFix = true): { readonly text: string } | undefined {
    let analysis = this.analyse(target, text);
    if (analysis === undefined) return undefined;
    let fixed = 0;
    for (let round = 0; this.isFixing && mayFix && round < maxRounds; round++) {
      const { text: next, applied } = applyFixes(analysis, isSafe);
      const again: Analysis | undefined = applied.length === 0 ? undefined : this.analyse(target, next);
      if (again === undefined) break;
      analysis = again;
      fixed += applied.length;
    }
    this.builder.add(analysis, fixed);
    return { text: analysis.document.text };
  }

  private analyse(target: string, text: string): Analysis | undefined {
    const document = { uri: fileUri(target), languageId: '', version: 1, text };
    return analyse(document, this.settings, (rule, _uri, error) => {
      const stack = error instanceof Error ? error.stack : String(error);
      this.fail(`Rule ${rule} failed on ${this.shown(target)}. This is a bug in aksnet.\n${stack}`);
    });
  }

  private async save(target: string, file: TextFile, text: string): Promise<void> {
    try {
      await writeTextFile(target, file, text);
    } catch (error) {
      this.fail(`${this.shown(target)} could not be written: ${errorText(error)}.`);
    }
  }

  private explainSkip(target: string): void {
    this.host.writeError(
      `aksnet: ${this.shown(target)} was skipped: it is no Bicep file, ARM template, CoreDNS ConfigMap or Corefile.\n`,
    );
  }

  private fail(message: string): void {
    this.hasFailed = true;
    this.host.writeError(`aksnet: ${message}\n`);
  }

  private shown(target: string): string {
    return relativePath(this.host.folder, target);
  }
}

function exitCodeOf({ findings }: LintReport): ExitCode {
  return findings.some(({ severity }) => severity !== 'information') ? 1 : 0;
}

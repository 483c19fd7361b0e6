import path from 'node:path';
import { applyFixes, isSafe } from '../service/code-actions.ts';
import { Engine, fileUri } from './engine.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import type { Format } from './formats.ts';
import { type ExitCode, errorText, type Host } from './host.ts';
import { type LintOptions, readLintOptions } from './lint-options.ts';
import { type LintReport, ReportBuilder, relativePath } from './report.ts';
import { decodeText, readTextFile, type TextFile, writeTextFile } from './text-file.ts';

/** `aksnet lint`: reports what is wrong with files, and with `--fix` puts right what is safe to put right. */
export async function runLint(args: readonly string[], host: Host): Promise<ExitCode> {
  const options = readLintOptions(args);
  const run = new LintRun(host, options);
  return options.inputPath === undefined
    ? await run.lintPaths(options.paths)
    : await run.lintInput(path.resolve(host.folder, options.inputPath));
}

/** Texts that safe fixes do not settle within so many rounds are left as the last round made them. */
const maxRounds = 10;

/** A file of the run: as it was read, and its text with the fixes so far. */
interface Target {
  readonly path: string;
  readonly file: TextFile;
  /** Whether the person named this very file, so that leaving it out must be explained. */
  readonly isNamed: boolean;
  text: string;
  fixedCount: number;
}

/** One run of the linter. Trouble with one file is told and remembered, and the other files are linted all the same. */
class LintRun {
  private readonly host: Host;
  private readonly isFixing: boolean;
  private readonly format: Format;
  private readonly engine: Engine;
  private readonly targets: Target[] = [];
  private hasFailed = false;

  constructor(host: Host, options: LintOptions) {
    this.host = host;
    this.isFixing = options.isFixing;
    this.format = options.format;
    this.engine = new Engine(options.settings, (message) => this.fail(message), host.moduleCache);
  }

  async lintPaths(paths: readonly string[]): Promise<ExitCode> {
    const { files, problems } = await findFiles(this.host.folder, paths);
    for (const problem of problems) this.fail(`${problem.path}: ${problem.message}.`);
    const others: FoundFile[] = [];
    for (const file of files) if ((await this.addFile(file)) === 'other') others.push(file);
    // Which files the templates load is known once all of these are open.
    for (const file of others) {
      if (this.engine.isLoaded(file.path)) await this.addFile(file);
      else if (file.isNamed) this.explainSkip(file.path);
    }
    await this.follow();
    await this.fix();
    for (const target of this.targets) if (target.text !== target.file.text) await this.save(target);
    return this.finish((text) => this.host.write(text));
  }

  async lintInput(file: string): Promise<ExitCode> {
    const input = decodeText(await this.host.readInput());
    if (!this.add(file, input, true)) this.explainSkip(file);
    if (!this.isFixing) return this.finish((text) => this.host.write(text));
    await this.fix();
    // Standard output carries the fixed text alone.
    this.host.write(this.targets[0]?.text ?? input.text);
    return this.finish((text) => this.host.writeError(text));
  }

  /** `other`: it is none of ours. */
  private async addFile({ path: file, isNamed }: FoundFile): Promise<'added' | 'other' | 'unread'> {
    try {
      return this.add(file, await readTextFile(file), isNamed) ? 'added' : 'other';
    } catch (error) {
      this.fail(`${this.shown(file)}: ${errorText(error)}.`);
      return 'unread';
    }
  }

  private add(file: string, content: TextFile, isNamed: boolean): boolean {
    const isOurs = this.engine.open(file, content.text);
    if (isOurs) this.targets.push({ path: file, file: content, isNamed, text: content.text, fixedCount: 0 });
    return isOurs;
  }

  /** Adds what the files lead to: what is wrong with a deployment may stand in any of its modules. */
  private async follow(): Promise<void> {
    const known = new Set(this.targets.map((target) => target.path));
    // The list grows with what is found.
    for (const target of this.targets) {
      await this.engine.analyse(target.path);
      for (const file of this.engine.filesBelow(target.path)) {
        if (known.has(file)) continue;
        known.add(file);
        await this.addFile({ path: file, isNamed: false });
      }
    }
  }

  /** Applies safe fixes to all files until none is left: what is put right in one may show in another. */
  private async fix(): Promise<void> {
    const fixable = this.isFixing ? this.targets.filter(({ file }) => file.isExact) : [];
    for (let round = 0, isSettled = false; !isSettled && round < maxRounds; round++) {
      isSettled = true;
      for (const target of fixable) if (await this.fixOnce(target)) isSettled = false;
    }
  }

  private async fixOnce(target: Target): Promise<boolean> {
    const analysis = await this.engine.analyse(target.path);
    if (analysis === undefined) return false;
    const { text, applied } = applyFixes(analysis, isSafe);
    if (applied.length === 0) return false;
    target.text = text;
    target.fixedCount += applied.length;
    return this.engine.open(target.path, text);
  }

  private async finish(write: (text: string) => void): Promise<ExitCode> {
    const builder = new ReportBuilder(this.host.folder, (uri) => this.engine.textOf(uri));
    for (const target of this.targets) {
      const analysis = await this.engine.analyse(target.path);
      if (analysis !== undefined) builder.add(analysis, target.fixedCount);
      else if (target.isNamed) this.explainIgnored(target.path);
    }
    await this.addConfigurations(builder);
    const report = builder.build();
    write(this.format(report, { hasColour: this.host.hasColour }));
    return this.hasFailed ? 2 : exitCodeOf(report);
  }

  /** What is wrong with the configuration files of the run, those that are not linted themselves. */
  private async addConfigurations(builder: ReportBuilder): Promise<void> {
    const linted = new Set(this.targets.map(({ path: file }) => file));
    const counting = new Set(this.targets.flatMap(({ path: file }) => this.engine.configurationOf(file)?.path ?? []));
    for (const file of counting) {
      const text = linted.has(file) ? undefined : this.engine.textOf(fileUri(file));
      if (text === undefined || !this.engine.open(file, text)) continue;
      const analysis = await this.engine.analyse(file);
      if (analysis !== undefined && analysis.diagnostics.length > 0) builder.add(analysis, 0);
    }
  }

  private async save({ path: file, file: content, text }: Target): Promise<void> {
    try {
      await writeTextFile(file, content, text);
    } catch (error) {
      this.fail(`${this.shown(file)} could not be written: ${errorText(error)}.`);
    }
  }

  private explainSkip(file: string): void {
    this.host.writeError(
      `aksnet: ${this.shown(file)} was skipped: it is no Bicep file, ARM template, CoreDNS ConfigMap or Corefile.\n`,
    );
  }

  private explainIgnored(file: string): void {
    const configuration = this.engine.configurationOf(file);
    if (configuration?.isIgnored !== true) return;
    this.host.writeError(
      `aksnet: ${this.shown(file)} was skipped: ${this.shown(configuration.path)} says to ignore it.\n`,
    );
  }

  private fail(message: string): void {
    this.hasFailed = true;
    this.host.writeError(`aksnet: ${message}\n`);
  }

  private shown(file: string): string {
    return relativePath(this.host.folder, file);
  }
}

function exitCodeOf({ findings }: LintReport): ExitCode {
  return findings.some(({ severity }) => severity !== 'information') ? 1 : 0;
}

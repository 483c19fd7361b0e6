import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LineIndex } from '../base/line-index.ts';
import type { Location } from '../base/span.ts';
import type { Analysis } from '../service/analysis.ts';
import type { Diagnostic } from '../service/diagnostic.ts';

/** One-based line and column; columns count UTF-16 units. */
export interface ReportPosition {
  readonly line: number;
  readonly column: number;
}

/** The end is the position behind the last character. */
export interface ReportRange {
  readonly start: ReportPosition;
  readonly end: ReportPosition;
}

/** Another place that takes part in a finding. */
export interface ReportPlace {
  /** Relative to the current folder, with `/`. */
  readonly file: string;
  readonly message: string;
  readonly range: ReportRange;
}

/** A finding as every output format gets it. Its JSON is the `--format json` of the command line: a stable shape. */
export interface ReportFinding {
  /** Relative to the current folder, with `/`. */
  readonly file: string;
  readonly rule: string;
  readonly severity: Diagnostic['severity'];
  readonly message: string;
  readonly range: ReportRange;
  readonly related: readonly ReportPlace[];
  /** The best fix that is offered here: one that `--fix` applies, one to look at first, or none. */
  readonly fixable: 'safe' | 'unsafe' | 'never';
}

/** What one run of the linter found, and what an output format may need beside the findings. */
export interface LintReport {
  readonly findings: readonly ReportFinding[];
  readonly fileCount: number;
  readonly fixedCount: number;
  /** The text of a line of a file of the report, without its line break. */
  lineText(file: string, line: number): string;
}

interface ReportText {
  readonly text: string;
  readonly lines: LineIndex;
}

/** Collects the findings of files into a report. */
export class ReportBuilder {
  private readonly folder: string;
  private readonly textOf: (uri: string) => string | undefined;
  private readonly findings: ReportFinding[] = [];
  private readonly texts = new Map<string, ReportText>();
  private fileCount = 0;
  private fixedCount = 0;

  /** Paths of the report are relative to the folder. `textOf` gives the texts of other files that findings point to. */
  constructor(folder: string, textOf: (uri: string) => string | undefined) {
    this.folder = folder;
    this.textOf = textOf;
  }

  /** Adds the findings of a document, and how many others were put right in it before. */
  add(analysis: Analysis, fixedCount: number): void {
    const { document, lines } = analysis;
    this.texts.set(this.fileOf(document.uri), { text: document.text, lines });
    this.fileCount++;
    this.fixedCount += fixedCount;
    for (const diagnostic of analysis.diagnostics) {
      const { rule, severity, message } = diagnostic;
      const { file, range } = this.place(diagnostic.location);
      const related = diagnostic.related.map(({ location, text }) => this.relatedPlace(location, text));
      // The order of the properties is their order in the JSON.
      this.findings.push({ file, rule, severity, message, range, related, fixable: fixability(diagnostic) });
    }
  }

  /** Everything added so far. */
  build(): LintReport {
    return {
      findings: this.findings,
      fileCount: this.fileCount,
      fixedCount: this.fixedCount,
      lineText: (file, line) => {
        const known = this.texts.get(file);
        const span = known?.lines.lineSpan(line - 1);
        return known === undefined || span === undefined ? '' : known.text.slice(span.start, span.end);
      },
    };
  }

  private relatedPlace(location: Location, message: string): ReportPlace {
    const { file, range } = this.place(location);
    return { file, message, range };
  }

  private fileOf(uri: string): string {
    return relativePath(this.folder, fileURLToPath(uri));
  }

  private place({ uri, span }: Location): { readonly file: string; readonly range: ReportRange } {
    const file = this.fileOf(uri);
    const { lines } = this.texts.get(file) ?? this.addText(file, uri);
    return { file, range: { start: oneBased(lines, span.start), end: oneBased(lines, span.end) } };
  }

  private addText(file: string, uri: string): ReportText {
    const text = this.textOf(uri) ?? '';
    const added = { text, lines: new LineIndex(text) };
    this.texts.set(file, added);
    return added;
  }
}

/** A path for people and for other tools: relative to the folder and with `/`, absolute on another drive. */
export function relativePath(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll(path.sep, '/');
}

function oneBased(lines: LineIndex, offset: number): ReportPosition {
  const { line, character } = lines.position(offset);
  return { line: line + 1, column: character + 1 };
}

function fixability({ fixes }: Diagnostic): ReportFinding['fixable'] {
  if (fixes.length === 0) return 'never';
  return fixes.some((fix) => fix.applicability === 'safe') ? 'safe' : 'unsafe';
}

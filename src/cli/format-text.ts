import { harmless } from './display-width.ts';
import type { FormatOptions } from './formats.ts';
import type { LintReport, ReportFinding } from './report.ts';
import { makeSnippet } from './snippet.ts';

/** The findings for people: place, message, the line with an underline, other places, and a sum at the end. */
export function formatText(report: LintReport, { hasColour }: FormatOptions): string {
  const paint = hasColour ? colours : plain;
  const blocks = report.findings.map((finding) => `${formatFinding(report, finding, paint)}\n`);
  return [...blocks, `${summary(report, paint)}\n`].join('\n');
}

function formatFinding(report: LintReport, finding: ReportFinding, paint: Paint): string {
  const { file, range, rule, severity, message } = finding;
  const { start, end } = range;
  const lastColumn = end.line === start.line ? end.column : Number.POSITIVE_INFINITY;
  const snippet = makeSnippet(report.lineText(file, start.line), start.column - 1, lastColumn - 1);
  const number = String(start.line);
  const gutter = ' '.repeat(number.length);
  const lines = [
    `${paint.bold(harmless(file))}:${start.line}:${start.column}: ${paint[severity](severity)} ${harmless(message)} ${paint.dim(rule)}`,
    `${paint.dim(`  ${number} |`)} ${snippet.line}`.trimEnd(),
    `${paint.dim(`  ${gutter} |`)} ${paint[severity](snippet.underline)}`,
    ...finding.related.map(
      (place) =>
        `  ${gutter} = ${harmless(place.file)}:${place.range.start.line}:${place.range.start.column}: ${harmless(place.message)}`,
    ),
  ];
  return lines.join('\n');
}

function summary({ findings, fileCount, fixedCount }: LintReport, paint: Paint): string {
  const files = count(fileCount, 'file');
  const fixed = fixedCount === 0 ? '' : ` ${count(fixedCount, 'problem')} fixed.`;
  if (findings.length === 0) return `No problems in ${files}.${fixed}`;
  const parts = (['error', 'warning', 'information'] as const).flatMap((severity) => {
    const found = findings.filter((finding) => finding.severity === severity).length;
    return found === 0
      ? []
      : [paint[severity](severity === 'information' ? `${found} information` : count(found, severity))];
  });
  const safe = findings.filter((finding) => finding.fixable === 'safe').length;
  const hint = safe === 0 ? '' : ` ${safe} of them can be put right with --fix.`;
  return `${parts.join(', ')} in ${files}.${fixed}${hint}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

type Paint = Readonly<Record<ReportFinding['severity'] | 'bold' | 'dim', (text: string) => string>>;

const asIs = (text: string): string => text;
const plain: Paint = { error: asIs, warning: asIs, information: asIs, bold: asIs, dim: asIs };
const colours: Paint = {
  error: ansi(31, 39),
  warning: ansi(33, 39),
  information: ansi(36, 39),
  bold: ansi(1, 22),
  dim: ansi(2, 22),
};

function ansi(on: number, off: number): (text: string) => string {
  return (text) => `\u001B[${on}m${text}\u001B[${off}m`;
}

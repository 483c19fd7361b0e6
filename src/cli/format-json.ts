import type { LintReport } from './report.ts';

/** The findings as one JSON array; the shape is {@link ReportFinding} and stays as it is. */
export function formatJson({ findings }: LintReport): string {
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

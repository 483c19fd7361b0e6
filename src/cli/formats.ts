import { formatJson } from './format-json.ts';
import { formatText } from './format-text.ts';
import type { LintReport } from './report.ts';

/** What an output format may know about where its text goes. */
export interface FormatOptions {
  readonly hasColour: boolean;
}

/** Renders a whole report, its last line break included. */
export type Format = (report: LintReport, options: FormatOptions) => string;

/** Every value of `--format`. A further format is one function and one line here. */
export const formats: Readonly<Record<string, Format>> = { text: formatText, json: formatJson };

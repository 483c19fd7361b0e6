import { isBlank, isPragmaCode } from './characters.ts';
import type { Pragma, PragmaCode } from './syntax.ts';

const kinds = ['disable-next-line', 'disable-diagnostics', 'restore-diagnostics'] as const;

/** The pragma whose `#` stands at `start`; undefined if none begins there. */
export function readPragma(text: string, start: number): Pragma | undefined {
  const kind = kinds.find((name) => text.startsWith(name, start + 1));
  if (kind === undefined) return undefined;
  let end = start + 1 + kind.length;
  if (isPragmaCode(text.charCodeAt(end))) return undefined;
  const keywordEnd = end;
  const codes: PragmaCode[] = [];
  for (;;) {
    while (isBlank(text.charCodeAt(end))) end++;
    const codeStart = end;
    while (isPragmaCode(text.charCodeAt(end))) end++;
    if (end === codeStart) break;
    codes.push({ text: text.slice(codeStart, end), span: { start: codeStart, end } });
  }
  return { kind, span: { start, end: codes.at(-1)?.span.end ?? keywordEnd }, codes };
}

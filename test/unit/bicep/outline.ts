import type { Span } from '../../../src/base/span.ts';
import type { BicepFile } from '../../../src/bicep/index.ts';

/** The tree of a file as an indented text, with the characters that every span covers. */
export function renderOutline(file: BicepFile): string {
  const lines: string[] = [];
  for (const { span, code, message } of file.errors) lines.push(`error ${quote(file.text, span)} ${code}: ${message}`);
  for (const { span } of file.comments) lines.push(`comment ${quote(file.text, span)}`);
  for (const pragma of file.pragmas) renderMember(lines, file.text, '', '', pragma);
  for (const statement of file.statements) renderMember(lines, file.text, '', '', statement);
  return `${lines.join('\n')}\n`;
}

function renderMember(lines: string[], text: string, indent: string, name: string, value: unknown): void {
  const label = name === '' ? '' : `${name}: `;
  if (isSpan(value)) {
    lines.push(`${indent}${label}${quote(text, value)}`);
  } else if (Array.isArray(value)) {
    if (value.length === 0) return;
    lines.push(`${indent}${name}`);
    for (const item of value) renderMember(lines, text, `${indent}  `, '-', item);
  } else if (typeof value === 'object' && value !== null) {
    const { kind, span, ...members } = value as Record<string, unknown>;
    const place = isSpan(span) ? ` ${quote(text, span)}` : '';
    lines.push(`${indent}${label}${kind === undefined ? '' : String(kind)}${place}`.trimEnd());
    for (const [key, member] of Object.entries(members)) {
      if (member !== false) renderMember(lines, text, `${indent}  `, key, member);
    }
  } else {
    lines.push(`${indent}${label}${JSON.stringify(value)}`);
  }
}

/** The offsets and the characters of a span, shortened in the middle. */
function quote(text: string, { start, end }: Span): string {
  const covered = text.slice(start, end);
  const shown = covered.length > 60 ? `${covered.slice(0, 30)}…${covered.slice(-20)}` : covered;
  return `[${start}:${end}) ${JSON.stringify(shown)}`;
}

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

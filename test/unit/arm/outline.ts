import { type ArmFile, lowerArm, lowerArmParameters } from '../../../src/arm/index.ts';
import type { Span } from '../../../src/base/span.ts';

/** What is found in a file, as an indented text with the characters that every span covers. */
export function renderOutline(file: ArmFile): string {
  const lines = [`kind: ${file.kind}`];
  for (const { span, message } of file.errors) lines.push(`error ${quote(file.text, span)}: ${message}`);
  for (const { span, message } of file.duplicates) lines.push(`twice ${quote(file.text, span)}: ${message}`);
  for (const { span } of file.comments) lines.push(`comment ${quote(file.text, span)}`);
  const lowered = file.kind === 'parameters' ? lowerArmParameters(file, 'file') : lowerArm(file, 'file');
  renderMember(lines, file.text, '', '', lowered);
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
    const { kind, span, ...members } = allMembers(value);
    const place = isSpan(span) ? ` ${quote(text, span)}` : '';
    lines.push(`${indent}${label}${kind === undefined ? '' : String(kind)}${place}`.trimEnd());
    for (const [key, member] of Object.entries(members)) {
      if (member !== false && member !== undefined) renderMember(lines, text, `${indent}  `, key, member);
    }
  } else {
    lines.push(`${indent}${label}${JSON.stringify(value)}`);
  }
}

/** The members of an object, those included that are computed when they are asked for. */
export function allMembers(value: object): Record<string, unknown> {
  const computed = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))
    .filter(([name, { get }]) => get !== undefined && name !== '__proto__')
    .map(([name]) => [name, Reflect.get(value, name)]);
  return { ...value, ...Object.fromEntries(computed) };
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

import { lowerArm, lowerArmParameters, parseArm } from '../../../src/arm/index.ts';
import type { Span } from '../../../src/base/span.ts';
import { allMembers } from './outline.ts';

/** Parses and lowers a text; fails if a span lies outside of it or of the expression around it. */
export function expectSoundSpans(text: string): void {
  const file = parseArm(text);
  const whole = { start: 0, end: text.length };
  for (const { span } of [...file.errors, ...file.duplicates, ...file.comments]) expectInside(text, whole, span);
  visit(text, whole, file.kind === 'parameters' ? lowerArmParameters(file, 'file') : lowerArm(file, 'file'));
}

function visit(text: string, around: Span, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(text, around, item);
    return;
  }
  const members = allMembers(value);
  if (typeof members['start'] === 'number') {
    expectInside(text, around, value as Span);
    return;
  }
  // The call that stands for a scope spans one property but takes two; all else is nested as its spans are.
  const isMade = members['name'] === 'resourceGroup' || members['name'] === 'getSecret';
  const inner = isMade ? around : ((members['span'] as Span | undefined) ?? around);
  for (const key in members) visit(text, inner, members[key]);
}

function expectInside(text: string, around: Span, span: Span): void {
  if (span.start >= around.start && span.start <= span.end && span.end <= around.end) return;
  throw new Error(`[${span.start}:${span.end}) lies outside of [${around.start}:${around.end}) in\n${text}`);
}

import type { Span } from '../../../src/base/span.ts';
import {
  type BicepFile,
  type BicepKind,
  lowerBicep,
  lowerBicepParameters,
  parseBicep,
} from '../../../src/bicep/index.ts';

/**
 * Parses and lowers a text; fails if a span lies outside of the text or of the node around it, or if statements or
 * errors are out of order.
 */
export function expectSoundSpans(text: string, kind: BicepKind): BicepFile {
  const file = parseBicep(text, kind);
  const whole = { start: 0, end: text.length };
  visit(text, whole, [file.statements, file.errors, file.comments, file.pragmas]);
  expectOrder(text, file.statements, false);
  expectOrder(text, file.comments, false);
  expectOrder(text, file.errors, true);
  if (kind === 'bicep') lowerBicep(file, 'file');
  else lowerBicepParameters(file, 'file');
  return file;
}

function visit(text: string, around: Span, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) visit(text, around, item);
    return;
  }
  const members = value as Record<string, unknown>;
  if (typeof members['start'] === 'number') {
    expectInside(text, around, value as Span);
    return;
  }
  const inner = (members['span'] as Span | undefined) ?? around;
  if (inner !== around) expectInside(text, around, inner);
  for (const key in members) if (key !== 'span') visit(text, inner, members[key]);
}

function expectInside(text: string, around: Span, span: Span): void {
  if (span.start >= around.start && span.start <= span.end && span.end <= around.end) return;
  throw new Error(`[${span.start}:${span.end}) lies outside of [${around.start}:${around.end}) in\n${text}`);
}

function expectOrder(text: string, nodes: readonly { readonly span: Span }[], mayOverlap: boolean): void {
  for (let i = 1; i < nodes.length; i++) {
    const [before, after] = [nodes[i - 1]?.span, nodes[i]?.span];
    if (before === undefined || after === undefined) continue;
    if (mayOverlap ? before.start < after.start : before.end <= after.start) continue;
    throw new Error(`[${after.start}:${after.end}) comes after [${before.start}:${before.end}) in\n${text}`);
  }
}

/** Half-open `[start, end)` in UTF-16 units of one document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span in one document, named by its URI. */
export interface Location {
  readonly uri: string;
  readonly span: Span;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether `inner` lies inside `outer`; equal spans count. */
export function encloses(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether `offset` touches the span, its end included, as a cursor does. */
export function touches(target: Span, offset: number): boolean {
  return target.start <= offset && offset <= target.end;
}

export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

export function sameLocation(a: Location, b: Location): boolean {
  return a.uri === b.uri && sameSpan(a.span, b.span);
}

/** Orders by document, then start, then end. */
export function compareLocations(a: Location, b: Location): number {
  if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

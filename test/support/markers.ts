/**
 * Markers are comment lines under the code that they speak about. `^^^^` covers the characters above it; `<----` starts in
 * the column of the comment sign and is as long as its dashes.
 */
export interface Marker {
  /** Zero-based line of the code above, and the characters it covers. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** A rule id, `related` or `syntax`. */
  readonly what: string;
  readonly hasFix: boolean;
  readonly message: string;
}

const pattern = /^(\s*)(\/\/|#)(\s*)(\^+|<-+) ([a-z0-9-]+)(\[fix\])?: (.*)$/;

/** The markers of a text, in order. */
export function readMarkers(text: string): Marker[] {
  const markers: Marker[] = [];
  let codeLine = 0;
  text.split(/\r?\n/).forEach((line, index) => {
    const match = pattern.exec(line);
    if (match === null) {
      codeLine = index;
      return;
    }
    const [, indent = '', sign = '', gap = '', arrow = '', what = '', fix, message = ''] = match;
    const isLeft = arrow.startsWith('<');
    const start = isLeft ? indent.length : indent.length + sign.length + gap.length;
    const length = isLeft ? arrow.length - 1 : arrow.length;
    markers.push({ line: codeLine, start, end: start + length, what, hasFix: fix !== undefined, message });
  });
  return markers;
}

/** The text with its marker lines taken away. */
export function withoutMarkers(text: string): string {
  return text
    .split('\n')
    .filter((line) => !pattern.test(line.replace(/\r$/, '')))
    .join('\n');
}

/** The text with markers written under their lines; existing markers are replaced. */
export function writeMarkers(text: string, markers: readonly Marker[], sign: '//' | '#'): string {
  const lines = text.split('\n');
  const result: string[] = [];
  lines.forEach((line, index) => {
    if (pattern.test(line.replace(/\r$/, ''))) return;
    result.push(line);
    const lineBreak = line.endsWith('\r') ? '\r' : '';
    for (const marker of markers) {
      if (marker.line === index) result.push(writeMarker(marker, blockLine(lines, index), sign) + lineBreak);
    }
  });
  return result.join('\n');
}

/** The line whose indentation a marker takes: behind a block header such as `key: |` that of the block it opens. */
function blockLine(lines: readonly string[], index: number): string {
  const line = lines[index] ?? '';
  if (!/:\s+[|>][-+0-9]*\s*(#.*)?\r?$/.test(line)) return line;
  return lines.slice(index + 1).find((next) => next.trim() !== '' && !pattern.test(next.replace(/\r$/, ''))) ?? line;
}

/** Markers in Corefile text keep the indentation of the block, so that they stay comments of it. */
function writeMarker(marker: Marker, line: string, sign: '//' | '#'): string {
  const label = `${marker.what}${marker.hasFix ? '[fix]' : ''}: ${marker.message}`;
  const length = Math.max(1, marker.end - marker.start);
  const indent = sign === '#' ? (/^ */.exec(line)?.[0].length ?? 0) : 0;
  const gap = marker.start - indent - sign.length;
  if (gap < 0) return `${' '.repeat(marker.start)}${sign} <${'-'.repeat(length)} ${label}`;
  return `${' '.repeat(indent)}${sign}${' '.repeat(gap)}${'^'.repeat(length)} ${label}`;
}

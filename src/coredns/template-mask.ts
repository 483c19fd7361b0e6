/** Stands in the place of every character that a deployment tool will replace; no file has reason to hold it. */
export const placeholder = '\uE000';

/** Text whose template expressions are hidden from YAML and Corefile parsers. Every offset is that of the original. */
export interface MaskedText {
  readonly text: string;
  /** Expressions that may decide which lines there are, in order; values within a line are not among them. */
  readonly lineDeciders: readonly number[];
}

/** What only a chart uses: words that CoreDNS's own `template` plugin does not know. */
const helmExpression =
  /\{\{[^}]{0,200}?(?:\.(?:Values|Release|Chart|Capabilities|Template|Files)\b|\b(?:include|toYaml|tpl)\b)/;

/** The properties of the plugins whose arguments are templates of CoreDNS itself. */
const ownTemplate = /^\s*(?:answer|additional|authority|ederror|match|var|expr)\s/;

const control = /^(?:\{%|\{\{-?\s*(?:if|else|end|range|with|define|block)\b)/;
const silent = /^\{\{-?\s*(?:\/\*|\$\w+\s*:?=)/;
/** The key of Corefile text whose whole value the expression is, and may be as long as it likes. */
const wholeValue = /^\s*["']?[^:]+\.(?:override|server)["']?\s*:\s*["']?$/;
const manyLines = /\b(?:n?indent|toYaml|include|tpl|template)\b/;

/** Hides what a tool fills in: control lines become blank, values become words that nothing is known about. */
export function maskTemplates(text: string): MaskedText {
  if (!text.includes('{{') && !text.includes('#{') && !text.includes('{%')) return { text, lineDeciders: [] };
  const parts: string[] = [];
  const lineDeciders: number[] = [];
  let position = 0;
  let lineStart = 0;
  // Up to where line breaks were looked for.
  let seen = 0;
  for (const { start, end } of expressionsIn(text)) {
    const expression = text.slice(start, end);
    const lineBreak = text.slice(seen, start).lastIndexOf('\n');
    if (lineBreak >= 0) lineStart = seen + lineBreak + 1;
    seen = start;
    const before = text.slice(Math.max(lineStart, start - maxExpression), start);
    const endsLine = /^["']?[ \t\r]*(?:#.*)?(?:\n|$)/.test(rest(text, start + expression.length));
    const isAlone = endsLine && before.trim() === '';
    if (expression.startsWith('{{')) {
      if (ownTemplate.test(before) && !helmExpression.test(expression)) continue;
      if (/^\s*#/.test(before) && !helmExpression.test(expression)) continue;
    }
    const isControl = control.test(expression);
    const isBlank = isControl || silent.test(expression) || (isAlone && (before === '' || manyLines.test(expression)));
    const mayBeLines = isAlone ? !silent.test(expression) : endsLine && wholeValue.test(before);
    if (isControl || mayBeLines) lineDeciders.push(start);
    const isLine = isBlank && isAlone;
    const hidden = isLine
      ? // Line feeds and not spaces: a line of many spaces may not come first in a block scalar.
        '\n'.repeat(before.length + expression.length)
      : isBlank || expression.includes('\n')
        ? blank(expression)
        : placeholder.repeat(expression.length);
    parts.push(text.slice(position, isLine ? lineStart : start), hidden);
    position = start + expression.length;
  }
  parts.push(text.slice(position));
  return { text: parts.join(''), lineDeciders };
}

function rest(text: string, from: number): string {
  return text.slice(from, from + 500);
}

function blank(expression: string): string {
  return expression.replace(/[^\r\n]/g, ' ');
}

/** Longer ones are no expressions. */
const maxExpression = 2000;

/** Helm, Ansible and Jinja expressions and the tokens of Azure DevOps, in order and apart. */
function* expressionsIn(text: string): Generator<{ readonly start: number; readonly end: number }> {
  const closings = new Map<string, number>();
  const opening = /\{\{|#\{|\{%(?=[-+]?\s)/g;
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const closing = closers[match[0]] ?? '}}';
    const start = match.index;
    // Each closing is looked for once, however many openings stand before it.
    let close = closings.get(closing) ?? -1;
    if (close < start + 2 && close !== Number.POSITIVE_INFINITY) {
      const found = text.indexOf(closing, start + 2);
      close = found < 0 ? Number.POSITIVE_INFINITY : found;
      closings.set(closing, close);
    }
    const end = close + closing.length;
    if (end - start > maxExpression || (closing === '}#' && /[\n}]/.test(text.slice(start + 2, close)))) continue;
    yield { start, end };
    opening.lastIndex = end;
  }
}

const closers: Readonly<Record<string, string>> = { '{{': '}}', '#{': '}#', '{%': '%}' };

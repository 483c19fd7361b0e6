import { visit, type YAMLError } from 'yaml';
import type { ProblemSyntax } from './config-map-syntax.ts';
import type { YamlDocument } from './yaml-document.ts';

/** What is wrong with the YAML itself: missing keys that were repaired, then the first error. */
export function yamlProblems(yaml: YamlDocument): readonly ProblemSyntax[] {
  const problems: ProblemSyntax[] = [];
  for (const insertion of yaml.insertions) {
    if (insertion.kind !== 'metadata') continue;
    const key = /^[ ]*([\w."'-]+)/.exec(yaml.text.slice(offsetBehind(yaml, insertion.offset)));
    const margin = (key?.[0].length ?? 0) - (key?.[1]?.length ?? 0);
    const start = yaml.toFile(0) + insertion.offset + margin;
    problems.push({
      kind: 'metadata-key-missing',
      message: `"${key?.[1] ?? ''}" is indented under "kind: ConfigMap", which is not a mapping. Put "metadata:" between them.`,
      span: { start, end: start + (key?.[1]?.length ?? 0) },
    });
  }
  // After the first error the parser guesses, and what it says next may not be true.
  const [error] = yaml.document.errors;
  if (error !== undefined) problems.push({ kind: 'yaml', message: messageOf(error), span: spanOf(yaml, error) });
  return problems;
}

/** Where in the repaired text the line begins that followed the insertion at `offset` of the original. */
function offsetBehind(yaml: YamlDocument, offset: number): number {
  let shift = 0;
  for (const insertion of yaml.insertions) if (insertion.offset <= offset) shift += insertion.text.length;
  return offset + shift;
}

/** The word at which an error begins, or what it names on that line where no word stands there. */
function spanOf(yaml: YamlDocument, error: YAMLError): Span {
  const [from, end] = error.pos;
  const quote = isUnclosedQuote(error) ? openingQuote(yaml, end) : undefined;
  if (quote !== undefined) return { start: yaml.toFile(quote), end: yaml.toFile(quote + 1) };
  const lineEnd = yaml.text.indexOf('\n', from);
  const line = yaml.text.slice(from, lineEnd < 0 ? yaml.text.length : lineEnd);
  const begin = from + (/^ +(?=\S)/.exec(line)?.[0].length ?? 0);
  const word = /^[\w./-]+/.exec(yaml.text.slice(begin, begin + 200))?.[0].length ?? 0;
  const last = word > 0 ? begin + word : Math.min(Math.max(end, begin + 1), from + line.trimEnd().length);
  const start = yaml.toFile(begin);
  return { start, end: Math.max(start, yaml.toFile(Math.max(begin, last))) };
}

type Span = ProblemSyntax['span'];

function isUnclosedQuote({ code, message }: YAMLError): boolean {
  return code === 'MISSING_CHAR' && /^Missing closing ["']quote/.test(message);
}

/** Where the quoted text begins that runs up to `end`. */
function openingQuote({ document }: YamlDocument, end: number): number | undefined {
  let start: number | undefined;
  visit(document, {
    Scalar(_key, { type, range }) {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (isQuoted && range != null && range[0] < end) start = range[0];
    },
  });
  return start;
}

function messageOf(error: YAMLError): string {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return 'YAML cannot be indented with tabs. Use spaces.';
    case 'BAD_INDENT':
      return 'This line is indented like nothing before it. Indent it like the lines it belongs to.';
    case 'BAD_ALIAS':
      return 'Nothing carries the anchor that this alias names. Define it, or put the value here in quotes.';
    case 'MISSING_CHAR':
      if (isUnclosedQuote(error)) {
        return 'This quotation mark is never closed, so that the rest of the document becomes one text. Close it.';
      }
      return `YAML misses something here: ${lowerFirst(error.message)}. Add it.`;
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'YAML reads this as a key inside another value. Check its indentation and the line above.';
    default:
      return `YAML cannot be read here: ${lowerFirst(error.message)}. Put it right.`;
  }
}

function lowerFirst(message: string): string {
  const [first = ''] = message.split('\n');
  return (first.charAt(0).toLowerCase() + first.slice(1))
    .replace(/[.:]\s*$/, '')
    .replace(/ at line \d+, column \d+$/, '');
}

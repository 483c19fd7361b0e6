/** A part of a regular expression, as far as it matters for what the expression can match. */
export type RegexpNode =
  | { readonly kind: 'literal'; readonly code: number; readonly ignoresCase: boolean; readonly at: number }
  | { readonly kind: 'class'; has(code: number): boolean; readonly isAny: boolean; readonly at: number }
  | { readonly kind: 'end' | 'other-assertion' }
  | { readonly kind: 'list'; readonly items: readonly RegexpNode[] }
  | { readonly kind: 'choice'; readonly items: readonly RegexpNode[] }
  | { readonly kind: 'repeat'; readonly of: RegexpNode; readonly min: number; readonly max: number };

export type RegexpResult =
  | { readonly ok: true; readonly root: RegexpNode; readonly groups: number }
  | {
      readonly ok: false;
      /** Go's words, without "error parsing regexp: ". */
      readonly error: string;
      /** Where in the pattern. */
      readonly start: number;
      readonly end: number;
    };

/** Several checks ask for the same pattern one after the other. */
let last: { readonly pattern: string; readonly result: RegexpResult } | undefined;

/** Reads a regular expression in the syntax of Go (RE2). It is never run. */
export function parseRegexp(pattern: string): RegexpResult {
  if (last?.pattern !== pattern) last = { pattern, result: readRegexp(pattern) };
  return last.result;
}

function readRegexp(pattern: string): RegexpResult {
  try {
    return new RegexpParser(pattern).parse();
  } catch (error) {
    if (!(error instanceof RegexpError)) throw error;
    const { message, start, end } = error;
    return { ok: false, error: message, start, end };
  }
}

class RegexpError extends Error {
  readonly start: number;
  readonly end: number;

  constructor(reason: string, pattern: string, start: number, end: number) {
    super(`${reason}: \`${pattern.slice(start, end)}\``);
    this.start = start;
    this.end = end;
  }
}

const maxDepth = 1000;
const maxRepeat = 1000;

class RegexpParser {
  private position = 0;
  private groups = 0;
  private ignoresCase = false;
  private depth = 0;
  private readonly names = new Set<string>();
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  parse(): RegexpResult {
    const root = this.choice();
    if (this.position < this.text.length) this.fail('unexpected )', 0, this.text.length);
    return { ok: true, root, groups: this.groups };
  }

  private choice(): RegexpNode {
    const items: RegexpNode[] = [this.list()];
    while (this.text[this.position] === '|') {
      this.position++;
      items.push(this.list());
    }
    const [first] = items;
    return items.length === 1 && first !== undefined ? first : { kind: 'choice', items };
  }

  private list(): RegexpNode {
    const items: RegexpNode[] = [];
    let last: RegexpNode | undefined;
    let lastOperator: number | undefined;
    while (this.position < this.text.length) {
      const char = this.text[this.position];
      if (char === '|' || char === ')') break;
      const start = this.position;
      const repeat = this.repetition();
      if (repeat === undefined) {
        last = this.atom();
        if (last !== undefined) items.push(last);
        lastOperator = undefined;
        continue;
      }
      if (last === undefined) this.fail('missing argument to repetition operator', start, this.position);
      if (lastOperator !== undefined) this.fail('invalid nested repetition operator', lastOperator, this.position);
      if (
        repeat.isCounted &&
        repeatProduct(last) * Math.max(repeat.min, repeat.max === Number.POSITIVE_INFINITY ? 0 : repeat.max) > maxRepeat
      ) {
        this.fail('invalid repeat count', start, this.position);
      }
      last = { kind: 'repeat', of: last, min: repeat.min, max: repeat.max };
      items[items.length - 1] = last;
      lastOperator = start;
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'list', items };
  }

  /** Reads `*`, `+`, `?` or `{2,3}` with a lazy mark; undefined where none stands here. */
  private repetition(): { readonly min: number; readonly max: number; readonly isCounted: boolean } | undefined {
    const char = this.text[this.position];
    const start = this.position;
    let bounds: { min: number; max: number; isCounted: boolean } | undefined;
    if (char === '*') bounds = { min: 0, max: Number.POSITIVE_INFINITY, isCounted: false };
    else if (char === '+') bounds = { min: 1, max: Number.POSITIVE_INFINITY, isCounted: false };
    else if (char === '?') bounds = { min: 0, max: 1, isCounted: false };
    else if (char === '{') {
      const counted = /^\{(\d+)(,(\d*))?\}/.exec(this.text.slice(this.position, this.position + 40));
      if (counted === null) return undefined;
      const [whole, low = '', comma, high = ''] = counted;
      // Go reads numbers with leading zeros as text.
      if (/^0\d/.test(low) || /^0\d/.test(high)) return undefined;
      const min = Number(low);
      const max = comma === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
      this.position += whole.length;
      if (min > maxRepeat || (max !== Number.POSITIVE_INFINITY && (max > maxRepeat || min > max))) {
        this.fail('invalid repeat count', start, this.position);
      }
      if (this.text[this.position] === '?') this.position++;
      return { min, max, isCounted: true };
    }
    if (bounds === undefined) return undefined;
    this.position++;
    if (this.text[this.position] === '?') this.position++;
    return bounds;
  }

  private atom(): RegexpNode | undefined {
    const start = this.position;
    const char = this.text[start] ?? '';
    switch (char) {
      case '(':
        return this.group();
      case '[':
        return this.bracket();
      case '.':
        this.position++;
        return { kind: 'class', has: () => true, isAny: true, at: start };
      case '^':
        this.position++;
        return { kind: 'other-assertion' };
      case '$':
        this.position++;
        return { kind: 'end' };
      case '\\':
        return this.escape();
      default:
        return this.literal();
    }
  }

  private literal(): RegexpNode {
    const at = this.position;
    const code = this.text.codePointAt(at) ?? 0;
    this.position += code > 0xffff ? 2 : 1;
    return { kind: 'literal', code, ignoresCase: this.ignoresCase, at };
  }

  private group(): RegexpNode | undefined {
    const start = this.position;
    if (++this.depth > maxDepth) this.fail('expression nests too deeply', 0, this.text.length);
    const flagsBefore = this.ignoresCase;
    if (this.text[start + 1] === '?') {
      const named = /^\(\?P?<([^>]*)>/.exec(this.text.slice(start, start + 200));
      const flags = /^\(\?([imsU]*(?:-[imsU]+)?)([:)])/.exec(this.text.slice(start, start + 20));
      if (/^\(\?<[=!]/.test(this.text.slice(start, start + 4))) {
        this.fail('invalid or unsupported Perl syntax', start, start + 4);
      } else if (/^\(\?P?</.test(this.text.slice(start, start + 4))) {
        if (named === null) this.fail('invalid named capture', start, this.text.length);
        const name = named[1] ?? '';
        if (!/^\w+$/.test(name)) this.fail('invalid named capture', start, start + named[0].length);
        if (this.names.has(name))
          this.fail(
            'duplicate capture group name',
            start + named[0].length - name.length - 1,
            start + named[0].length - 1,
          );
        this.names.add(name);
        this.groups++;
        this.position += named[0].length;
      } else if (flags !== null && (flags[1] !== '' || flags[2] === ':')) {
        this.position += flags[0].length;
        const [on = '', off = ''] = (flags[1] ?? '').split('-');
        if (on.includes('i')) this.ignoresCase = true;
        if (off.includes('i')) this.ignoresCase = false;
        if (flags[2] === ')') {
          this.depth--;
          return undefined;
        }
      } else {
        const bad = /^\(\?(?:[imsU-]*[^:)])?/.exec(this.text.slice(start, start + 40))?.[0] ?? '(?';
        const isOpen = start + bad.length >= this.text.length && /^\(\?[imsU-]*$/.test(bad);
        this.fail(
          isOpen ? 'missing argument to repetition operator' : 'invalid or unsupported Perl syntax',
          start,
          start + bad.length,
        );
      }
    } else {
      this.groups++;
      this.position++;
    }
    const content = this.choice();
    if (this.text[this.position] !== ')') this.fail('missing closing )', 0, this.text.length);
    this.position++;
    this.depth--;
    this.ignoresCase = flagsBefore;
    return content;
  }

  private escape(): RegexpNode {
    const at = this.position;
    const next = this.text[at + 1];
    if (next === undefined) this.fail('trailing backslash at end of expression', at, at);
    if (next === 'Q') {
      const end = this.text.indexOf('\\E', at + 2);
      const stop = end < 0 ? this.text.length : end;
      const items = [...this.text.slice(at + 2, stop)].map(
        (char): RegexpNode => ({ kind: 'literal', code: char.codePointAt(0) ?? 0, ignoresCase: this.ignoresCase, at }),
      );
      this.position = end < 0 ? stop : end + 2;
      return { kind: 'list', items };
    }
    if (next === 'A' || next === 'b' || next === 'B') {
      this.position += 2;
      return { kind: 'other-assertion' };
    }
    if (next === 'z') {
      this.position += 2;
      return { kind: 'end' };
    }
    const has = this.classEscape();
    if (has !== undefined) return { kind: 'class', has, isAny: false, at };
    return { kind: 'literal', code: this.characterEscape(), ignoresCase: this.ignoresCase, at };
  }

  /** Reads `\d`, `\pL` and the like; undefined where another escape stands here. */
  private classEscape(): ((code: number) => boolean) | undefined {
    const start = this.position;
    const next = this.text[start + 1] ?? '';
    const perl = Object.hasOwn(perlClasses, next.toLowerCase()) ? perlClasses[next.toLowerCase()] : undefined;
    if (perl !== undefined) {
      this.position += 2;
      return next === next.toLowerCase() ? perl : (code) => !perl(code);
    }
    if (next !== 'p' && next !== 'P') return undefined;
    const property = /^\\[pP](?:\{(\^?)([^}]*)\}|([A-Za-z]))/.exec(this.text.slice(start, start + 60));
    const name = property?.[2] ?? property?.[3] ?? '';
    if (property === null || !/^[A-Z][A-Za-z_]*$/.test(name)) {
      this.fail(
        'invalid character class range',
        start,
        Math.min(this.text.length, start + (property?.[0].length ?? 3)),
      );
    }
    this.position += property[0].length;
    // Which characters those are does not matter: names in DNS have none but ASCII.
    return () => true;
  }

  private characterEscape(): number {
    const start = this.position;
    const rest = this.text.slice(start + 1, start + 12);
    const octal = /^(?:[1-7][0-7]{1,2}|0[0-7]{0,2})/.exec(rest)?.[0];
    const hexadecimal = /^x(?:([\da-f]{2})|\{([\da-f]{1,6})\})/i.exec(rest);
    const code = this.text.codePointAt(start + 1) ?? 0;
    const char = String.fromCodePoint(code);
    if (octal !== undefined) {
      this.position += 1 + octal.length;
      return Number.parseInt(octal, 8);
    }
    if (hexadecimal !== null) {
      this.position += 1 + hexadecimal[0].length;
      return Number.parseInt(hexadecimal[1] ?? hexadecimal[2] ?? '0', 16);
    }
    const control = 'afnrtv'.indexOf(char);
    if (control >= 0) {
      this.position += 2;
      return [7, 12, 10, 13, 9, 11][control] ?? 0;
    }
    if (code >= 0x80 || /\w/.test(char)) this.fail('invalid escape sequence', start, start + 1 + char.length);
    this.position += 2;
    return code;
  }

  private bracket(): RegexpNode {
    const start = this.position;
    this.position++;
    const isNegated = this.text[this.position] === '^';
    if (isNegated) this.position++;
    const parts: ((code: number) => boolean)[] = [];
    let isFirst = true;
    for (;;) {
      const char = this.text[this.position];
      if (char === undefined) this.fail('missing closing ]', start, this.text.length);
      if (char === ']' && !isFirst) break;
      isFirst = false;
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.text.slice(this.position, this.position + 20));
      if (posix !== null) {
        if (!posixClasses.has(posix[2] ?? '')) {
          this.fail('invalid character class range', this.position, this.position + posix[0].length);
        }
        this.position += posix[0].length;
        const isDotIn = /^(?:ascii|graph|print|punct)$/.test(posix[2] ?? '');
        parts.push((code) => (code === 46 ? isDotIn !== (posix[1] === '^') : true));
        continue;
      }
      const shorthand = char === '\\' ? this.classEscape() : undefined;
      if (shorthand !== undefined) {
        parts.push(shorthand);
        continue;
      }
      const from = this.position;
      const low = this.bracketCharacter(start);
      let high = low;
      if (
        this.text[this.position] === '-' &&
        this.text[this.position + 1] !== ']' &&
        this.position + 1 < this.text.length
      ) {
        this.position++;
        high = this.bracketCharacter(start);
        if (high < low) this.fail('invalid character class range', from, this.position);
      }
      const folds = this.ignoresCase;
      parts.push((code) => (code >= low && code <= high) || (folds && inFoldedRange(code, low, high)));
    }
    this.position++;
    const has = (code: number): boolean => parts.some((part) => part(code)) !== isNegated;
    return { kind: 'class', has, isAny: false, at: start };
  }

  private bracketCharacter(start: number): number {
    if (this.position >= this.text.length) this.fail('missing closing ]', start, this.text.length);
    if (this.text[this.position] !== '\\') {
      const code = this.text.codePointAt(this.position) ?? 0;
      this.position += code > 0xffff ? 2 : 1;
      return code;
    }
    if (this.position + 1 >= this.text.length) this.fail('missing closing ]', start, this.text.length);
    return this.characterEscape();
  }

  private fail(reason: string, start: number, end: number): never {
    throw new RegexpError(reason, this.text, start, end);
  }
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isWordCharacter = (code: number): boolean =>
  isDigit(code) || code === 95 || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const perlClasses: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigit,
  w: isWordCharacter,
  s: (code) => code === 32 || (code >= 9 && code <= 13 && code !== 11),
};

const posixClasses: ReadonlySet<string> = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
);

function inFoldedRange(code: number, low: number, high: number): boolean {
  const char = String.fromCodePoint(code);
  return [char.toLowerCase(), char.toUpperCase()].some((folded) => {
    const other = folded.codePointAt(0) ?? 0;
    return other >= low && other <= high;
  });
}

/** How often the innermost part is repeated at most by counts. */
function repeatProduct(node: RegexpNode): number {
  switch (node.kind) {
    case 'repeat': {
      const own = node.max === Number.POSITIVE_INFINITY ? Math.max(1, node.min) : Math.max(1, node.max);
      return own * repeatProduct(node.of);
    }
    case 'list':
    case 'choice':
      return Math.max(1, ...node.items.map(repeatProduct));
    default:
      return 1;
  }
}

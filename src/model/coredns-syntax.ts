import { syntaxRows } from './coredns-syntax-rows.ts';
import { compareVersions } from './dns-queries.ts';

/** What a plugin takes on its line and in its block. */
export interface PluginSyntax {
  /**
   * What CoreDNS does with a second one in a server block: refuses it (`once`), sets it up too (`each`), passes it over
   * (`first`), refuses whatever follows the first line (`single`), or never looks at the words at all (`ignored`).
   */
  readonly loop: 'once' | 'each' | 'first' | 'single' | 'ignored';
  readonly takesBlock: boolean;
  readonly line: LineSyntax;
  readonly properties: readonly PropertySyntax[];
}

/** A property of a plugin's block. */
export interface PropertySyntax {
  readonly name: string;
  /** The first CoreDNS version that has it; undefined where every version that AKS runs does. */
  readonly since: string | undefined;
  /** The first version that does not have it any more. */
  readonly removedIn: string | undefined;
  /** Whether CoreDNS refuses a second one. */
  readonly isOnceOnly: boolean;
  readonly line: LineSyntax;
  readonly summary: string;
}

/** The arguments on one line. */
export interface LineSyntax {
  readonly args: readonly ArgumentSyntax[];
  /**
   * What becomes of words that no argument takes: CoreDNS refuses them (`refused`; `refused-brace` even takes a `{` for
   * one), reads them as the next property (`next`), or throws them away (`ignored`).
   */
  readonly surplus: 'refused' | 'refused-brace' | 'next' | 'ignored';
  /** CoreDNS's words for a value that it cannot read, and for one out of range; undefined where they are those of Go. */
  readonly refusal: ValueRefusal | undefined;
  readonly rangeRefusal: ValueRefusal | undefined;
}

/** CoreDNS's words, with `{v}` for the value, `{err}` for those of Go and `{lastToken}` for the last word of the line. */
export interface ValueRefusal {
  readonly message: string;
  /** Whether CoreDNS names the line. */
  readonly namesLine: boolean;
}

export interface ArgumentSyntax {
  readonly name: string;
  /** `duration`, `int`, `enum` ...: see `corefile/values.ts`. */
  readonly kind: string;
  /** The words that an `enum` may be. */
  readonly values: readonly string[];
  readonly ignoresCase: boolean;
  /** Bounds of a number or duration, both included, as Go writes them; empty where there is none. */
  readonly least: string;
  readonly most: string;
  readonly min: number;
  readonly max: number;
}

const cache = new Map<string, PluginSyntax | undefined>();

/** What the plugin of that name takes, whichever version has it. */
export function pluginSyntax(name: string): PluginSyntax | undefined {
  if (!cache.has(name)) {
    const row = Object.hasOwn(syntaxRows, name) ? syntaxRows[name] : undefined;
    cache.set(name, row === undefined ? undefined : decodePlugin(row));
  }
  return cache.get(name);
}

/** Whether CoreDNS of that version has the property. */
export function hasProperty({ since, removedIn }: PropertySyntax, version: string): boolean {
  if (removedIn !== undefined && compareVersions(version, removedIn) >= 0) return false;
  return since === undefined || compareVersions(version, since) >= 0;
}

/** The arguments as documentation writes them: `FROM TO...`, `[TTL] [ZONES...]`. */
export function formatArguments({ args }: LineSyntax): string {
  return args
    .map(({ name, kind, values, min, max }) => {
      const text = kind === 'enum' && values.length <= 4 ? values.join('|') : name;
      const many = max > 1 ? `${text}...` : text;
      return min === 0 ? `[${many}]` : many;
    })
    .join(' ');
}

const boundsByLine = new WeakMap<LineSyntax, { readonly min: number; readonly max: number }>();

/** How few and how many words the line takes. */
export function argumentBounds(line: LineSyntax): { readonly min: number; readonly max: number } {
  let bounds = boundsByLine.get(line);
  if (bounds === undefined) {
    const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
    bounds = { min: sum(line.args.map(({ min }) => min)), max: sum(line.args.map(({ max }) => max)) };
    boundsByLine.set(line, bounds);
  }
  return bounds;
}

function decodePlugin(row: string): PluginSyntax {
  const [head = '', ...rows] = row.split('\n');
  const [, loop = 'each', block, line = ''] = /^(\w+)([+-])(.*)$/.exec(head) ?? [];
  return {
    loop: loop as PluginSyntax['loop'],
    takesBlock: block === '+',
    line: decodeLine(line.split('^'), 2),
    properties: rows.map(decodeProperty),
  };
}

function decodeProperty(row: string): PropertySyntax {
  const fields = row.split('^');
  const [, name = '', once, since, removedIn] = /^(.+?)(!?)(?:@([\d.]+))?(?:-(\d[\d.]*))?$/.exec(fields[0] ?? '') ?? [];
  return {
    name,
    since,
    removedIn,
    isOnceOnly: once === '!',
    line: decodeLine(fields.slice(1), 2),
    summary: fields[2] ?? '',
  };
}

const surplusKinds: Readonly<Record<string, LineSyntax['surplus']>> = {
  '=': 'refused',
  '}': 'refused-brace',
  '>': 'next',
  '~': 'ignored',
  '*': 'ignored',
};

function decodeLine(fields: readonly string[], messages: number): LineSyntax {
  const text = fields[0] ?? '';
  return {
    args: text.slice(1).split(' ').filter(Boolean).map(decodeArgument),
    surplus: surplusKinds[text[0] ?? '='] ?? 'refused',
    refusal: decodeRefusal(fields[messages]),
    rangeRefusal: decodeRefusal(fields[messages + 1]),
  };
}

function decodeRefusal(text: string | undefined): ValueRefusal | undefined {
  if (text === undefined || text === '') return undefined;
  return text.startsWith('@') ? { message: text.slice(1), namesLine: true } : { message: text, namesLine: false };
}

function decodeArgument(text: string): ArgumentSyntax {
  const [, name = '', kind = '', tilde, options = '', count = ''] =
    /^(.+):([\w-]+)(~?)(?:\(([^)]*)\))?(.*)$/.exec(text) ?? [];
  const [least = '', most = ''] = kind === 'enum' ? [] : options.split('..');
  const [, low, high] = /^\{(\d+),(\d+)\}$/.exec(count) ?? [];
  return {
    name,
    kind,
    values: kind === 'enum' ? options.split(',') : [],
    ignoresCase: tilde === '~',
    least,
    most,
    min: low === undefined ? (count === '?' || count === '*' ? 0 : 1) : Number(low),
    max: high === undefined ? (count === '*' || count === '+' ? Number.POSITIVE_INFINITY : 1) : Number(high),
  };
}

import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { Expression } from '../template/expression.ts';
import { lowerValue, type ValueContext } from './lower-value.ts';
import { isNamed, memberOf } from './node.ts';

/** The file that a deployment links to, by its path from the file that links it. */
export interface LinkedPath {
  readonly path: string;
  readonly span: Span;
  /** Whether it rests on the habit to keep linked templates beside the one that links them, and may be wrong. */
  readonly isAssumed: boolean;
}

/** Variables that name other variables, before the chain is cut. */
const maxSteps = 20;

/**
 * The path behind a `templateLink`: its `relativePath`, or what a `uri` adds to where this very template is deployed
 * from: `deployment().properties.templateLink.uri`, or a parameter `_artifactsLocation`, which by the convention of
 * Microsoft's samples is the folder of the template. `root` is the template whose variables the link uses.
 */
export function linkedPath(
  context: ValueContext,
  root: Node | undefined,
  link: Node | undefined,
): LinkedPath | undefined {
  const relative = memberOf(link, 'relativePath');
  if (relative !== undefined) {
    const value = lowerValue(context, relative);
    if (value.kind === 'literal' && typeof value.value === 'string') {
      return { path: value.value, span: value.span, isAssumed: false };
    }
    const base = { kind: 'base', isAssumed: false } as const;
    return joinPieces([base, ...new LinkReader(context, root).read(value, 0)], value.span);
  }
  const uri = memberOf(link, 'uri');
  if (uri === undefined) return undefined;
  const expression = lowerValue(context, uri);
  return joinPieces(new LinkReader(context, root).read(expression, 0), expression.span);
}

/** A part of a link: text, the place that this template is deployed from, or a token that is appended to it. */
type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly span: Span }
  | { readonly kind: 'base'; readonly isAssumed: boolean }
  | { readonly kind: 'token' }
  | { readonly kind: 'unknown' };

function joinPieces(pieces: readonly Piece[], whole: Span): LinkedPath | undefined {
  const [base, ...rest] = pieces;
  if (base?.kind !== 'base') return undefined;
  const texts = rest.flatMap((piece) => (piece.kind === 'text' && piece.text !== '' ? [piece] : []));
  if (rest.some((piece) => piece.kind === 'unknown' || piece.kind === 'base')) return undefined;
  const path = texts
    .map(({ text }) => text)
    .join('')
    .replace(/^\/+/, '');
  const [only] = texts;
  if (path === '' || /[?#:]/.test(path)) return undefined;
  const isPlain = texts.length === 1 && only !== undefined && only.text === path;
  return { path, span: isPlain ? only.span : whole, isAssumed: base.isAssumed };
}

class LinkReader {
  readonly #context: ValueContext;
  readonly #root: Node | undefined;

  constructor(context: ValueContext, root: Node | undefined) {
    this.#context = context;
    this.#root = root;
  }

  read(expression: Expression, step: number): readonly Piece[] {
    if (step > maxSteps) return [{ kind: 'unknown' }];
    if (expression.kind === 'literal' && typeof expression.value === 'string') {
      return [{ kind: 'text', text: expression.value, span: expression.span }];
    }
    if (accessPath(expression) === 'deployment().properties.templatelink.uri') {
      return [{ kind: 'base', isAssumed: false }];
    }
    if (expression.kind !== 'call' || expression.base !== undefined) return [{ kind: 'unknown' }];
    const { args, name } = expression;
    switch (name.toLowerCase()) {
      case 'concat':
      case 'uri':
        return args.flatMap((arg) => this.read(arg, step + 1));
      case 'variables':
        return this.#readDeclared('variables', args[0], step);
      case 'parameters':
        return this.#readParameter(args[0], step);
      default:
        return [{ kind: 'unknown' }];
    }
  }

  #readParameter(name: Expression | undefined, step: number): readonly Piece[] {
    const text = name?.kind === 'literal' ? String(name.value) : '';
    if (/sasToken$/i.test(text)) return [{ kind: 'token' }];
    if (/artifactsLocation$/i.test(text)) return [{ kind: 'base', isAssumed: true }];
    const declared = memberOf(memberOf(this.#root, 'parameters'), text);
    const value = memberOf(declared, 'defaultValue');
    if (value === undefined) return [{ kind: 'unknown' }];
    const pieces = this.read(lowerValue(this.#context, value), step + 1);
    // A deployment may override the default; only that it is this template's own place is likely to stay.
    return pieces.length === 1 && pieces[0]?.kind === 'base'
      ? [{ kind: 'base', isAssumed: true }]
      : [{ kind: 'unknown' }];
  }

  #readDeclared(section: string, name: Expression | undefined, step: number): readonly Piece[] {
    const text = name?.kind === 'literal' ? String(name.value) : '';
    const value = memberOf(memberOf(this.#root, section), text);
    return value === undefined ? [{ kind: 'unknown' }] : this.read(lowerValue(this.#context, value), step + 1);
  }
}

/** `deployment().properties.x` as text; empty for anything else. */
function accessPath(expression: Expression): string {
  if (expression.kind === 'call' && expression.base === undefined && expression.args.length === 0) {
    return isNamed(expression.name, 'deployment') ? 'deployment()' : '';
  }
  if (expression.kind !== 'access' || expression.key.kind !== 'literal') return '';
  return `${accessPath(expression.base)}.${String(expression.key.value).toLowerCase()}`;
}

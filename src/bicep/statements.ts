import type { Expression, InvalidExpression } from '../template/expression.ts';
import { parseBody } from './body.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { parseDecorators } from './decorators.ts';
import { parseObject, parseString, parseValue, skipNewLinesAfterArrow } from './expressions.ts';
import { parseExtension, parseImport } from './imports.ts';
import { parseParenthesized } from './lists.ts';
import type { SyntaxCode } from './messages.ts';
import type {
  BicepKind,
  Decorator,
  FunctionParameter,
  FunctionStatement,
  Name,
  ResourceStatement,
  Statement,
  TypeNode,
} from './syntax.ts';
import { Kind, type StopSet, stopSet } from './token.ts';
import { isTypeMissing, parseDeclaredType, recoverType } from './types.ts';

const LINE_STOPS = stopSet(Kind.NewLine);
const ASSIGN_STOPS = stopSet(Kind.Assign, Kind.NewLine);
const BODY_ASSIGN_STOPS = stopSet(Kind.OpenBrace, Kind.NewLine);
const NAME_STOPS = stopSet(Kind.Identifier, Kind.NewLine);
const PATH_STOPS = stopSet(Kind.StringComplete, Kind.StringLeft, Kind.NewLine);
const TYPE_STOPS = stopSet(Kind.Assign, Kind.OpenBrace, Kind.NewLine);
const LAMBDA_STOPS = stopSet(Kind.NewLine, Kind.CloseParen);
const PARAMETER_STOPS = stopSet(Kind.NewLine, Kind.Comma, Kind.CloseParen);

/** A declaration without the decorators and the span that all of them have. */
type Declaration = Statement extends infer S ? (S extends Statement ? Omit<S, 'span' | 'decorators'> : never) : never;

/** Parses the declaration at the current token; the decorators and its first token at `start` were read before it. */
export function parseDeclaration(
  p: Cursor,
  kind: BicepKind,
  start: number,
  decorators: readonly Decorator[],
): Statement {
  const from = p.index;
  const word = p.kind === Kind.Identifier ? p.tokenText() : '';
  const parse = (kind === 'bicep' ? templateDeclarations : parameterFileDeclarations).get(word);
  const declaration = parse?.(p);
  if (declaration === undefined) {
    p.fail(kind === 'bicep' ? 'BCP007' : 'BCP337');
    // Decorators whose declaration is still to be written are no error of syntax.
    p.recover(from, decorators.length > 0, LINE_STOPS);
    return { kind: 'invalid', span: { start, end: p.previousEnd }, decorators };
  }
  return { ...declaration, span: { start, end: p.previousEnd }, decorators } as Statement;
}

type Parse = (p: Cursor) => Declaration;

const templateDeclarations: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['targetScope', (p) => ({ kind: 'target-scope', value: parseAssigned(p, 'always').value })],
  ['metadata', (p) => ({ kind: 'metadata', ...parseNamedValue(p, 'BCP266') })],
  ['param', parseParameter],
  ['var', parseVariable],
  ['type', parseTypeDeclaration],
  ['func', parseFunction],
  ['resource', parseResource],
  ['module', parseModule],
  ['output', parseOutput],
  ['import', parseImport],
  ['extension', parseExtension],
  ['provider', parseExtension],
  ['assert', (p) => ({ kind: 'assert', ...parseNamedValue(p, 'BCP344') })],
  ['test', parseTest],
]);

const parameterFileDeclarations: ReadonlyMap<string, Parse> = new Map<string, Parse>([
  ['using', parseUsing],
  [
    'extends',
    (p) => {
      p.advance();
      return { kind: 'extends', path: parsePath(p, false, 'BCP404', LINE_STOPS) };
    },
  ],
  ['param', (p) => ({ kind: 'parameter-assignment', ...parseNamedValue(p, 'BCP013', NAME_STOPS) })],
  ['var', parseVariable],
  ['type', parseTypeDeclaration],
  ['import', parseImport],
  ['extension', parseExtension],
  ['provider', parseExtension],
  ['extensionConfig', parseExtensionConfig],
]);

/** Reads the name of a declaration; it is empty where there is none. `isMissing` silences what should follow. */
function parseName(p: Cursor, code: SyntaxCode, stops: StopSet): Name & { readonly isMissing: boolean } {
  if (p.kind === Kind.Identifier) return { ...p.readName(), isMissing: false };
  const from = p.index;
  p.fail(code);
  const skipped = p.recover(from, false, stops);
  return { text: '', span: skipped.span, isMissing: isMissing(skipped) };
}

function plainName(name: Name): Name {
  return { text: name.text, span: name.span };
}

/** Parses `= value`. `silence`: what came before is missing, so nothing more is reported. */
function parseAssigned(
  p: Cursor,
  silence: boolean | 'always',
  stops: StopSet = LINE_STOPS,
): { readonly value: Expression; readonly isSilent: boolean } {
  if (silence === 'always') p.advance();
  const isSilent = takeAssign(p, silence === true, stops);
  return { value: parseValue(p, true, isSilent, LINE_STOPS), isSilent };
}

/** Takes `=`; returns whether it is missing without any text in its place. */
function takeAssign(p: Cursor, isSilent: boolean, stops: StopSet): boolean {
  const from = p.index;
  if (p.expect(Kind.Assign, '=')) return false;
  return isMissing(p.recover(from, isSilent, stops));
}

function parseNamedValue(
  p: Cursor,
  code: SyntaxCode,
  stops: StopSet = ASSIGN_STOPS,
): { readonly name: Name; readonly value: Expression } {
  p.advance();
  const name = parseName(p, code, stops);
  return { name: plainName(name), value: parseAssigned(p, name.isMissing).value };
}

function parseParameter(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP013', NAME_STOPS);
  const typeFrom = p.index;
  const type = parseDeclaredType(p, false) ?? recoverType(p, typeFrom, name.isMissing, TYPE_STOPS);
  const declaration = { kind: 'parameter' as const, name: plainName(name), type };
  if (p.kind === Kind.NewLine || p.kind === Kind.EndOfFile) return declaration;
  if (p.accept(Kind.Assign)) return { ...declaration, defaultValue: parseValue(p, true, false, LINE_STOPS) };
  const from = p.index;
  p.fail('BCP008');
  p.recover(from, isTypeMissing(type), LINE_STOPS);
  return declaration;
}

function parseVariable(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP015', NAME_STOPS);
  let isSilent = name.isMissing;
  let type: TypeNode | undefined;
  if (p.kind !== Kind.NewLine && p.kind !== Kind.EndOfFile && p.kind !== Kind.Assign) {
    const from = p.index;
    type = parseDeclaredType(p, false) ?? recoverType(p, from, isSilent, ASSIGN_STOPS);
    isSilent = isTypeMissing(type);
  }
  const { value } = parseAssigned(p, isSilent);
  const declaration = { kind: 'variable' as const, name: plainName(name), value };
  return type === undefined ? declaration : { ...declaration, type };
}

function parseTypeDeclaration(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP325', ASSIGN_STOPS);
  const isSilent = takeAssign(p, name.isMissing, LINE_STOPS);
  const from = p.index;
  const type = parseDeclaredType(p, false) ?? recoverType(p, from, isSilent, TYPE_STOPS);
  return { kind: 'type', name: plainName(name), type };
}

function parseFunction(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP015', ASSIGN_STOPS);
  const from = p.index;
  if (p.kind !== Kind.OpenParen) {
    p.fail('BCP018', '(');
    const body = p.recover(from, name.isMissing, LINE_STOPS);
    return { kind: 'function', name: plainName(name), parameters: [], body };
  }
  return { kind: 'function', name: plainName(name), ...parseTypedLambda(p) };
}

function parseTypedLambda(p: Cursor): Pick<FunctionStatement, 'parameters' | 'returnType' | 'body'> {
  const list = parseParenthesized(p, true, () => parseFunctionParameter(p));
  const parameters = list.items.flatMap((item) => ('kind' in item ? [] : [item]));
  const typeFrom = p.index;
  const returnType = parseDeclaredType(p, false) ?? recoverType(p, typeFrom, false, LAMBDA_STOPS);
  const arrowFrom = p.index;
  if (p.expect(Kind.Arrow, '=>')) skipNewLinesAfterArrow(p);
  else p.recover(arrowFrom, false, LAMBDA_STOPS);
  const body = parseValue(p, true, false, LAMBDA_STOPS);
  return { parameters, returnType, body };
}

function parseFunctionParameter(p: Cursor): FunctionParameter {
  let name: Name;
  if (p.kind === Kind.Identifier) {
    name = p.readName();
  } else {
    p.reportHere('BCP015');
    name = { text: '', span: p.invalidFrom(p.index).span };
  }
  const from = p.index;
  const type = parseDeclaredType(p, false) ?? recoverType(p, from, false, PARAMETER_STOPS);
  return { name, type };
}

function parseResource(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP017', PATH_STOPS);
  const type = parsePath(p, name.isMissing, 'BCP068', ASSIGN_STOPS);
  const isExisting = p.isWord('existing');
  if (isExisting) p.advance();
  const isSilent = takeAssign(p, isMissing(type), BODY_ASSIGN_STOPS);
  const resources: ResourceStatement[] = [];
  const body = parseBody(p, isSilent, resources, () => parseNestedResource(p, resources));
  return { kind: 'resource', name: plainName(name), type, isExisting, body };
}

/** Parses a resource declared inside the body of another; false where a property begins. */
function parseNestedResource(p: Cursor, resources: ResourceStatement[]): boolean {
  const isDeclaration = p.kind === Kind.At || (p.isWord('resource') && p.peek(1) === Kind.Identifier);
  if (!isDeclaration) return false;
  const start = p.start;
  const decorators = parseDecorators(p);
  const from = p.index;
  if (!p.isWord('resource')) {
    p.fail('BCP012', 'resource');
    // A decorator whose resource is still to be written is no error of syntax.
    p.recover(from, p.kind === Kind.CloseBrace || p.kind === Kind.EndOfFile, stopSet(Kind.NewLine, Kind.CloseBrace));
    return true;
  }
  if (!p.enter()) return true;
  const statement = { ...parseResource(p), span: { start, end: p.previousEnd }, decorators };
  p.leave();
  if (statement.kind === 'resource') resources.push(statement as ResourceStatement);
  return true;
}

function parseModule(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP096', PATH_STOPS);
  const path = parsePath(p, name.isMissing, 'BCP097', ASSIGN_STOPS);
  const isSilent = takeAssign(p, isMissing(path), BODY_ASSIGN_STOPS);
  const body = parseBody(p, isSilent, []);
  return { kind: 'module', name: plainName(name), path, body };
}

function parseTest(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP346', PATH_STOPS);
  const path = parsePath(p, name.isMissing, 'BCP347', LINE_STOPS);
  const isSilent = takeAssign(p, isMissing(path), BODY_ASSIGN_STOPS);
  const from = p.index;
  if (p.kind === Kind.OpenBrace) return { kind: 'test', name: plainName(name), path, body: parseObject(p) };
  p.fail('BCP018', '{');
  return { kind: 'test', name: plainName(name), path, body: p.recover(from, isSilent, LINE_STOPS) };
}

function parseOutput(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP016', NAME_STOPS);
  const from = p.index;
  const type = parseDeclaredType(p, true) ?? recoverType(p, from, name.isMissing, ASSIGN_STOPS);
  return { kind: 'output', name: plainName(name), type, value: parseAssigned(p, isTypeMissing(type)).value };
}

/** Parses a string that must be there: a path or a type of resource. */
function parsePath(p: Cursor, isSilent: boolean, code: SyntaxCode, stops: StopSet): Expression {
  const from = p.index;
  if (p.kind === Kind.StringComplete || p.kind === Kind.StringLeft) {
    const path = parseString(p);
    if (path.kind !== 'invalid') return path;
    p.moveTo(from);
  }
  p.fail(code);
  return p.recover(from, isSilent, stops);
}

function parseUsing(p: Cursor): Declaration {
  p.advance();
  let path: Expression | undefined;
  if (p.isWord('none')) p.advance();
  else path = parsePath(p, false, 'BCP257', LINE_STOPS);
  const declaration = path === undefined ? { kind: 'using' as const } : { kind: 'using' as const, path };
  if (!p.isWord('with')) return declaration;
  p.advance();
  return { ...declaration, config: parseConfig(p, false) };
}

function parseExtensionConfig(p: Cursor): Declaration {
  p.advance();
  const name = parseName(p, 'BCP202', NAME_STOPS);
  const from = p.index;
  let config: Expression;
  if (p.isWord('with')) {
    p.advance();
    config = parseConfig(p, false);
  } else {
    p.fail('BCP012', 'with');
    config = p.recover(from, name.isMissing, LINE_STOPS);
  }
  return { kind: 'extension-config', name: plainName(name), config };
}

/** Parses the object after `with`. */
function parseConfig(p: Cursor, isSilent: boolean): Expression | InvalidExpression {
  const from = p.index;
  if (p.kind === Kind.OpenBrace) return parseObject(p);
  p.fail('BCP018', '{');
  return p.recover(from, isSilent, LINE_STOPS);
}

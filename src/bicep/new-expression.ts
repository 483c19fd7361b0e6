import { encloses, type Location, type Span, sameSpan } from '../base/span.ts';
import type { NewExpression, NewReference } from '../model/change.ts';
import { escapeSingleLine } from './string-content.ts';
import type { BicepFile, ResourceStatement, Statement } from './syntax.ts';
import { childNodes, type ExpressionNode, findPath, statementExpressions } from './walk.ts';

/**
 * Spells expressions that are to stand at `place`, in the language of the file. It gives undefined where one would not
 * mean the same there: the resource is not declared at the top of the file, in a loop or under a condition that its
 * members need, or depends itself on what stands at `place`.
 */
export function spellerAt(file: BicepFile, place: Span): (expression: NewExpression) => string | undefined {
  const statement = file.statements.find((candidate) => encloses(candidate.span, place));
  const spell = (expression: string | NewExpression): string | undefined => {
    if (typeof expression === 'string') return `'${escapeSingleLine(expression)}'`;
    if (expression.kind === 'call') {
      const args = expression.args.flatMap((arg) => spell(arg) ?? []);
      return args.length === expression.args.length ? `${expression.name}(${args.join(', ')})` : undefined;
    }
    const resource = findResource(file, expression.resource);
    if (resource === undefined || statement === undefined || !mayRefer(file, statement, resource, place))
      return undefined;
    return spellReference(resource, expression);
  };
  return spell;
}

/** The statement that declares the resource with this header at the top of the file, outside of a loop. */
export function findResource(file: BicepFile, { span }: Location): ResourceStatement | undefined {
  const resources = file.statements.filter((statement) => statement.kind === 'resource');
  const found = resources.find(({ name }) => sameSpan(name.span, span));
  return found?.body.loop === undefined ? found : undefined;
}

function spellReference({ name, body }: ResourceStatement, { member }: NewReference): string | undefined {
  if (member === 'id') return `${name.text}.id`;
  // A resource that is not deployed still has an id, but cannot be used otherwise.
  if (body.condition !== undefined) return undefined;
  return member === 'resource' ? name.text : `${name.text}.properties.${member}`;
}

/** Whether the name of the resource can be used at `place` of the statement. */
function mayRefer(file: BicepFile, statement: Statement, resource: ResourceStatement, place: Span): boolean {
  if (statement === resource || !takesResources(statement)) return false;
  const locals = [...loopLocals(statement), ...findPath(file, place).flatMap(localsOf)];
  return !locals.includes(resource.name.text) && !dependsOn(file, resource, statement);
}

function takesResources(statement: Statement): boolean {
  if (statement.kind === 'resource' || statement.kind === 'module') return true;
  // What other files import must not rest on the resources of this one.
  return statement.kind === 'variable' && !statement.decorators.some(({ name }) => /(?:^|\.)export$/.test(name));
}

function loopLocals(statement: Statement): readonly string[] {
  const loop = statement.kind === 'resource' || statement.kind === 'module' ? statement.body.loop : undefined;
  return [loop?.item, loop?.index].flatMap((name) => name?.text ?? []);
}

function localsOf(node: ExpressionNode): readonly string[] {
  if (node.kind === 'lambda') return node.parameters;
  return node.kind === 'for' ? [node.item, node.index].flatMap((name) => name ?? []) : [];
}

/** Whether `from` uses `target`, directly or through others. */
export function dependsOn(file: BicepFile, from: Statement, target: Statement): boolean {
  const byName = new Map(file.statements.flatMap((each) => ('name' in each ? [[textOf(each), each] as const] : [])));
  const seen = new Set<Statement>([from]);
  for (const statement of seen) {
    if (statement === target) return true;
    for (const name of namesIn(statement)) {
      const next = byName.get(name);
      if (next !== undefined) seen.add(next);
    }
  }
  return false;
}

function textOf(statement: Extract<Statement, { readonly name: unknown }>): string {
  return statement.name.text;
}

function namesIn(statement: Statement): Set<string> {
  const names = new Set<string>();
  const open: ExpressionNode[] = [...statementExpressions(statement)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === 'name') names.add(node.name);
    open.push(...childNodes(node));
  }
  return names;
}

/** A name that no declaration of the file has, nor any of `others`: the wanted one, or one with a number behind it. */
export function freeSymbol(file: BicepFile, wanted: string, others: readonly string[]): string {
  const taken = new Set([...others, ...file.statements.flatMap((each) => ('name' in each ? [textOf(each)] : []))]);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!taken.has(name)) return name;
  }
}

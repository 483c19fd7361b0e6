import type { Expression } from '../template/expression.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { parseObject, parseString } from './expressions.ts';
import { parseSeparator } from './lists.ts';
import type { ExtensionStatement, ImportItem, ImportStatement, Name } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

const LINE_STOPS = stopSet(Kind.NewLine);
const ALIAS_STOPS = stopSet(Kind.Comma, Kind.NewLine);
const SPECIFICATION_STOPS = stopSet(Kind.Assign, Kind.NewLine);

/** Parses `import` and what follows it; the old form for extensions gives an extension statement. */
export function parseImport(
  p: Cursor,
): Omit<ImportStatement, 'span' | 'decorators'> | Omit<ExtensionStatement, 'span' | 'decorators'> {
  const next = p.peek(1);
  if (next === Kind.StringComplete || next === Kind.StringLeft) return parseExtension(p);
  p.advance();
  const items = parseImportItems(p);
  return { kind: 'import', items, path: parseFrom(p) };
}

function parseImportItems(p: Cursor): readonly ImportItem[] {
  if (p.kind === Kind.OpenBrace) return parseImportList(p);
  const from = p.index;
  if (p.kind === Kind.Asterisk) {
    const all = parseWildcard(p);
    if (all === undefined) p.recover(from, false, LINE_STOPS);
    return all === undefined ? [] : [all];
  }
  const isNameOrEnd = p.kind === Kind.Identifier || p.kind === Kind.NewLine || p.kind === Kind.EndOfFile;
  p.report('BCP354', p.start, isNameOrEnd ? p.start : p.end);
  if (!isNameOrEnd) p.advance();
  return [];
}

function parseImportList(p: Cursor): ImportItem[] {
  const items: ImportItem[] = [];
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseBrace && p.kind !== Kind.EndOfFile) {
    const item = parseImportItem(p);
    if (item !== undefined) items.push(item);
    parseSeparator(p, Kind.CloseBrace);
  }
  p.close(Kind.CloseBrace, '}');
  return items;
}

function parseImportItem(p: Cursor): ImportItem | undefined {
  const start = p.start;
  let name: Name | undefined;
  let isQuoted = false;
  if (p.kind === Kind.Identifier) {
    name = p.readName();
  } else if (p.kind === Kind.StringComplete) {
    const key = parseString(p);
    if (key.kind === 'literal') name = { text: String(key.value), span: key.span };
    isQuoted = true;
  } else {
    p.report('BCP355', p.start, p.end);
    p.advance();
  }
  const alias = parseAlias(p);
  if (isQuoted && alias === undefined) p.report('BCP375', start, p.previousEnd);
  if (name === undefined || (isQuoted && alias === undefined)) return undefined;
  return { name: name.text, nameSpan: name.span, alias: alias ?? name };
}

/** Parses `as name`; undefined where there is no `as`. */
function parseAlias(p: Cursor): Name | undefined {
  if (!p.isWord('as')) return undefined;
  p.advance();
  if (p.kind === Kind.Identifier) return p.readName();
  const from = p.index;
  p.fail('BCP325');
  return { text: '', span: p.recover(from, false, ALIAS_STOPS).span };
}

function parseWildcard(p: Cursor): ImportItem | undefined {
  const nameSpan = { start: p.start, end: p.end };
  p.advance();
  if (!p.isWord('as')) return p.fail('BCP012', 'as');
  p.advance();
  if (p.kind !== Kind.Identifier) return p.fail('BCP356');
  return { name: '*', nameSpan, alias: p.readName() };
}

function parseFrom(p: Cursor): Expression {
  const from = p.index;
  if (!p.isWord('from')) {
    p.fail('BCP012', 'from');
    return p.recover(from, false, LINE_STOPS);
  }
  p.advance();
  const pathFrom = p.index;
  if (p.kind === Kind.StringComplete || p.kind === Kind.StringLeft) {
    const path = parseString(p);
    if (path.kind !== 'invalid') return path;
    p.moveTo(pathFrom);
  }
  p.fail('BCP097');
  return p.recover(pathFrom, false, LINE_STOPS);
}

/** Parses `extension`, `provider` or the old `import` with the specification of an extension. */
export function parseExtension(p: Cursor): Omit<ExtensionStatement, 'span' | 'decorators'> {
  p.advance();
  const specification = parseSpecification(p);
  let result: Omit<ExtensionStatement, 'span' | 'decorators'> = { kind: 'extension', specification };
  let isSilent = isMissing(specification);
  if (p.kind === Kind.NewLine || p.kind === Kind.EndOfFile) return result;
  if (!p.isWord('as')) {
    const from = p.index;
    if (p.isWord('with')) {
      p.advance();
      result = { ...result, config: parseConfig(p) };
      isSilent = false;
    } else {
      p.fail('BCP305');
      isSilent = isMissing(p.recover(from, isSilent, LINE_STOPS));
    }
  }
  if (p.kind === Kind.NewLine || p.kind === Kind.EndOfFile) return result;
  const from = p.index;
  if (!p.isWord('as')) {
    p.fail('BCP012', 'as');
    p.recover(from, isSilent, LINE_STOPS);
    return result;
  }
  p.advance();
  if (p.kind === Kind.Identifier) return { ...result, alias: p.readName() };
  const nameFrom = p.index;
  p.fail('BCP202');
  p.recover(nameFrom, false, LINE_STOPS);
  return result;
}

function parseSpecification(p: Cursor): Expression {
  const from = p.index;
  if (p.kind === Kind.Identifier) {
    const name = p.readName();
    return { kind: 'name', span: name.span, name: name.text };
  }
  if (p.kind === Kind.StringComplete || p.kind === Kind.StringLeft) {
    const text = parseString(p);
    if (text.kind !== 'invalid') return text;
    p.moveTo(from);
  }
  p.fail('BCP201');
  return p.recover(from, false, SPECIFICATION_STOPS);
}

function parseConfig(p: Cursor): Expression {
  const from = p.index;
  if (p.kind === Kind.OpenBrace) return parseObject(p);
  p.fail('BCP018', '{');
  return p.recover(from, false, LINE_STOPS);
}

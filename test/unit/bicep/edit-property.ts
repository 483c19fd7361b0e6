import type { Span } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { type BicepKind, parseBicep, renderBicepChanges } from '../../../src/bicep/index.ts';
import type { NewValue, TemplateChange } from '../../../src/model/change.ts';

type Data = Record<string | number, unknown>;
type Path = readonly (string | number)[];

/** A literal, object or array of a tree, and the way to it. */
interface Place {
  readonly node: { readonly kind: string; readonly span: Span; readonly [member: string]: unknown };
  readonly path: Path;
}

/**
 * Makes every kind of change at every `step`th literal, object and array of a text. Fails if the result has a new
 * error, has lost a comment that was not inside what was removed, or differs in more than the change.
 */
export function expectSoundEdits(text: string, kind: BicepKind, step: number): void {
  const file = parseBicep(text, kind);
  const places: Place[] = [];
  collect(file.statements, [], places);
  const before = plain(file.statements);
  for (let i = 0; i < places.length; i += step) {
    const place = places[i];
    if (place === undefined) continue;
    for (const [change, mutate] of changesAt(place)) {
      const edits = renderBicepChanges(file, [change]);
      if (edits === undefined) continue;
      const result = applyEdits(text, edits);
      const after = parseBicep(result, kind);
      const expected = structuredClone(before);
      mutate(place.path.reduce<unknown>((value, key) => (value as Data)[key], expected) as Data);
      const keepsComments = !change.kind.startsWith('append') || after.comments.length === file.comments.length;
      const isSame = file.errors.length > 0 || JSON.stringify(plain(after.statements)) === JSON.stringify(expected);
      if (after.errors.length <= file.errors.length && keepsComments && isSame) continue;
      throw new Error(`${JSON.stringify(change)} on\n${text}\ngave\n${result}`);
    }
  }
}

type Mutation = (node: Data) => void;

function* changesAt({ node }: Place): Generator<readonly [TemplateChange, Mutation]> {
  const at = { uri: '', span: node.span };
  if (node.kind === 'literal') {
    for (const to of ["it's ${x}\n\\", "'''", 5, true]) {
      yield [
        { kind: 'set-value', target: { at, from: at }, to },
        (data) => {
          data['value'] = to;
        },
      ];
    }
  } else if (node.kind === 'object') {
    const to = { list: [1, {}, []], 'quoted key': { true: 'x' } };
    yield [
      { kind: 'set-property', object: at, path: ['brandNew', 'value'], to },
      (data) => (data['properties'] as unknown[]).push(property('brandNew', { value: to })),
    ];
    for (const [i, { key }] of (node['properties'] as { key?: unknown }[]).entries()) {
      if (typeof key !== 'string') continue;
      yield [
        { kind: 'set-property', object: at, path: [key], to },
        (data) => {
          (data['properties'] as Data[])[i] = property(key, to);
        },
      ];
      yield [{ kind: 'remove-property', object: at, key }, (data) => (data['properties'] as unknown[]).splice(i, 1)];
    }
  } else {
    for (const item of ['text', { key: { inner: 'value' } }]) {
      yield [{ kind: 'append-item', array: at, item }, (data) => (data['items'] as unknown[]).push(fresh(item))];
    }
    for (const [i, { span }] of (node['items'] as { span: Span }[]).entries()) {
      yield [{ kind: 'remove-item', item: { uri: '', span } }, (data) => (data['items'] as unknown[]).splice(i, 1)];
    }
  }
}

/** A new value as the parser gives it back, without spans. */
function fresh(value: NewValue): Data {
  if (typeof value !== 'object') return { kind: 'literal', value };
  if (Array.isArray(value)) return { kind: 'array', items: value.map(fresh) };
  return { kind: 'object', properties: Object.entries(value).map(([key, item]) => property(key, item)) };
}

function property(key: string, value: NewValue): Data {
  return { kind: 'property', key, value: fresh(value) };
}

function collect(value: unknown, path: Path, places: Place[]): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Place['node'];
  if (['literal', 'object', 'array'].includes(node.kind)) places.push({ node, path });
  for (const [key, member] of Object.entries(value)) {
    collect(member, [...path, Array.isArray(value) ? Number(key) : key], places);
  }
}

/** The tree without any span. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  const members = Object.entries(value).filter(([key]) => !/[sS]pan$/.test(key));
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}

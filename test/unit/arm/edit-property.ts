import { getNodePath, getNodeValue, type Node } from 'jsonc-parser';
import { parseArm, renderArmChanges } from '../../../src/arm/index.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import type { TemplateChange } from '../../../src/model/change.ts';

type Data = Record<string | number, unknown>;

/**
 * Makes every kind of change at every `step`th value of a text and fails if the result has another number of errors,
 * has lost a comment that was not the removed value's own, or differs in more than the change.
 */
export function expectSoundEdits(text: string, step: number): void {
  const file = parseArm(text);
  if (file.root === undefined || file.errors.length > 0 || file.duplicates.length > 0) return;
  const values: Node[] = [];
  collect(file.root, values);
  for (let i = 0; i < values.length; i += step) {
    const node = values[i];
    if (node === undefined) continue;
    for (const [change, mutate] of changesAt(node)) {
      const edits = renderArmChanges(file, [change]);
      if (edits === undefined) continue;
      const result = applyEdits(text, edits);
      const after = parseArm(result);
      const isSound = after.errors.length === 0 && after.duplicates.length === 0;
      const expected = { root: getNodeValue(file.root) as unknown };
      mutate(expected, ['root', ...getNodePath(node)]);
      const value: unknown = after.root === undefined ? undefined : getNodeValue(after.root);
      const keepsComments = change.kind.startsWith('remove') || after.comments.length === file.comments.length;
      if (isSound && keepsComments && JSON.stringify(value) === JSON.stringify(expected.root)) continue;
      throw new Error(`${change.kind} at ${node.offset} of\n${text}\ngave\n${result}`);
    }
  }
}

type Mutation = (data: Data, path: readonly (string | number)[]) => void;

function* changesAt(node: Node): Generator<readonly [TemplateChange, Mutation]> {
  const at = { uri: '', span: { start: node.offset, end: node.offset + node.length } };
  if (node.type === 'object') {
    for (const to of ['text "x"', { list: [1, {}, []] }]) {
      const change: TemplateChange = { kind: 'set-property', object: at, path: ['new', 'value'], to };
      yield [change, (data, path) => Object.assign(find(data, path) as Data, { new: { value: to } })];
    }
    for (const property of node.children ?? []) {
      const key = property.children?.[0]?.value as string;
      yield [{ kind: 'remove-property', object: at, key }, (data, path) => delete (find(data, path) as Data)[key]];
    }
  } else if (node.type === 'array') {
    for (const item of ['text', { key: 'value' }]) {
      yield [{ kind: 'append-item', array: at, item }, (data, path) => (find(data, path) as unknown[]).push(item)];
    }
  } else {
    for (const to of ['[text]', 5]) {
      const isEscaped = typeof to === 'string';
      yield [
        { kind: 'set-value', target: { at, from: at }, to },
        (data, path) => {
          const key = path.at(-1) ?? '';
          const owner = find(data, path.slice(0, -1)) as Data;
          owner[key] = isEscaped && isTemplate(data) ? `[${to}` : to;
        },
      ];
    }
  }
  if (node.parent?.type === 'array') {
    yield [
      { kind: 'remove-item', item: at },
      (data, path) => (find(data, path.slice(0, -1)) as unknown[]).splice(Number(path.at(-1)), 1),
    ];
  }
}

function isTemplate(data: Data): boolean {
  return /deploymentTemplate/i.test(String((data['root'] as Data)['$schema']));
}

function find(data: Data, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Data)[key], data);
}

function collect(node: Node, values: Node[]): void {
  // Changing the schema would make the file another kind of file.
  if (node.parent?.children?.[0]?.value === '$schema') return;
  values.push(node);
  for (const child of node.children ?? []) {
    if (child.type !== 'property') collect(child, values);
    else if (child.children?.[1] !== undefined) collect(child.children[1], values);
  }
}

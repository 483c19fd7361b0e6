import {
  type ArrayData,
  type Data,
  nestingOf,
  nestingOfProperties,
  type ObjectData,
  textOf,
  unknownData,
} from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { ArrayExpression, Expression, ObjectExpression, ObjectProperty, SpreadElement } from './expression.ts';
import { hasDistinctKeys, PropertyList } from './properties.ts';
import type { Scope } from './scope.ts';

/** Items of one array that are still followed; spreads can double a list line by line. */
const maxItems = 100_000;

/** An array literal; a spread of something unknown leaves it open. */
export function evaluateArray(evaluator: Evaluator, expression: ArrayExpression, scope: Scope): ArrayData {
  const isPlain = expression.items.every(isNoSpread);
  const { items, isOpen } = isPlain
    ? { items: expression.items.map((item) => evaluator.evaluate(item, scope)), isOpen: false }
    : withSpreads(evaluator, expression.items, scope);
  const isLiteral = isPlain && evaluator.template.isStandIn !== true;
  const origin = evaluator.literalPlace(expression.span);
  return { kind: 'array', items, isOpen, origin, isLiteral, nesting: nestingOf(items) };
}

function withSpreads(
  evaluator: Evaluator,
  expressions: ArrayExpression['items'],
  scope: Scope,
): Pick<ArrayData, 'items' | 'isOpen'> {
  const items: Data[] = [];
  let isOpen = false;
  for (const item of expressions) {
    if (item.kind !== 'spread') {
      items.push(evaluator.evaluate(item, scope));
      continue;
    }
    const spread = evaluator.evaluate(item.value, scope);
    if (spread.kind === 'array') {
      const room = maxItems - items.length;
      for (const one of spread.items.slice(0, Math.max(0, room))) items.push(one);
      isOpen ||= spread.isOpen || spread.items.length > room;
    } else if (spread.kind !== 'null') isOpen = true;
  }
  return { items, isOpen };
}

/** An object literal; a spread of something unknown leaves it open and may replace what stands before it. */
export function evaluateObject(evaluator: Evaluator, expression: ObjectExpression, scope: Scope): ObjectData {
  if (expression.properties.every(isPlain) && hasDistinctKeys(expression.properties)) {
    const properties = plainProperties(evaluator, expression.properties, scope);
    const isLiteral = evaluator.template.isStandIn !== true;
    return {
      kind: 'object',
      properties,
      isOpen: false,
      origin: evaluator.literalPlace(expression.span),
      isLiteral,
      nesting: nestingOfProperties(properties),
    };
  }
  const properties = new PropertyList();
  const partialKeys: Data[] = [];
  let isOpen = false;
  let isLiteral = evaluator.template.isStandIn !== true;
  for (const property of expression.properties) {
    if (property.kind === 'spread') {
      isLiteral = false;
      const spread = evaluator.evaluate(property.value, scope);
      if (spread.kind === 'null') continue;
      const isWhole = spread.kind === 'object' && !spread.isOpen;
      if (!isWhole) forgetValues(properties);
      isOpen ||= !isWhole;
      if (spread.kind === 'object') {
        for (const inner of spread.properties) properties.set(inner);
      }
      continue;
    }
    const computed = typeof property.key === 'string' ? undefined : evaluator.evaluate(property.key, scope);
    const key = typeof property.key === 'string' ? property.key : computed && textOf(computed);
    const value = evaluator.evaluate(property.value, scope);
    if (key !== undefined) properties.set({ key, keyLocation: evaluator.locate(property.keySpan), value });
    else isOpen = true;
    if (key === undefined && computed !== undefined) partialKeys.push(computed);
  }
  const origin = evaluator.literalPlace(expression.span);
  const nesting = nestingOfProperties(properties);
  const object: ObjectData = { kind: 'object', properties, isOpen, origin, isLiteral, nesting };
  return partialKeys.length === 0 ? object : { ...object, partialKeys };
}

function isNoSpread(item: Expression | SpreadElement): item is Expression {
  return item.kind !== 'spread';
}

type PlainProperty = ObjectProperty & { readonly key: string };

function isPlain(property: ObjectProperty | SpreadElement): property is PlainProperty {
  return property.kind === 'property' && typeof property.key === 'string';
}

/** Almost every object has only plain keys, each of them once; a list of the right length takes a fraction of one that grows. */
function plainProperties(evaluator: Evaluator, properties: readonly PlainProperty[], scope: Scope): PropertyList {
  return new PropertyList(
    properties.map(({ key, keySpan, value }) => ({
      key,
      keyLocation: evaluator.locate(keySpan),
      value: evaluator.evaluate(value, scope),
    })),
  );
}

function forgetValues(properties: PropertyList): void {
  const text = 'a spread that is not known may replace it';
  for (const property of properties) {
    properties.set({ ...property, value: unknownData('unsupported', text, property.value.origin) });
  }
}

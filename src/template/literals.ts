import {
  type ArrayData,
  type Data,
  nestingOf,
  nestingOfProperties,
  type ObjectData,
  type PropertyData,
  textOf,
  unknownData,
} from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { ArrayExpression, ObjectExpression } from './expression.ts';
import type { Scope } from './scope.ts';

/** Items of one array that are still followed; spreads can double a list line by line. */
const maxItems = 100_000;

/** An array literal; a spread of something unknown leaves it open. */
export function evaluateArray(evaluator: Evaluator, expression: ArrayExpression, scope: Scope): ArrayData {
  const items: Data[] = [];
  let isOpen = false;
  let isLiteral = evaluator.template.isStandIn !== true;
  for (const item of expression.items) {
    if (item.kind !== 'spread') {
      items.push(evaluator.evaluate(item, scope));
      continue;
    }
    isLiteral = false;
    const spread = evaluator.evaluate(item.value, scope);
    if (spread.kind === 'array') {
      const room = maxItems - items.length;
      for (const one of spread.items.slice(0, Math.max(0, room))) items.push(one);
      isOpen ||= spread.isOpen || spread.items.length > room;
    } else if (spread.kind !== 'null') isOpen = true;
  }
  const origin = evaluator.literalPlace(expression.span);
  return { kind: 'array', items, isOpen, isLiteral, origin, nesting: nestingOf(items) };
}

/** An object literal; a spread of something unknown leaves it open and may replace what stands before it. */
export function evaluateObject(evaluator: Evaluator, expression: ObjectExpression, scope: Scope): ObjectData {
  const properties = new Map<string, PropertyData>();
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
        for (const [key, value] of spread.properties) properties.set(key, value);
      }
      continue;
    }
    const computed = typeof property.key === 'string' ? undefined : evaluator.evaluate(property.key, scope);
    const key = typeof property.key === 'string' ? property.key : computed && textOf(computed);
    const value = evaluator.evaluate(property.value, scope);
    if (key !== undefined) properties.set(key, { key, keyLocation: evaluator.locate(property.keySpan), value });
    else isOpen = true;
    if (key === undefined && computed !== undefined) partialKeys.push(computed);
  }
  const origin = evaluator.literalPlace(expression.span);
  const nesting = nestingOfProperties(properties);
  const object = { kind: 'object', properties, isOpen, isLiteral, origin, nesting } as const;
  return partialKeys.length === 0 ? object : { ...object, partialKeys };
}

function forgetValues(properties: Map<string, PropertyData>): void {
  const text = 'a spread that is not known may replace it';
  for (const [key, property] of properties) {
    properties.set(key, { ...property, value: unknownData('unsupported', text, property.value.origin) });
  }
}

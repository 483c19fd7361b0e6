import { expect } from 'vitest';
import { type Explanation, explain } from '../../../src/service/explain.ts';

/** What every error of a text is called, in their order. */
export function titles(text: string): string[] {
  return explain(text).map(({ title }) => title);
}

/** The only explanation of a text. */
export function only(text: string): Explanation {
  const [first, ...others] = explain(text);
  expect(others.map(({ title }) => title)).toEqual([]);
  if (first === undefined) throw new Error(`Nothing was explained in ${text}`);
  return first;
}

/** Marks a branch the types exclude; throws if it is reached all the same. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}

/** Throws with `sentence` if the condition does not hold: a bug of ours, never bad input. */
export function invariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence);
}

/** What to write instead of an operator that other languages have. */
export const operatorFunctions: ReadonlyMap<string, string> = new Map([
  ['+', 'add() for numbers and concat() for text'],
  ['-', 'sub()'],
  ['*', 'mul()'],
  ['/', 'div()'],
  ['%', 'mod()'],
  ['=', 'equals()'],
  ['!', 'not()'],
  ['<', 'less()'],
  ['>', 'greater()'],
  ['&', 'and()'],
  ['|', 'or()'],
  ['?', 'if() or tryGet()'],
  [':', 'if()'],
]);

/** What is wrong with a text that begins like a number and is none that expressions know. */
export function describeNumber(text: string): string {
  return /^[+-]?\d+(?:\.\d+)?(?:e\d*)?$/i.test(text)
    ? `Expressions know whole numbers only. Write json('${text}') for this one.`
    : `"${text}" is neither a number nor a name. Names do not begin with a digit.`;
}

/** What is wrong with a name that is not called. */
export function describeBareName(name: string): string {
  return /^(?:true|false|null)$/i.test(name)
    ? `Write ${name}() here: constants are functions in expressions.`
    : `"${name}" is not called. Add its arguments in parentheses, or quote it as '${name}'.`;
}

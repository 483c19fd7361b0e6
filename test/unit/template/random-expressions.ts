import { random } from '../net/random.ts';

/** Declarations that the expressions use; those in capitals have no value of their own. */
export const declarations = `var text = 'a'
var count = 2
var list = ['a', 'b', 'a']
var object = { p: 'a', q: 'c' }
func greet(name string, isLoud bool) string => isLoud ? 'hey \${name}' : name
`;

/** The parameters without a default, or each with the value that a deployment passes. */
export function parameters(given?: Readonly<Record<string, string>>): string {
  const types = { TEXT: 'string', COUNT: 'int', FLAG: 'bool', LIST: 'array', OBJECT: 'object' };
  return Object.entries(types)
    .map(([name, type]) => `param ${name} ${type}${given === undefined ? '' : ` = ${given[name]}`}\n`)
    .join('');
}

const leaves = {
  text: ["'a'", "'B'", "''", "'a/b/c'", 'TEXT', 'TEXT', 'text', 'object.p', 'OBJECT.?p'],
  number: ['0', '1', '2', 'COUNT', 'count'],
  flag: ['true', 'false', 'FLAG', 'FLAG'],
  list: ['LIST', 'LIST', 'list', "['a', 'b']", '[]', "['a', TEXT]"],
  object: ['OBJECT', 'object', "{ p: 'a' }", '{}', '{ p: TEXT }', '{ q: { r: TEXT } }'],
};

type Kind = keyof typeof leaves;

/** How each kind of value is made of others: `<kind>` is replaced by an expression of that kind. */
const branches: Readonly<Record<Kind, readonly string[]>> = {
  text: [
    "'x${<text>}'",
    "'${<text>}-${<number>}'",
    'concat(<text>, <text>)',
    'toLower(<text>)',
    'toUpper(<text>)',
    'trim(<text>)',
    '(<flag> ? <text> : <text>)',
    '(<text> ?? <text>)',
    'first(<list>)',
    'last(<list>)',
    'first(<text>)',
    'last(<text>)',
    '<list>[?<number>]',
    '<list>[0]',
    '<list>[^1]',
    "join(<list>, ',')",
    "replace(<text>, 'a', <text>)",
    'take(<text>, 2)',
    'skip(<text>, 1)',
    'substring(<text>, 0, 1)',
    "padLeft(<text>, 4, '0')",
    'string(<number>)',
    'string(<list>)',
    'string(<object>)',
    '<object>.?p',
    '<object>.p',
    '<object>[?<text>]',
    "reduce(<list>, '', (all, each) => '${each}${<text>}')",
    "format('{0}/{1}', <text>, <number>)",
    'base64(<text>)',
    'greet(<text>, <flag>)',
    'toObject(<list>, each => each).?a',
    "mapValues(<object>, each => 'm${each}').?p",
    "cidrSubnet('10.${<number>}.0.0/16', 24, 1)",
  ],
  number: [
    'length(<list>)',
    'length(<text>)',
    'length(<object>)',
    "indexOf(<text>, 'a')",
    "lastIndexOf(<text>, 'b')",
    'indexOf(<list>, <text>)',
    '(<number> + <number>)',
    '(<number> * <number>)',
    '(<flag> ? <number> : <number>)',
    'max(<number>, <number>)',
  ],
  flag: [
    '(<text> == <text>)',
    '(<text> =~ <text>)',
    '(<text> < <text>)',
    '(<text> == null)',
    '(<list> == <list>)',
    '(<object> == <object>)',
    '(<number> < <number>)',
    '(<flag> && <flag>)',
    '(<flag> || <flag>)',
    '!(<flag>)',
    'empty(<text>)',
    'empty(<list>)',
    'empty(<object>)',
    'contains(<text>, <text>)',
    'contains(<list>, <text>)',
    'contains(<object>, <text>)',
    'startsWith(<text>, <text>)',
    'endsWith(<text>, <text>)',
  ],
  list: [
    '[<text>, <text>]',
    '[...<list>, <text>]',
    '[<text>, ...<list>]',
    'concat(<list>, <list>)',
    'union(<list>, <list>)',
    'intersection(<list>, <list>)',
    "map(<list>, each => '${each}${<text>}')",
    "map(<list>, (each, index) => '${each}${index}')",
    'filter(<list>, each => <flag> || each == <text>)',
    'sort(<list>, (a, b) => a < b)',
    'skip(<list>, 1)',
    'take(<list>, 1)',
    "split(<text>, '/')",
    'objectKeys(<object>)',
    'map(items(<object>), each => each.key)',
    'flatten([<list>, <list>])',
    '(<flag> ? <list> : <list>)',
    '[for each in <list>: <text>]',
    'array(<text>)',
    'map(range(0, <number>), each => <text>)',
    'map(items(groupBy(<list>, each => each)), each => each.key)',
  ],
  object: [
    '{ p: <text>, q: <text> }',
    '{ ...<object>, p: <text> }',
    '{ p: <text>, ...<object> }',
    'union(<object>, <object>)',
    'shallowMerge([<object>, <object>])',
    'intersection(<object>, <object>)',
    'toObject(<list>, each => each, each => <text>)',
    "mapValues(<object>, each => '${each}')",
    '(<flag> ? <object> : <object>)',
  ],
};

/** Expressions of any kind, the same for the same seed. */
export function randomExpressions(seed: number, amount: number, depth: number): string[] {
  const below = random(seed);
  const pick = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T;
  const make = (kind: Kind, left: number): string =>
    left === 0
      ? pick(leaves[kind])
      : pick(branches[kind]).replaceAll(/<(\w+)>/g, (_, inner: Kind) => make(inner, left - 1));
  return Array.from({ length: amount }, () => make(pick(Object.keys(leaves) as Kind[]), depth));
}

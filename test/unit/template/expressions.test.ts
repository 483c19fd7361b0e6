import { describe, expect, it } from 'vitest';
import { probe } from './arm-evaluation.ts';
import { probeBicep } from './bicep-evaluation.ts';

const bicepDeclarations = `param given string = 'nodes'
param flag bool = true
param unset string
param unsetFlag bool
param maybe string?
param list array = ['a', 'b', 'c']
param settings object = { Name: 'aks', inner: { size: 3, nothing: null } }
var space = '10.1.0.0/16'
var chained = space
func greet(name string) string => 'hello \${name}'
func deep(name string) string => greet(greet(name))
`;

const armElements = {
  parameters: {
    given: { type: 'string', defaultValue: 'nodes' },
    flag: { type: 'bool', defaultValue: true },
    unset: { type: 'string' },
    unsetFlag: { type: 'bool' },
    maybe: { type: 'string', nullable: true },
    list: { type: 'array', defaultValue: ['a', 'b', 'c'] },
    settings: { type: 'object', defaultValue: { Name: 'aks', inner: { size: 3, nothing: null } } },
  },
  variables: { space: '10.1.0.0/16', chained: "[variables('space')]" },
  functions: [
    {
      namespace: 'own',
      members: {
        greet: {
          parameters: [{ name: 'name', type: 'string' }],
          output: { type: 'string', value: "[concat('hello ', parameters('name'))]" },
        },
        deep: {
          parameters: [{ name: 'name', type: 'string' }],
          output: { type: 'string', value: "[own.greet(own.greet(parameters('name')))]" },
        },
      },
    },
  ],
};

const noDefault = (name: string): string => `? parameter-without-default: parameter "${name}" has no default`;

/** What both languages say, each in its own words. */
const agreed: readonly (readonly [what: string, bicep: string, arm: string, expected: unknown])[] = [
  ['a parameter with a default', 'given', "[parameters('given')]", 'nodes'],
  ['a parameter without one', 'unset', "[parameters('unset')]", noDefault('unset')],
  ['a nullable parameter', 'maybe', "[parameters('maybe')]", undefined],
  ['a variable through another', 'chained', "[variables('chained')]", '10.1.0.0/16'],
  ['text around a value', "'${given}-1'", "[concat(parameters('given'), '-1')]", 'nodes-1'],
  ['text around what is not known', "'${unset}-1'", "[concat(parameters('unset'), '-1')]", '{parameters.unset}-1'],
  ['a property', 'settings.Name', "[parameters('settings').Name]", 'aks'],
  ['a property in another case', 'settings.name', "[parameters('settings').name]", 'aks'],
  ['a property by a computed name', "settings['Na${'me'}']", "[parameters('settings')[concat('Na', 'me')]]", 'aks'],
  ['a property of a property', 'settings.inner.size', "[parameters('settings').inner.size]", 3],
  ['an item', 'list[1]', "[parameters('list')[1]]", 'b'],
  ['an item behind the last', 'list[3]', "[parameters('list')[3]]", '? wrong-type: the array has no item 3, only 3'],
  [
    'a property that is not there',
    'settings.other',
    "[parameters('settings').other]",
    '? wrong-type: the object has no property "other"',
  ],
  ['a safe property that is not there', 'settings.?other', "[tryGet(parameters('settings'), 'other')]", undefined],
  ['a safe item behind the last', 'list[?9]', "[tryGet(parameters('list'), 9)]", undefined],
  ['the last item', 'list[^1]', "[tryIndexFromEnd(parameters('list'), 1)]", 'c'],
  ['a choice by a known condition', "flag ? 'a' : unset", "[if(parameters('flag'), 'a', parameters('unset'))]", 'a'],
  [
    'a choice that is not known, of equal values',
    "unsetFlag ? 'a' : 'a'",
    "[if(parameters('unsetFlag'), 'a', 'a')]",
    'a',
  ],
  [
    'a choice that is not known',
    "unsetFlag ? 'a' : 'b'",
    "[if(parameters('unsetFlag'), 'a', 'b')]",
    '? unknown-condition: the condition that chooses it is not known: parameter "unsetFlag" has no default',
  ],
  [
    'a choice between objects',
    'unsetFlag ? { a: 1, b: 2 } : { a: 1, b: 3, c: 4 }',
    "[if(parameters('unsetFlag'), createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3, 'c', 4))]",
    {
      a: 1,
      b: '? unknown-condition: the condition that chooses it is not known: parameter "unsetFlag" has no default',
      '...': true,
    },
  ],
  [
    'a choice between lists',
    "unsetFlag ? ['a'] : ['a', 'b']",
    "[if(parameters('unsetFlag'), createArray('a'), createArray('a', 'b'))]",
    ['...'],
  ],
  ['the first that is not null', "maybe ?? 'other'", "[coalesce(parameters('maybe'), 'other')]", 'other'],
  ['a sum', '1 + 2', '[add(1, 2)]', 3],
  ['a division, which drops the rest', '7 / 2', '[div(7, 2)]', 3],
  ['a comparison', "given == 'nodes'", "[equals(parameters('given'), 'nodes')]", true],
  ['a comparison with what is not known', 'unset == unset', "[equals(parameters('unset'), parameters('unset'))]", true],
  ['an and that one side decides', 'unsetFlag && false', "[and(parameters('unsetFlag'), false())]", false],
  ['an or that one side decides', 'unsetFlag || true', "[or(parameters('unsetFlag'), true())]", true],
  [
    'a list with one item not known',
    '[given, unset]',
    "[createArray(parameters('given'), parameters('unset'))]",
    ['nodes', noDefault('unset')],
  ],
  ['a function of the file', "greet('x')", "[own.greet('x')]", 'hello x'],
  ['a function inside a function', "deep('x')", "[own.deep('x')]", 'hello hello x'],
  [
    'a lambda',
    "map(list, item => '${item}${space}')",
    "[map(parameters('list'), lambda('item', concat(lambdaVariables('item'), variables('space'))))]",
    ['a10.1.0.0/16', 'b10.1.0.0/16', 'c10.1.0.0/16'],
  ],
  [
    'a lambda over what is not known',
    "map(split(unset, ','), item => 1)",
    "[map(split(parameters('unset'), ','), lambda('item', 1))]",
    expect.stringContaining('? parameter-without-default'),
  ],
  ['a prefix cut out of another', 'cidrSubnet(space, 24, 5)', "[cidrSubnet(variables('space'), 24, 5)]", '10.1.5.0/24'],
];

describe('an expression that both languages can write', () => {
  it.each(agreed)('%s', (_, bicep, arm, expected) => {
    const settled = (value: unknown): unknown => (value === 'null' ? undefined : value);
    expect(settled(probeBicep(bicep, bicepDeclarations)), 'Bicep').toEqual(expected);
    expect(settled(probe({ value: arm }, armElements)['value']), 'ARM').toEqual(expected);
  });
});

describe('Bicep', () => {
  it.each([
    ['spreads lists', "['x', ...list, 'y']", ['x', 'a', 'b', 'c', 'y']],
    ['leaves a list open into which it spreads what is not known', "['x', ...split(unset, ',')]", ['x', '...']],
    ['spreads objects, the later one wins', '{ a: 1, ...{ a: 2, b: 3 }, b: 4 }', { a: 2, b: 4 }],
    [
      'forgets what an unknown spread may replace, not what stands behind it',
      '{ a: 1, ...json(unset), b: 2 }',
      { a: '? unsupported: a spread that is not known may replace it', b: 2, '...': true },
    ],
    ['takes a spread null for nothing', '{ a: 1, ...maybe }', { a: 1 }],
    ['loops over a list', "[for item in list: '${item}!']", ['a!', 'b!', 'c!']],
    ['loops with an index', "[for (item, index) in list: '${index}${item}']", ['0a', '1b', '2c']],
    ['loops over what is not known', "[for item in split(unset, ','): item]", ['...']],
    [
      'loops inside a loop',
      "[for a in ['x', 'y']: [for b in range(0, 2): '${a}${b}']]",
      [
        ['x0', 'x1'],
        ['y0', 'y1'],
      ],
    ],
    ['lets a loop variable hide a declaration', '[for space in list: space]', ['a', 'b', 'c']],
    ['compares text without its case', "'AKS' =~ 'aks'", true],
    ['ends a chain of safe accesses with null', 'maybe.?a.b.c', undefined],
    ['reads the name of a namespace', "sys.concat('a', 'b')", 'ab'],
    [
      'keeps the case of names apart',
      'Given',
      '? unresolved-name: "Given" is not declared in the files that were read',
    ],
    ['negates', '-(1 + 2)', -3],
    ['takes ! at the end for granted', 'settings.inner!.size', 3],
  ])('%s', (_, expression, expected) => {
    expect(probeBicep(expression, bicepDeclarations)).toEqual(expected);
  });

  it.each([
    ['counts the rounds of a resource', 'length(tables)', 2],
    ['reads each of them', 'map(tables, table => table.name)', ['rt-a', 'rt-b']],
    ['reads what their bodies set', '[for table in tables: table.properties.size]', [1, 2]],
    ['picks one of them', "first(filter(tables, table => table.name == 'rt-b')).name", 'rt-b'],
    ['knows which of them come first', 'map(take(tables, 1), table => table.name)', ['rt-a']],
    ['loops over them with an index', "[for (table, i) in tables: '${table.name}${i}']", ['rt-a0', 'rt-b1']],
    ['leaves the rounds of an unknown loop open', 'map(others, other => other.name)', ['...']],
    ['does not count them', 'length(others)', expect.stringContaining('? ')],
    ['takes no single resource for a list', 'length(one)', expect.stringContaining('? ')],
  ])('%s', (_, expression, expected) => {
    const declarations = `${bicepDeclarations}
resource one 'Test.Probe/others@2024-01-01' = { name: 'one' }
resource tables 'Test.Probe/others@2024-01-01' = [for (name, i) in ['a', 'b']: {
  name: 'rt-\${name}'
  properties: { size: i + 1 }
}]
resource others 'Test.Probe/others@2024-01-01' = [for name in split(unset, ','): { name: name }]
`;
    expect(probeBicep(expression, declarations)).toEqual(expected);
  });

  it('says of circles that they are such', () => {
    expect(probeBicep('a', 'var a = b\nvar b = c\nvar c = a\n')).toBe('? cycle: variable a refers to itself');
    expect(probeBicep("f('x')", 'func f(x string) string => f(x)\n')).toBe('? cycle: function f calls itself');
    expect(probeBicep('p', 'param p string = p\n')).toBe('? cycle: parameter p refers to itself');
  });

  it('knows no difference between names of objects in JavaScript and others', () => {
    const declarations = `param __proto__ string = 'a'
var constructor = { toString: __proto__, __proto__: 'b' }
func hasOwnProperty(valueOf string) string => valueOf
`;
    expect(probeBicep('[__proto__, constructor.toString, constructor.__proto__]', declarations)).toEqual([
      'a',
      'a',
      'b',
    ]);
    expect(probeBicep("hasOwnProperty('x')", declarations)).toBe('x');
    expect(probeBicep('constructor.valueOf', declarations)).toBe('? wrong-type: the object has no property "valueOf"');
    expect(probeBicep('toString')).toContain('? unresolved-name');
  });
});

describe('ARM', () => {
  const value = (expression: unknown): unknown => probe({ value: expression }, armElements)['value'];

  it.each([
    ['reads names without their case', "[PARAMETERS('GIVEN')]", 'nodes'],
    ['takes text that begins with two brackets as text', "[[parameters('given')]", "[parameters('given')]"],
    ['takes text that only begins with one as text', '[x', '[x'],
    [
      'repeats a property',
      { copy: [{ name: 'items', count: 2, input: "[copyIndex('items', 5)]" }] },
      { items: [5, 6] },
    ],
  ])('%s', (_, expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it('takes no round of a loop for a negative, broken or huge count', () => {
    for (const count of [-5, 2.5, 1e300]) {
      const found = value({ copy: [{ name: 'items', count, input: 'x' }] }) as { items: unknown[] };
      expect(found.items.at(-1), String(count)).toBe('...');
    }
  });

  it('lets the last of several members of one name count, as JSON does', () => {
    const text = '{"a": 1, "a": 2}';
    expect(value(`[json('${text}')]`)).toEqual({ a: 2 });
  });
});

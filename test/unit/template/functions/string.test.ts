import { describe, expect, it } from 'vitest';
import { data, hole, invoke, keylessHole, openArray, plain, run } from './call.ts';

/** `a{x}b`: text around an unknown part. */
function around(before: string, key: string, after: string): unknown {
  return invoke('concat', [before, hole(key), after]).result;
}

describe('string functions', () => {
  it.each([
    ['concat', ['a', 'b', 1], 'ab1'],
    ['toLower', ['AKS-Net'], 'aks-net'],
    ['toUpper', ['AKS-Net'], 'AKS-NET'],
    ['trim', ['  a b \n'], 'a b'],
    ['padLeft', ['7', 3, '0'], '007'],
    ['padLeft', [7, 3], '  7'],
    ['padLeft', ['abcd', 3], 'abcd'],
    ['startsWith', ['Subnet-1', 'subnet'], true],
    ['startsWith', ['vnet', 'subnet'], false],
    ['like', ['snet-AKS-nodes', 'snet-*-Nodes'], true],
    ['like', ['snet-aks', 'snet-*-nodes'], false],
    ['like', ['aba', 'ab*ba'], false],
    ['like', ['abba', 'ab*ba'], true],
    ['like', ['axbxc', 'a*b*c'], true],
    ['like', ['acb', 'a*b*c'], false],
    ['like', ['nodes', 'node'], false],
    ['like', ['nodes', '*'], true],
    ['endsWith', ['vnet-EUS', 'eus'], true],
    ['indexOf', ['abcabc', 'BC'], 1],
    ['indexOf', ['abc', 'x'], -1],
    ['lastIndexOf', ['abcabc', 'bc'], 4],
    ['substring', ['10.0.0.0/16', 0, 8], '10.0.0.0'],
    ['substring', ['10.0.0.0/16', 8], '/16'],
    ['substring', ['abc', 3], ''],
    ['substring', ['abc', 2, 2], '<invalid-argument>'],
    ['substring', ['abc', -1, 1], '<invalid-argument>'],
    ['replace', ['10.x.0.0/x', 'x', '5'], '10.5.0.0/5'],
    ['replace', ['a.b', '.', '$&'], 'a$&b'],
    ['replace', ['abc', '', 'x'], '<invalid-argument>'],
    ['split', ['10.0.0.0/16', '/'], ['10.0.0.0', '16']],
    ['split', ['a,b;c', [',', ';']], ['a', 'b', 'c']],
    ['split', ['a::b', [':', '::']], ['a', '', 'b']],
    ['split', ['abc', ''], ['abc']],
    ['join', [['a', 'b', 1], ', '], 'a, b, 1'],
    ['join', [[], ','], ''],
    ['length', ['abc'], 3],
    ['empty', [''], true],
    ['contains', ['OneTwo', 'one'], false],
    ['contains', ['OneTwo', 'One'], true],
    ['first', ['abc'], 'a'],
    ['last', ['abc'], 'c'],
    ['first', [''], ''],
    ['skip', ['abcdef', 2], 'cdef'],
    ['take', ['abcdef', 2], 'ab'],
    ['take', ['ab', 5], 'ab'],
    ['skip', ['ab', -1], 'ab'],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected);
  });

  it.each([
    'concat',
    'toLower',
    'trim',
    'startsWith',
    'split',
    'join',
    'format',
    'replace',
    'substring',
    'contains',
    'length',
  ])('%s takes wrong and missing arguments without throwing', (name) => {
    for (const args of [[], [null], [5], [{}], [[]], [{}, {}, {}], ['a'], ['a', null], [hole(), hole(), hole()]]) {
      expect(() => run(name, ...args)).not.toThrow();
    }
    expect(run(name, hole(), hole(), hole())).not.toBe('<wrong-type>');
  });
});

describe('strings with unknown parts', () => {
  it('keep their known text', () => {
    expect(run('concat', 'rg-', hole('p'), '-aks')).toBe('rg-{p}-aks');
    expect(run('toLower', around('VNET-', 'p', '-EUS'))).toBe('vnet-{tolower({p})}-eus'.replaceAll('({p})', '(‹p›)'));
    expect(run('trim', around('  a', 'p', 'b  '))).toBe('a{p}b');
    expect(run('trim', around('  ', 'p', 'b'))).toBe('<parameter-without-default>');
    expect(run('join', ['a', hole('p')], '-')).toBe('a-{p}');
  });

  it('have equal identities however they are built', () => {
    const outer = invoke('toLower', [around('A', 'p', '')]).result;
    const inner = invoke('concat', ['a', invoke('toLower', [hole('p')]).result]).result;
    expect(plain(outer)).toBe(plain(inner));
    const replaced = invoke('replace', [around('a-b', 'p', '-'), '-', '']).result;
    expect(plain(replaced)).toBe(
      plain(invoke('concat', ['ab', invoke('replace', [hole('p'), '-', '']).result]).result),
    );
    expect(plain(invoke('toLower', [keylessHole()]).result)).toBe('<partial>');
  });

  it('are replaced only where no match can lie across an edge', () => {
    expect(run('replace', around('a--b', 'p', ''), '--', '-')).toBe('<parameter-without-default>');
  });

  it('prove what their ends show', () => {
    const id = around('/subscriptions/', 's', '/x');
    expect(run('startsWith', id, '/SUB')).toBe(true);
    expect(run('startsWith', id, '/providers')).toBe(false);
    expect(run('startsWith', id, '/subscriptions/abc')).toBe('<parameter-without-default>');
    expect(run('endsWith', id, '/X')).toBe(true);
    expect(run('endsWith', id, '/y')).toBe(false);
    expect(run('contains', id, 'subs')).toBe(true);
    expect(run('contains', id, 'abc')).toBe('<parameter-without-default>');
    expect(run('indexOf', id, 'scrip')).toBe(4);
    expect(run('empty', id)).toBe(false);
    expect(run('empty', hole())).toBe('<parameter-without-default>');
    expect(run('length', id)).toBe('<parameter-without-default>');
    expect(run('first', id)).toBe('/');
    expect(run('last', id)).toBe('x');
    expect(run('take', id, 4)).toBe('/sub');
    expect(run('take', id, 40)).toBe('<parameter-without-default>');
    expect(run('skip', id, 1)).toBe('subscriptions/{s}/x');
    expect(run('substring', id, 1)).toBe('subscriptions/{s}/x');
    expect(run('substring', id, 1, 3)).toBe('sub');
    expect(run('substring', id, 1, 30)).toBe('<parameter-without-default>');
    expect(run('substring', hole('p'), 0, 4)).toBe('<parameter-without-default>');
    expect(run('substring', around('', 'p', '-x'), 0, 4)).toBe('<parameter-without-default>');
  });

  it('prove nothing where nothing else is there', () => {
    const lower = invoke('toLower', [hole('p')]).result;
    for (const [name, ...rest] of [
      ['indexOf', 'a'],
      ['contains', 'a'],
      ['startsWith', 'a'],
      ['endsWith', 'a'],
      ['split', '/'],
      ['trim'],
      ['first'],
      ['last'],
      ['take', 1],
      ['substring', 0, 1],
    ] as const) {
      expect(run(name, lower, ...rest), name).toMatch(/^<parameter-without-default>|^{/);
    }
  });

  it('are split at slashes when they are resource ids, and else not', () => {
    const id = invoke('resourceId', ['Microsoft.Network/virtualNetworks', hole('name')]).result;
    expect(run('split', id, '/')).toEqual([
      '',
      'subscriptions',
      '{subscription().subscriptionId}',
      'resourceGroups',
      '{resourceGroup().name}',
      'providers',
      'Microsoft.Network',
      'virtualNetworks',
      '{name}',
    ]);
    expect(run('last', invoke('split', [id, '/']).result)).toBe('{name}');
    expect(run('split', around('a,', 'p', ''), ',')).toBe('<parameter-without-default>');
    expect(run('split', hole(), '/')).toBe('<parameter-without-default>');
  });

  it('are unknown when list items are missing', () => {
    expect(run('join', openArray('a'), ',')).toBe('<unsupported>');
  });
});

describe('format', () => {
  it.each([
    [['{0}-{1}-{0}', 'a', 'b'], 'a-b-a'],
    [['{{{0}}}', 1], '{1}'],
    [['{0:D3}', 7], '007'],
    [['{0:D3}', -7], '-007'],
    [['{0:000}', 42], '042'],
    [['{0:x4}', 255], '00ff'],
    [['{0:X}', 255], 'FF'],
    [['{0:N0}', 1234567], '1,234,567'],
    [['{0:F1}', 3], '3.0'],
    [['{0,5}|{1,-5}|', 'ab', 'cd'], '   ab|cd   |'],
    [['{0, 3:D2}', 5], ' 05'],
    [['{0:whatever}', 'text'], 'text'],
    [['{0}', true], 'True'],
    [['{0}', null], ''],
    [['{0}', ['a', 1]], '["a",1]'],
    [['no holes'], 'no holes'],
    [['{0}'], '<invalid-argument>'],
    [['{a}', 'x'], '<invalid-argument>'],
    [['{0', 'x'], '<invalid-argument>'],
    [['}', 'x'], '<invalid-argument>'],
    [['{-1}', 'x'], '<invalid-argument>'],
    [['{0:#,##0}', 5], '<unsupported>'],
    [['{0,999999999}', 5], '<invalid-argument>'],
  ])('of %j', (args, expected) => {
    expect(run('format', ...args)).toBe(expected);
  });

  it('keeps unknown values as parts', () => {
    expect(run('format', '{0}/{1}', hole('p'), 24)).toBe('{p}/24');
    expect(run('format', hole(), 1)).toBe('<parameter-without-default>');
    const padded = invoke('format', ['n{0:D2}', hole('p')]).result;
    expect(plain(padded)).not.toBe(plain(invoke('format', ['n{0}', hole('p')]).result));
    expect(plain(padded)).toBe(plain(invoke('format', ['n{0:D2}', hole('p')]).result));
  });
});

describe('limits', () => {
  it('leaves too long texts unknown', () => {
    const long = 'x'.repeat(600_000);
    expect(run('concat', long, long)).toBe('<too-large>');
    expect(run('padLeft', 'a', 2_000_000)).toBe('<too-large>');
    expect(run('replace', long, 'x', 'xx')).toBe('<too-large>');
    expect(run('join', [long, long], '')).toBe('<too-large>');
    expect(run('format', '{0}{0}', long)).toBe('<too-large>');
    expect(run('format', '{0,900000}{0,900000}', 1)).toBe('<too-large>');
    expect(run('split', ','.repeat(200_000), ',')).toBe('<too-large>');
  });

  it('gives text of its own for what is computed', () => {
    const { result } = invoke('toLower', [data('abc')]);
    expect(result.origin).toEqual({ at: { uri: 'file:///call', span: { start: 0, end: 1 } } });
  });
});

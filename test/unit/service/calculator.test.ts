import { describe, expect, test } from 'vitest';
import { type CalculatorAnswer, calculate, calculatorExamples } from '../../../src/service/calculator.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

const network = `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.240.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.240.0.0/24' } }
    ]
  }
}
`;
const { model } = analyseText('main.bicep', network, defaultSettings);

function factOf(answer: CalculatorAnswer, name: string): string | undefined {
  return answer.facts.find((fact) => fact.name === name)?.value;
}

describe('a prefix', () => {
  test('is described', () => {
    const answer = calculate('10.240.0.5/22');
    expect(answer.title).toBe('10.240.0.0/22');
    expect(factOf(answer, 'Netmask')).toBe('255.255.252.0, wildcard 0.0.3.255');
    expect(factOf(answer, 'Range')).toBe('10.240.0.0 – 10.240.3.255');
    expect(factOf(answer, 'Usable in an Azure subnet')).toBe('1,019: 10.240.0.4 – 10.240.3.254');
    expect(factOf(answer, 'Host address')).toContain('10.240.0.5');
    expect(answer.results[0]).toEqual({ prefix: '10.240.0.0/22', title: 'The prefix' });
  });

  test('splits by length and by count', () => {
    expect(factOf(calculate('10.240.0.0/16 /24'), 'Splits into')).toBe('256 × /24, the first 16 are listed');
    expect(factOf(calculate('10.240.0.0/24 into 3'), 'Splits into')).toBe('4 × /26');
    expect(calculate('10.240.0.0/24 /20').problem).toContain('larger');
  });

  test('is compared with the networks of the file', () => {
    const answer = calculate('10.240.0.0/25', model);
    expect(factOf(answer, 'Belongs to')).toBe('the virtual network hub');
    expect(factOf(answer, 'Overlaps')).toBe('the subnet nodes (10.240.0.0/24) of hub');
    expect(answer.results).toContainEqual({ prefix: '10.240.1.0/25', title: 'Free in hub' });
  });
});

describe('a plan', () => {
  test('has the numbers that AKS checks', () => {
    const answer = calculate('2 x 250');
    expect(answer.title).toBe('2 nodes × 250 pods, Azure CNI with pods in the node subnet');
    expect(factOf(answer, 'Node subnet, at least')).toBe('/23 for 2 × (250 − 1) = 498 addresses, 9 to spare');
  });

  test('proposes free ranges of the network, clear of each other', () => {
    const { results } = calculate('3 x 30 + 10 x 110 pod-subnet', model);
    expect(results[0]).toEqual({ prefix: '10.240.1.0/27', title: 'Node subnet: free in hub' });
    expect(results[1]).toEqual({ prefix: '10.240.8.0/21', title: 'Pod subnet, with room for upgrades: free in hub' });
  });

  test.each([
    '10 x 110 overlay surge 33%',
    '10x110 overlay 33%',
    '10 × 110 × overlay × 33%',
    '10 nodes 110 pods azure cni overlay surge 33%',
    'nodes=10 maxPods=110 plugin=overlay maxSurge=33%',
    'overlay: 10 * 110, surge: 33%',
  ])('reads %s', (input) => {
    expect(calculate(input)).toEqual(calculate('10 x 110 overlay surge 33%'));
    expect(factOf(calculate(input), 'Nodes')).toBe('10, and 4 more during an upgrade');
  });
});

describe('the input', () => {
  test.each([
    ['', 'Type a prefix'],
    ['foo', 'not understood'],
    ['10.0.0', 'is not an IPv4 or IPv6 address'],
    ['10.0.0.0/33', 'from 0 to 32'],
    ['/33', 'from /0 to /32'],
    ['10.0.0.0/8 foo', 'not understood after a prefix'],
    ['5 x 300', '10 to 250'],
    ['30 pods', 'How many nodes'],
    ['5 pod-subnet', 'How many pods'],
    ['5 x 30 !', 'not understood'],
    ['1 2 3 4', 'not clear'],
    ['99999999999999999999 x 30', 'too large'],
  ])('%j gives a sentence that says what is wrong', (input, part) => {
    expect(calculate(input).problem).toContain(part);
  });

  test('never throws while it is typed', () => {
    for (const { input } of [...calculatorExamples, { input: 'fd00:db8::/56 /64' }]) {
      for (let end = 0; end <= input.length; end++) expect(() => calculate(input.slice(0, end), model)).not.toThrow();
    }
  });

  test.each(calculatorExamples.map(({ input }) => input))('has a working example: %s', (input) => {
    expect(calculate(input).problem).toBeUndefined();
    expect(calculate(input).facts.length).toBeGreaterThan(2);
  });
});

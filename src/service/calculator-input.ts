import { type Cidr, type CidrProblem, parseCidr } from '../net/cidr.ts';
import type { PlannedPool, PlanRequest } from '../net/calculator.ts';
import { defaultMaxPods, type NetworkMode } from '../net/sizing.ts';

/** What a person asks the calculator. */
export type CalculatorQuestion =
  /** About one prefix, and how it splits where `split` is given. */
  | { readonly kind: 'prefix'; readonly cidr: Cidr; readonly split: Split | undefined }
  /** About all blocks of one length. */
  | { readonly kind: 'length'; readonly length: number }
  /** About the ranges that a cluster needs. */
  | { readonly kind: 'plan'; readonly request: PlanRequest }
  /** Cannot be read; `text` is one or two sentences that say why. */
  | { readonly kind: 'problem'; readonly text: string };

export type Split = { readonly by: 'length'; readonly length: number } | { readonly by: 'count'; readonly count: number };

/** Questions to show as examples. */
export const calculatorExamples: readonly { readonly input: string; readonly text: string }[] = [
  { input: '10.240.0.0/16', text: 'Mask, range and usable addresses of a prefix' },
  { input: '10.240.0.0/16 /24', text: 'Split into blocks of /24, or with "into 5" into at least five' },
  { input: '/26', text: 'What a prefix length has room for' },
  { input: '10 x 30', text: 'Nodes × max pods: the smallest subnet for Azure CNI' },
  { input: '10 x 110 overlay surge 33%', text: 'With a network plugin and the surge of upgrades' },
  { input: '3 x 30 + 10 x 110 pod-subnet', text: 'Several node pools' },
];

/** Reads the text that was typed into the calculator. */
export function parseQuestion(input: string): CalculatorQuestion {
  const words = input.trim().split(/[\s,]+/).filter((word) => word !== '');
  const [first, ...rest] = words;
  if (first === undefined) return problem('Type a prefix such as 10.240.0.0/16, or nodes × max pods such as 10 x 30.');
  if (/^\/\d*$/.test(first)) return lengthQuestion(first, rest);
  if (/^[\da-f:]*[.:][\da-f.:]*(?:\/\d*)?$/i.test(first)) return prefixQuestion(first, rest);
  return planQuestion(input);
}

function lengthQuestion(word: string, rest: readonly string[]): CalculatorQuestion {
  const length = word === '/' ? Number.NaN : Number(word.slice(1));
  if (rest.length > 0) return problem(`"${rest.join(' ')}" is not understood after a prefix length.`);
  return length <= 32 ? { kind: 'length', length } : problem('A prefix length of IPv4 is a number from /0 to /32.');
}

function prefixQuestion(word: string, rest: readonly string[]): CalculatorQuestion {
  const bits = word.includes(':') ? 128 : 32;
  const result = parseCidr(word.includes('/') ? word : `${word}/${bits}`);
  if (!result.ok) return problem(prefixProblem(word, bits, result.problem));
  if (rest.length === 0) return { kind: 'prefix', cidr: result.cidr, split: undefined };
  const split = parseSplit(rest.join(' '));
  return split === undefined
    ? problem(`"${rest.join(' ')}" is not understood after a prefix. Type a prefix length such as /24, or "into 4".`)
    : { kind: 'prefix', cidr: result.cidr, split };
}

function prefixProblem(word: string, bits: number, found: CidrProblem): string {
  return found === 'not-an-address'
    ? `"${word.split('/')[0] ?? ''}" is not an IPv4 or IPv6 address.`
    : `The prefix length of "${word}" has to be a number from 0 to ${bits}.`;
}

function parseSplit(text: string): Split | undefined {
  const length = /^(?:(?:split|into|by|in)\s+)*\/(\d{1,3})$/i.exec(text);
  if (length !== null) return { by: 'length', length: Number(length[1]) };
  const count = /^(?:(?:split|into|by|in)\s+)+(\d{1,6})$/i.exec(text);
  return count === null ? undefined : { by: 'count', count: Number(count[1]) };
}

/** Words that choose the mode; `cilium` runs on top of overlay unless another one is named. */
const modeWords: Readonly<Record<string, NetworkMode>> = {
  azure: 'node-subnet',
  cni: 'node-subnet',
  'node-subnet': 'node-subnet',
  nodesubnet: 'node-subnet',
  overlay: 'overlay',
  'pod-subnet': 'pod-subnet',
  podsubnet: 'pod-subnet',
  dynamic: 'pod-subnet',
  static: 'pod-subnet',
  kubenet: 'kubenet',
  none: 'byo-cni',
};

const term = /^(?:(\d{1,5})|(\d{1,4}%)|([a-z][a-z-]*)|[=:]|[x×*])/;

function planQuestion(input: string): CalculatorQuestion {
  const modes: NetworkMode[] = [];
  let isStatic = false;
  let hasCilium = false;
  let osType: PlannedPool['osType'];
  let maxSurge: string | undefined;
  const pools: { nodes?: number; maxPods?: number }[] = [];
  for (const part of input.toLowerCase().split(/[+;]/)) {
    const pool: { nodes?: number; maxPods?: number } = {};
    let expects: 'nodes' | 'maxPods' | 'surge' | undefined;
    let rest = part.trim();
    while (rest !== '') {
      const match = term.exec(rest);
      if (match === null) return problem(`"${rest}" is not understood. Type nodes × max pods, such as 10 x 30.`);
      rest = rest.slice(match[0].length).replace(/^[\s,]+/, '');
      const [, number, percent, word] = match;
      if (percent !== undefined || (number !== undefined && expects === 'surge')) {
        maxSurge = percent ?? number;
        expects = undefined;
      } else if (number !== undefined) {
        const unit = /^(?:max-?)?(node|pod)s?\b(?!-)/.exec(rest);
        if (unit !== null) rest = rest.slice(unit[0].length).trim();
        const named = unit === null ? expects : unit[1] === 'node' ? 'nodes' : 'maxPods';
        const target = named ?? (pool.nodes === undefined ? 'nodes' : pool.maxPods === undefined ? 'maxPods' : undefined);
        if (target === undefined || target === 'surge') return problem(`What ${number} stands for is not clear. Write "surge ${number}" for an upgrade.`);
        pool[target] = Number(number);
        expects = undefined;
      } else if (word !== undefined && word !== 'x') {
        const mode = modeWords[word];
        if (mode !== undefined) modes.push(mode);
        else if (word === 'cilium') hasCilium = true;
        else if (word === 'windows') osType = 'Windows';
        else if (/^nodes?$|^count$/.test(word)) expects = 'nodes';
        else if (/^(max-?)?pods?$/.test(word)) expects = 'maxPods';
        else if (/^(max-?)?surge$/.test(word)) expects = 'surge';
        else if (!/^(linux|plugin|with|and|max|mode)$/.test(word)) return problem(`"${word}" is not understood. Network plugins are azure, overlay, pod-subnet, kubenet and none.`);
        if (word === 'static') isStatic = true;
      }
    }
    if (pool.nodes !== undefined || pool.maxPods !== undefined) pools.push(pool);
  }
  // "azure cni overlay" is overlay: the words for node subnets only say so while no other follows.
  const mode = modes.find((candidate) => candidate !== 'node-subnet') ?? modes[0] ?? (hasCilium ? 'overlay' : 'node-subnet');
  const planned: PlannedPool[] = [];
  for (const pool of pools) {
    const maxPods = pool.maxPods ?? defaultMaxPods(mode) ?? (mode === 'byo-cni' ? 110 : undefined);
    if (pool.nodes === undefined) return problem('How many nodes? Type nodes × max pods, such as 10 x 30.');
    if (maxPods === undefined) return problem('How many pods for each node? Type nodes × max pods, such as 10 x 110.');
    if (maxPods < 1 || maxPods > 250) return problem(`AKS allows 10 to 250 pods for each node, not ${maxPods}.`);
    planned.push({
      nodes: pool.nodes,
      maxPods,
      ...(maxSurge === undefined ? {} : { maxSurge }),
      ...(osType === undefined ? {} : { osType }),
    });
  }
  if (planned.length === 0) return problem('How many nodes? Type nodes × max pods, such as 10 x 30.');
  return { kind: 'plan', request: { mode, pools: planned, ...(isStatic ? { podAllocation: 'static' } : {}) } };
}

function problem(text: string): CalculatorQuestion {
  return { kind: 'problem', text };
}

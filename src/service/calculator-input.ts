import { limits } from '../net/aks.ts';
import type { PlannedPool, PlanRequest } from '../net/calculator.ts';
import { type Cidr, type CidrProblem, parseCidr } from '../net/cidr.ts';
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

export type Split =
  | { readonly by: 'length'; readonly length: number }
  | { readonly by: 'count'; readonly count: number };

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
  const words = input
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
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

/** What the words of a plan have said so far. */
interface Draft {
  readonly modes: NetworkMode[];
  readonly pools: DraftPool[];
  maxSurge?: string;
  osType?: 'Linux' | 'Windows';
  isStatic?: boolean;
  hasCilium?: boolean;
}

interface DraftPool {
  nodes?: number;
  maxPods?: number;
}

/** Words that choose where pods get their addresses. */
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

const fillWords: ReadonlySet<string> = new Set(['x', 'linux', 'plugin', 'mode', 'with', 'and', 'max']);
const nodesWord = /^(?:nodes?|count)$/;
const podsWord = /^(?:max-?)?pods?$/;
const surgeWord = /^(?:max-?)?surge$/;

const howToAsk = 'Type nodes × max pods, such as 10 x 30.';

/** Reads `nodes × maxPods` for each pool, joined by plus signs, with words for the plugin and the surge anywhere. */
function planQuestion(input: string): CalculatorQuestion {
  const draft: Draft = { modes: [], pools: [] };
  for (const part of input.toLowerCase().split(/[+;]/)) {
    const wrong = readPool(part, draft);
    if (wrong !== undefined) return problem(wrong);
  }
  return finishPlan(draft);
}

/** Adds what one part says to the draft; returns what is wrong with it. */
function readPool(part: string, draft: Draft): string | undefined {
  // "30%" is one word, "10x30" is three.
  const words = part.match(/\d+%?|[a-z][a-z-]*|[^\s\da-z]/g) ?? [];
  const pool: DraftPool = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const before = i === 0 ? '' : previousName(words, i);
    const wrong = /^\d/.test(word) ? readNumber(word, before, words[i + 1] ?? '', pool, draft) : readWord(word, draft);
    if (wrong !== undefined) return wrong;
  }
  if (pool.nodes !== undefined || pool.maxPods !== undefined) draft.pools.push(pool);
  return undefined;
}

/** The word that a number belongs to when it is written as `name 5`, `name=5` or `name: 5`. */
function previousName(words: readonly string[], at: number): string {
  const before = words[at - 1] ?? '';
  const name = before === '=' || before === ':' ? (words[at - 2] ?? '') : before;
  // In "5 nodes 30 pods" the word before 30 belongs to the 5.
  const isTaken = name === before && /^\d+$/.test(words[at - 2] ?? '') && !surgeWord.test(name);
  return isTaken ? '' : name;
}

function readNumber(word: string, before: string, after: string, pool: DraftPool, draft: Draft): string | undefined {
  if (word.endsWith('%') || surgeWord.test(before)) {
    draft.maxSurge = word;
    return undefined;
  }
  const value = Number(word);
  if (value > 99_999) return `${word} is too large.`;
  if (nodesWord.test(before) || nodesWord.test(after)) pool.nodes = value;
  else if (podsWord.test(before) || podsWord.test(after)) pool.maxPods = value;
  else if (pool.nodes === undefined) pool.nodes = value;
  else if (pool.maxPods === undefined) pool.maxPods = value;
  else if (draft.maxSurge === undefined) draft.maxSurge = word;
  else return `What ${word} stands for is not clear. ${howToAsk}`;
  return undefined;
}

function readWord(word: string, draft: Draft): string | undefined {
  const mode = modeWords[word];
  if (mode !== undefined) draft.modes.push(mode);
  if (word === 'static') draft.isStatic = true;
  else if (word === 'cilium') draft.hasCilium = true;
  else if (word === 'windows') draft.osType = 'Windows';
  else if (mode === undefined && !isKnownWord(word)) {
    return /^[a-z]/.test(word)
      ? `"${word}" is not understood. Network plugins are azure, overlay, pod-subnet, kubenet and none.`
      : `"${word}" is not understood. ${howToAsk}`;
  }
  return undefined;
}

function isKnownWord(word: string): boolean {
  return (
    fillWords.has(word) || /^[x×*=:,]$/.test(word) || [nodesWord, podsWord, surgeWord].some((name) => name.test(word))
  );
}

function finishPlan({ modes, pools, maxSurge, osType, isStatic, hasCilium }: Draft): CalculatorQuestion {
  // "azure cni overlay" means overlay, and Cilium runs on overlay unless another mode is named.
  const named = modes.find((mode) => mode !== 'node-subnet') ?? modes[0];
  const mode = named ?? (hasCilium === true ? 'overlay' : 'node-subnet');
  const planned: PlannedPool[] = [];
  for (const { nodes, maxPods = defaultMaxPods(mode) } of pools) {
    if (nodes === undefined) return problem(`How many nodes? ${howToAsk}`);
    if (maxPods === undefined) return problem(`How many pods on each node? ${howToAsk}`);
    if (maxPods < limits.smallestMaxPods || maxPods > limits.largestMaxPods) {
      return problem(
        `AKS allows ${limits.smallestMaxPods} to ${limits.largestMaxPods} pods on each node, not ${maxPods}.`,
      );
    }
    planned.push({ nodes, maxPods, ...(maxSurge && { maxSurge }), ...(osType && { osType }) });
  }
  if (planned.length === 0) return problem(`How many nodes? ${howToAsk}`);
  return { kind: 'plan', request: { mode, pools: planned, ...(isStatic && { podAllocation: 'static' }) } };
}

function problem(text: string): CalculatorQuestion {
  return { kind: 'problem', text };
}

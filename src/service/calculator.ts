import type { Model } from '../model/model.ts';
import { limits } from '../net/aks.ts';
import {
  type CidrSplit,
  describeCidr,
  type NetworkPlan,
  type PlanRequest,
  planNetwork,
  type RangeConflict,
  type RangeNeed,
  splitByCount,
  splitByLength,
} from '../net/calculator.ts';
import { type Cidr, cidr, containsCidr, formatCidr, makeCidr, overlaps } from '../net/cidr.ts';
import type { NetworkMode } from '../net/sizing.ts';
import { type CalculatorQuestion, parseQuestion, type Split } from './calculator-input.ts';
import { type KnownNetwork, knownNetworks, type Proposal, proposePodRange, proposeSubnet } from './free-ranges.ts';

/** What the calculator answers, ready to show. */
export interface CalculatorAnswer {
  /** What keeps the input from being answered, in a sentence or two; undefined where there is an answer. */
  readonly problem: string | undefined;
  /** What the input was read as. */
  readonly title: string;
  readonly facts: readonly CalculatorFact[];
  /** Prefixes to choose from, best first. */
  readonly results: readonly CalculatorResult[];
}

/** One line of an answer. */
export interface CalculatorFact {
  readonly name: string;
  readonly value: string;
}

/** A prefix that can be written into a file. */
export interface CalculatorResult {
  readonly prefix: string;
  /** What it is, such as `Free in hub-vnet`. */
  readonly title: string;
}

export { calculatorExamples } from './calculator-input.ts';

/** Blocks of a split that are listed one by one. */
const listedBlocks = 16;

/**
 * Answers a prefix, a prefix length, or nodes × max pods × plugin × surge as {@link parseQuestion} reads them. With a
 * model, ranges are proposed in its virtual networks and compared with its subnets.
 */
export function calculate(input: string, model?: Model): CalculatorAnswer {
  const question = parseQuestion(input);
  const networks = model === undefined ? [] : knownNetworks(model);
  switch (question.kind) {
    case 'problem':
      return { problem: question.text, title: '', facts: [], results: [] };
    case 'prefix':
      return prefixAnswer(question, networks);
    case 'length':
      return lengthAnswer(question.length, networks);
    case 'plan':
      return planAnswer(question.request, networks);
  }
}

function prefixAnswer(
  question: CalculatorQuestion & { kind: 'prefix' },
  networks: readonly KnownNetwork[],
): CalculatorAnswer {
  const prefix = question.cidr;
  const about = describeCidr(prefix);
  const split = question.split === undefined ? undefined : splitOf(prefix, question.split);
  const facts = [
    fact('Netmask', `${about.netmask}, wildcard ${about.wildcard}`),
    fact('Range', `${about.first} – ${about.last}`),
    fact('Addresses', about.family === 6 && about.hostBits > 32 ? `2^${about.hostBits}` : count(about.addressCount)),
    fact('Usable in an Azure subnet', usableText(about)),
    fact('Address space', kindNames[about.kind]),
    ...(about.hostAddress === undefined
      ? []
      : [fact('Host address', `${about.hostAddress}; as a prefix write ${about.cidr}`)]),
    ...about.conflicts.map((conflict) => fact('Overlaps', conflictText(conflict))),
    ...relations(prefix, networks),
    ...(split === undefined ? [] : [splitFact(split)]),
    ...(about.halves.length === 0 ? [] : [fact('Halves', about.halves.join(', '))]),
    ...(about.parent === undefined ? [] : [fact('Half of', about.parent)]),
  ];
  const isTaken = networks.some((network) => network.subnets.some((subnet) => overlaps(subnet.cidr, prefix)));
  const results = [
    { prefix: about.cidr, title: isTaken ? 'The prefix, though a subnet uses it' : 'The prefix' },
    ...(split?.blocks ?? [])
      .slice(0, listedBlocks)
      .map((block) => ({ prefix: block, title: blockTitle(block, networks) })),
    ...(isTaken ? asResults(proposeSubnet(prefix.length, networks)) : []),
    ...(split === undefined ? about.halves.map((half) => ({ prefix: half, title: 'One half of it' })) : []),
  ];
  const problem =
    question.split !== undefined && split === undefined
      ? `${about.cidr} cannot be split like that: the blocks would be larger than it.`
      : undefined;
  return { problem, title: about.cidr, facts, results: distinct(results) };
}

function lengthAnswer(length: number, networks: readonly KnownNetwork[]): CalculatorAnswer {
  const about = describeCidr(makeCidr({ family: 4, value: 0n }, length));
  const facts = [
    fact('Netmask', `${about.netmask}, wildcard ${about.wildcard}`),
    fact('Addresses', count(about.addressCount)),
    fact('Usable in an Azure subnet', length > 29 ? 'none: /29 is the smallest subnet' : count(about.usableInAzure)),
    fact('Nodes with overlay', count(about.usableInAzure)),
    fact('Nodes with Azure CNI and 30 pods each', count(Math.floor(about.usableInAzure / 31))),
  ];
  return {
    problem: undefined,
    title: `/${length}`,
    facts,
    results: asResults(proposeSubnet(length, networks)),
  };
}

function planAnswer(request: PlanRequest, networks: readonly KnownNetwork[]): CalculatorAnswer {
  const plan = planNetwork(request);
  const facts = [
    fact(
      'Nodes',
      plan.surge === 0 ? count(plan.nodes) : `${count(plan.nodes)}, and ${count(plan.surge)} more during an upgrade`,
    ),
    ...plan.ranges.flatMap(needFacts),
    ...(plan.nodes > limits.nodesPerCluster
      ? [fact('Limit', `a cluster has at most ${count(limits.nodesPerCluster)} nodes`)]
      : []),
  ];
  return { problem: undefined, title: planTitle(request), facts, results: distinct(planResults(plan, networks)) };
}

function planTitle({ pools, mode, podAllocation }: PlanRequest): string {
  const sum = pools.map((pool) => `${count(pool.nodes)} nodes × ${pool.maxPods} pods`).join(' + ');
  return `${sum}, ${modeNames[mode]}${podAllocation === 'static' ? ' with static blocks' : ''}`;
}

function needFacts({ range, required, recommended }: RangeNeed): CalculatorFact[] {
  const name = rangeNames[range];
  const say = (need: typeof required): string =>
    `${lengthText(need.prefixLength)} for ${need.formula} = ${count(need.addresses)} addresses${need.spare === undefined ? '' : `, ${count(need.spare)} to spare`}`;
  if (required.addresses === recommended.addresses) return [fact(name, say(required))];
  return [fact(`${name}, at least`, say(required)), fact(`${name}, with room for upgrades`, say(recommended))];
}

/** Proposals for every range, each kept clear of the ones before it. */
function planResults(plan: NetworkPlan, networks: readonly KnownNetwork[]): CalculatorResult[] {
  const results: CalculatorResult[] = [];
  const given: Cidr[] = [];
  for (const { range, required, recommended } of plan.ranges) {
    const lengths = new Set([recommended.prefixLength, required.prefixLength].filter((length) => length !== undefined));
    for (const length of lengths) {
      const propose = range === 'pod-cidr' ? proposePodRange : proposeSubnet;
      const proposals = propose(length, networks, given);
      const [best] = proposals;
      if (best !== undefined && length === recommended.prefixLength) given.push(best.cidr);
      const size =
        lengths.size === 1 ? '' : length === recommended.prefixLength ? ', with room for upgrades' : ', the least';
      for (const { cidr: block, title } of proposals) {
        results.push({ prefix: formatCidr(block), title: `${rangeNames[range]}${size}: ${title}` });
      }
    }
  }
  return results;
}

function splitOf(prefix: Cidr, split: Split): CidrSplit | undefined {
  return split.by === 'length'
    ? splitByLength(prefix, split.length, listedBlocks)
    : splitByCount(prefix, split.count, listedBlocks);
}

function splitFact(split: CidrSplit): CalculatorFact {
  const more = split.count > split.blocks.length ? `, the first ${split.blocks.length} are listed` : '';
  return fact('Splits into', `${count(split.count)} × /${split.length}${more}`);
}

function blockTitle(block: string, networks: readonly KnownNetwork[]): string {
  const prefix = cidr(block);
  const user = networks.flatMap((network) => network.subnets).find((subnet) => overlaps(subnet.cidr, prefix));
  return user === undefined ? 'Block' : `Block, overlaps the subnet ${user.name}`;
}

/** What the networks of the file have to do with a prefix. */
function relations(prefix: Cidr, networks: readonly KnownNetwork[]): CalculatorFact[] {
  return networks.flatMap((network) => [
    ...(network.prefixes.some((around) => containsCidr(around, prefix))
      ? [fact('Belongs to', `the virtual network ${network.name}`)]
      : []),
    ...network.subnets
      .filter((subnet) => overlaps(subnet.cidr, prefix))
      .map((subnet) => fact('Overlaps', `the subnet ${subnet.name} (${formatCidr(subnet.cidr)}) of ${network.name}`)),
  ]);
}

function usableText(about: ReturnType<typeof describeCidr>): string {
  if (about.family === 6)
    return about.length === 64 ? 'a subnet of IPv6 is exactly a /64' : 'none: a subnet of IPv6 is exactly a /64';
  if (about.length > 29 || about.firstUsableInAzure === undefined) return 'none: /29 is the smallest subnet';
  return `${count(about.usableInAzure)}: ${about.firstUsableInAzure} – ${about.lastUsableInAzure ?? ''}`;
}

function conflictText({ cidr: range, with: owner, name }: RangeConflict): string {
  const what = {
    ...conflictNames,
    'azure-forbidden': `${name ?? 'special'} addresses, which Azure does not allow in a network`,
  }[owner];
  return `${range}: ${what}`;
}

function asResults(proposals: readonly Proposal[]): CalculatorResult[] {
  return proposals.map(({ cidr: block, title }) => ({
    prefix: formatCidr(block),
    title: `${title.charAt(0).toUpperCase()}${title.slice(1)}`,
  }));
}

function distinct(results: readonly CalculatorResult[]): CalculatorResult[] {
  return results.filter(
    (result, index) =>
      results.findIndex((other) => other.prefix === result.prefix && other.title === result.title) === index,
  );
}

function lengthText(length: number | undefined): string {
  return length === undefined ? 'no range is large enough' : `/${length}`;
}

function fact(name: string, value: string): CalculatorFact {
  return { name, value };
}

/** A number with commas between thousands, the same on every system. */
function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

const modeNames: Readonly<Record<NetworkMode, string>> = {
  'node-subnet': 'Azure CNI with pods in the node subnet',
  'pod-subnet': 'Azure CNI with a pod subnet',
  overlay: 'Azure CNI Overlay',
  kubenet: 'kubenet',
  'byo-cni': 'a network plugin of your own',
  'overlay-or-kubenet': 'overlay or kubenet',
};

const rangeNames: Readonly<Record<RangeNeed['range'], string>> = {
  'node-subnet': 'Node subnet',
  'pod-subnet': 'Pod subnet',
  'pod-cidr': 'Pod CIDR',
};

const kindNames: Readonly<Record<ReturnType<typeof describeCidr>['kind'], string>> = {
  private: 'private',
  shared: 'shared (carrier-grade NAT)',
  loopback: 'loopback',
  'link-local': 'link-local',
  multicast: 'multicast',
  documentation: 'for documentation only',
  reserved: 'reserved',
  public: 'public',
  mixed: 'mixed: parts of it are for different uses',
};

const conflictNames: Readonly<Record<Exclude<RangeConflict['with'], 'azure-forbidden'>, string>> = {
  'service-cidr': 'the default service CIDR of AKS',
  'pod-cidr': 'the default pod CIDR of AKS',
  'managed-network': 'the network that AKS makes by itself',
  'aks-reserved': 'reserved by AKS',
};

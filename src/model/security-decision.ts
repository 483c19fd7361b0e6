import { readPrefix } from '../net/prefix.ts';
import type { Verdict } from './egress.ts';
import type { Model } from './model.ts';
import type { NetworkSecurityGroup, SecurityRule } from './network.ts';
import { type FlowEnd, holdsEnd } from './security-ends.ts';
import { type Collection, knownValue, type Value } from './value.ts';

/** Traffic to one port in one direction, as a security group sees it. The source port is any free one. */
export interface Flow {
  readonly direction: 'inbound' | 'outbound';
  readonly protocol: 'tcp' | 'udp';
  readonly port: number;
  readonly source: FlowEnd;
  readonly destination: FlowEnd;
}

/** What a security group does with a flow. `rule` decides; undefined where it is a default rule of Azure. */
export type SecurityDecision =
  | { readonly access: 'allow' | 'deny'; readonly rule: SecurityRule | undefined }
  | { readonly access: 'unknown' };

type Access = 'allow' | 'deny';

/** A rule of a group, or a default rule, with what it does and whether it is for the flow. */
interface Candidate {
  readonly rule: SecurityRule | undefined;
  /** Undefined while it is not known. */
  readonly priority: number | undefined;
  readonly access: Access | undefined;
  readonly matches: Verdict;
}

/**
 * What the rules of a group and the default rules of Azure decide for a flow: the first rule in the order of priority
 * that is for it. Unknown where a rule that may come first could decide otherwise, or where the files may not hold
 * every rule.
 */
export function decideFlow(model: Model, group: NetworkSecurityGroup, flow: Flow): SecurityDecision {
  const { securityRules, isExisting } = group;
  if (isExisting || !securityRules.isComplete || model.unreadParts.length > 0) return { access: 'unknown' };
  const candidates = [...securityRules.items.map((rule) => candidateOf(rule, group, flow)), ...defaultCandidates(flow)]
    .filter(({ matches }) => matches !== 'no')
    // Rules without a known priority may come before any other.
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  const before: (Access | undefined)[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const { access, matches, priority, rule } = candidate;
    const isCertain = matches === 'yes' && access !== undefined && priority !== undefined;
    if (!isCertain) {
      before.push(access);
      continue;
    }
    // Azure takes each priority once; of rules with equal ones, none is known to come first.
    const equals = candidates.slice(index + 1).filter((other) => other.priority === priority);
    const rivals = [...before, ...equals.map((other) => other.access)];
    return rivals.every((other) => other === access) ? { access, rule } : { access: 'unknown' };
  }
  return { access: 'unknown' };
}

function candidateOf(rule: SecurityRule, group: NetworkSecurityGroup, flow: Flow): Candidate {
  const access = knownValue(rule.access)?.toLowerCase();
  return {
    rule,
    priority: knownValue(rule.priority),
    access: access === 'allow' || access === 'deny' ? access : undefined,
    matches: all([
      isDeployedWith(rule, group),
      sameWord(rule.direction, flow.direction),
      protocolMatches(rule, flow),
      some(rule.destinationPortRanges, (text) => holdsPort(text, flow.port)),
      some(rule.sourcePortRanges, holdsFreePorts),
      endMatches(rule.sourceAddressPrefixes, rule.sourceApplicationSecurityGroups, flow.source),
      endMatches(rule.destinationAddressPrefixes, rule.destinationApplicationSecurityGroups, flow.destination),
    ]),
  };
}

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules */
const defaultRules: readonly (readonly [Flow['direction'], number, Access, source: string, destination: string])[] = [
  ['inbound', 65_000, 'allow', 'VirtualNetwork', 'VirtualNetwork'],
  ['inbound', 65_001, 'allow', 'AzureLoadBalancer', '*'],
  ['inbound', 65_500, 'deny', '*', '*'],
  ['outbound', 65_000, 'allow', 'VirtualNetwork', 'VirtualNetwork'],
  ['outbound', 65_001, 'allow', '*', 'Internet'],
  ['outbound', 65_500, 'deny', '*', '*'],
];

function defaultCandidates(flow: Flow): Candidate[] {
  return defaultRules
    .filter(([direction]) => direction === flow.direction)
    .map(([, priority, access, source, destination]) => ({
      rule: undefined,
      priority,
      access,
      matches: all([holdsEnd(readPrefix(source), flow.source), holdsEnd(readPrefix(destination), flow.destination)]),
    }));
}

/** A rule under a condition of its own may not be there. */
function isDeployedWith({ deployment }: SecurityRule, group: NetworkSecurityGroup): Verdict {
  if (deployment.kind === 'always') return 'yes';
  return group.deployment.kind === 'conditional' && group.deployment.key === deployment.key ? 'yes' : 'unknown';
}

function sameWord(property: SecurityRule['direction'], word: string): Verdict {
  const text = knownValue(property);
  return text === undefined ? 'unknown' : text.toLowerCase() === word ? 'yes' : 'no';
}

function protocolMatches({ protocol }: SecurityRule, flow: Flow): Verdict {
  return knownValue(protocol) === '*' ? 'yes' : sameWord(protocol, flow.protocol);
}

function endMatches(
  prefixes: SecurityRule['sourceAddressPrefixes'],
  groups: SecurityRule['sourceApplicationSecurityGroups'],
  end: FlowEnd,
): Verdict {
  // Who is in an application security group is written at the network interfaces, which AKS makes.
  const isByGroup = !groups.isComplete || groups.items.length > 0;
  return isByGroup ? 'unknown' : some(prefixes, (prefix) => holdsEnd(prefix, end));
}

function holdsPort(text: string, port: number): Verdict {
  if (text === '*') return 'yes';
  const range = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (range === null) return 'unknown';
  const [first, last] = [Number(range[1]), Number(range[2] ?? range[1])];
  return first <= port && port <= last ? 'yes' : 'no';
}

/** Whether source ports hold every port that a client may get; which ones those are is up to its system. */
function holdsFreePorts(text: string): Verdict {
  return text === '*' || /^[01]-65535$/.test(text) ? 'yes' : 'unknown';
}

/** Whether one of the values decides, where one is enough. A list without values is none that Azure takes. */
function some<T>(list: Collection<Value<T>>, judge: (value: T) => Verdict): Verdict {
  const verdicts = list.items.map((item): Verdict => (item.kind === 'known' ? judge(item.value) : 'unknown'));
  if (verdicts.includes('yes')) return 'yes';
  return list.isComplete && verdicts.length > 0 && verdicts.every((verdict) => verdict === 'no') ? 'no' : 'unknown';
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}

import type { Fix, NewValue } from './change.ts';
import type { NetworkSecurityGroup, SecurityRule } from './network.ts';
import type { Flow } from './security-decision.ts';
import { knownValue } from './value.ts';

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview */
export const rulePriorities = { smallest: 100, largest: 4096 } as const;

/** How to name a rule in the middle of a message. */
export function ruleLabel({ name }: SecurityRule): string {
  return name?.kind === 'known' ? `rule "${name.value}"` : 'another rule';
}

/** A flow as messages name it: `inbound TCP 443 from the nodes (10.1.0.0/24) to the API server`. */
function describeFlow({ direction, protocol, port, source, destination }: Flow): string {
  return `${direction} ${protocol.toUpperCase()} ${port} from ${source.label} to ${destination.label}`;
}

/** Flows for a sentence, each once; more than two are counted. */
export function describeFlows(flows: readonly Flow[]): string {
  const all = [...new Set(flows.map(describeFlow))];
  const shown = all.length > 3 ? [...all.slice(0, 2), `${all.length - 2} other flows`] : all;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('');
}

/**
 * The fix that lets flows pass: rules right in front of the one that denies them, each for all ports between two ends.
 * Empty where an end has no known addresses or the group has no literal list or no free priority.
 */
export function allowFixes(
  group: NetworkSecurityGroup,
  denying: SecurityRule,
  flows: readonly Flow[],
  namePrefix: string,
): Fix[] {
  const array = group.securityRules.origin?.from ?? group.securityRules.origin?.at;
  const before = knownValue(denying.priority);
  if (array === undefined || before === undefined || before > rulePriorities.largest) return [];
  const wanted = new Map<string, { readonly flow: Flow; readonly source: string; readonly destination: string }>();
  for (const flow of flows) {
    const [source, destination] = [flow.source.ruleText, flow.destination.ruleText];
    if (source === undefined || destination === undefined) return [];
    wanted.set(`${flow.direction} ${source} ${destination}`, { flow, source, destination });
  }
  const items: NewValue[] = [];
  const taken = takenPriorities(group);
  const names = new Set(group.securityRules.items.map(({ name }) => knownValue(name)?.toLowerCase()));
  let number = 0;
  const nextName = (): string => {
    do number++;
    while (names.has(`${namePrefix}-${number}`));
    return `${namePrefix}-${number}`;
  };
  let priority = before;
  for (const { flow, source, destination } of wanted.values()) {
    do priority--;
    while (taken.has(priority));
    if (priority < rulePriorities.smallest) return [];
    items.push({
      name: nextName(),
      properties: {
        priority,
        direction: flow.direction === 'inbound' ? 'Inbound' : 'Outbound',
        access: 'Allow',
        protocol: '*',
        sourceAddressPrefix: source,
        sourcePortRange: '*',
        destinationAddressPrefix: destination,
        destinationPortRange: '*',
      },
    });
  }
  return [
    {
      title: items.length === 1 ? 'Allow this traffic in a rule before it' : 'Allow this traffic in rules before it',
      applicability: 'unsafe',
      changes: items.map((item) => ({ kind: 'append-item', array, item })),
    },
  ];
}

function takenPriorities({ securityRules }: NetworkSecurityGroup): ReadonlySet<number | undefined> {
  return new Set(securityRules.items.map((rule) => knownValue(rule.priority)));
}

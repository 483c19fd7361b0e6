import { onceInDefaultBlock } from '../model/aks-coredns.ts';

/** What the default block of AKS has already, and what becomes of a second one in an override, in a sentence. */
export const defaultBlockPlugins: ReadonlyMap<string, string> = new Map([
  ...onceInDefaultBlock.map((name): [string, string] => [
    name,
    'The default block of AKS has it already, so CoreDNS refuses it in an override.',
  ]),
  ['reload', 'The default block of AKS has it already, and the first one counts.'],
  ['forward', 'The default block of AKS has one for all names before it, so this one is never asked.'],
  ['health', 'The default block of AKS has it with `lameduck 5s`; the last one counts.'],
  ['loadbalance', 'The default block of AKS has it already; the last one counts.'],
]);

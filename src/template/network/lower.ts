import { emptyModel, type Model } from '../../model/model.ts';
import { evaluateTemplate } from '../evaluate.ts';
import type { EvaluationInput } from '../evaluation.ts';
import { readFirewallRuleSets } from './firewalls.ts';
import { readManagedClusters } from './managed-clusters.ts';
import { readRouteTables } from './route-tables.ts';
import { readVirtualNetworks } from './virtual-networks.ts';

/** The network model of a template with the parameter values given, its modules included. */
export function lowerTemplate(input: EvaluationInput): Model {
  const { resources, session } = evaluateTemplate(input);
  const model = {
    ...emptyModel,
    ...readVirtualNetworks(resources),
    routeTables: readRouteTables(resources),
    managedClusters: readManagedClusters(resources),
    firewallRuleSets: readFirewallRuleSets(resources),
  };
  // Evaluation is lazy: what was noted is complete only once every resource has been read.
  const { expressionProblems, referenceProblems, unreadParts } = session;
  return { ...model, expressionProblems, referenceProblems, unreadParts };
}

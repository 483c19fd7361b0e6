import { emptyModel, type Model } from '../../model/model.ts';
import type { Data } from '../data.ts';
import { evaluateTemplate } from '../resources.ts';
import type { Template } from '../template.ts';
import { readFirewallRuleSets } from './firewalls.ts';
import { readManagedClusters } from './managed-clusters.ts';
import { readRouteTables } from './route-tables.ts';
import { readVirtualNetworks } from './virtual-networks.ts';

/** The network model of a template, evaluated with the parameter values given. */
export function lowerTemplate(template: Template, parameters?: ReadonlyMap<string, Data>): Model {
  const { resources, problems } = evaluateTemplate(template, parameters);
  const model = {
    ...emptyModel,
    ...readVirtualNetworks(resources),
    routeTables: readRouteTables(resources),
    managedClusters: readManagedClusters(resources),
    firewallRuleSets: readFirewallRuleSets(resources),
    unreadParts: template.modules.map((module) => ({ uri: template.uri, span: module.nameSpan })),
  };
  // Evaluation is lazy: problems are complete only once every resource has been read.
  return { ...model, expressionProblems: problems };
}

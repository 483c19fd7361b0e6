import { lowerBicep, parseBicep, standInModules } from '../bicep/index.ts';
import type { Template } from '../template/template.ts';

const templates = new Map<string, Template>();

/** A reference to an Azure Verified Module of the public registry, with or without its alias. */
const verifiedModule = /^br(?:\/public:|:mcr\.microsoft\.com\/bicep\/)(avm\/[a-z0-9/-]+):[\w.-]+$/;

/**
 * What stands in for a well-known registry module: the resources that matter for networking, computed from the
 * arguments as the module does. Undefined for every other reference.
 */
export function findStandIn(reference: string): Template | undefined {
  const name = verifiedModule.exec(reference)?.[1];
  const text = name === undefined ? undefined : standInModules[name];
  if (name === undefined || text === undefined) return undefined;
  const known = templates.get(name);
  if (known !== undefined) return known;
  const uri = `aksnet-stand-in:/${name}.bicep`;
  const template: Template = { ...lowerBicep(parseBicep(text, 'bicep'), uri), isStandIn: true };
  templates.set(name, template);
  return template;
}

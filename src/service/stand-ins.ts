import { lowerBicep, parseBicep } from '../bicep/index.ts';
import type { Template } from '../template/template.ts';
import type { RemoteModule } from './registry.ts';

const templates = new Map<string, Template>();

const scheme = 'aksnet-stand-in:';

/** Whether a URI is that of a stand-in. */
export function isStandIn(uri: string): boolean {
  return uri.startsWith(scheme);
}

/** The name of a module that may have a stand-in, in whatever registry a copy of it lies; undefined for every other. */
export function standInName(module: RemoteModule): string | undefined {
  return module.kind === 'br' ? /(?:^|\/)(avm\/.+)$/.exec(module.path)?.[1] : undefined;
}

/**
 * What stands in for a well-known registry module: the resources that matter for networking, computed from the
 * arguments as the module does. `texts` are Bicep by the name of the module.
 */
export function findStandIn(name: string, texts: Readonly<Record<string, string>>): Template | undefined {
  const text = Object.hasOwn(texts, name) ? texts[name] : undefined;
  if (text === undefined) return undefined;
  const known = templates.get(name);
  if (known !== undefined) return known;
  const uri = `${scheme}/${name}.bicep`;
  const template: Template = { ...lowerBicep(parseBicep(text, 'bicep'), uri), isStandIn: true };
  templates.set(name, template);
  return template;
}

const hidden = new WeakMap<Template, Template>();

/** A template that nobody looks at, with those inside it: everything in it is located at the call. */
export function asStandIn(template: Template): Template {
  const known = hidden.get(template);
  if (known !== undefined) return known;
  const modules = template.modules.map((module) =>
    module.source.kind === 'inline'
      ? { ...module, source: { ...module.source, template: asStandIn(module.source.template) } }
      : module,
  );
  const standIn: Template = { ...template, modules, isStandIn: true };
  hidden.set(template, standIn);
  return standIn;
}

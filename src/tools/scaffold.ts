/** A file that a new rule starts with; paths are relative to the root of the repository. */
export interface ScaffoldFile {
  readonly path: string;
  readonly text: string;
}

/** Why a rule cannot be made; the message is for the person who asked. */
export class ScaffoldError extends Error {}

/**
 * The files of a new rule: a rule that works on an example and waits to be rewritten, its fixtures, and the registry with
 * the rule in it.
 */
export function scaffoldRule(area: string, id: string, registry: string): ScaffoldFile[] {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id)) {
    throw new ScaffoldError(`"${id}" is no rule id: use kebab-case that names the problem, such as subnet-overlap.`);
  }
  const name = id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return [
    { path: 'src/rules/index.ts', text: withRule(registry, area, id, name) },
    { path: `src/rules/${area}/${id}.ts`, text: ruleFile(id, name) },
    { path: `test/fixtures/rules/${id}/reports.bicep`, text: network(placeholder, `${marker(id)}\n`) },
    { path: `test/fixtures/rules/${id}/silent.bicep`, text: network('vnet-spoke', '') },
  ];
}

const placeholder = 'vnet-placeholder';
const message = `The network is called "${placeholder}". Give it a name.`;

function withRule(registry: string, area: string, id: string, name: string): string {
  if (registry.includes(`/${id}.ts'`)) throw new ScaffoldError(`There is a rule "${id}" already.`);
  const list = new RegExp(`(folder: '${area}',[^\\]]*?rules: \\[)([^\\]]*)(\\])`);
  const match = list.exec(registry);
  if (match === null) {
    const areas = Array.from(registry.matchAll(/folder: '([^']+)'/g), ([, folder]) => folder);
    throw new ScaffoldError(`There is no area "${area}" in src/rules/index.ts. Areas: ${areas.join(', ')}.`);
  }
  const names = (match[2] ?? '').split(/[\s,]+/).filter((word) => word !== '');
  const all = [...names, name].sort((a, b) => (a < b ? -1 : 1));
  const withName = registry.replace(
    list,
    (_, before: string, _names: string, after: string) => before + all.join(', ') + after,
  );
  return `import { ${name} } from './${area}/${id}.ts';\n${withName}`;
}

function ruleFile(id: string, name: string): string {
  return `import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const ${name} = defineRule({
  id: '${id}',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep'],
  summary: 'A virtual network has the name of a placeholder.',
  condition: 'Reports a virtual network called ${placeholder}.',
  why: 'Say what goes wrong, when, and for whom.',
  examples: [
    {
      language: 'bicep',
      bad: \`${network(placeholder, '')}\`,
      good: \`${network('vnet-spoke', '')}\`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/'],
  messages: {
    placeholder: (d: { name: string }) => \`The network is called "\${d.name}". Give it a name.\`,
  },

  check(model, report) {
    for (const network of model.virtualNetworks) {
      const name = knownValue(network.name);
      if (name === '${placeholder}') report({ at: network.name.origin, message: 'placeholder', data: { name } });
    }
  },
});
`;
}

function network(name: string, markerLine: string): string {
  return `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${name}'
${markerLine}  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}
`;
}

/** Covers the name, which starts behind `  name: '`. */
function marker(id: string): string {
  return `//       ${'^'.repeat(placeholder.length)} ${id}: ${message}`;
}

import { defineRule } from '../rule.ts';

export const moduleNotFound = defineRule({
  id: 'module-not-found',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A path leads to a file that does not exist, or back to the file it stands in.',
  condition:
    'Reports the path of a local module, linked template, parameter file, extended parameter file or import when the file is known not to exist, or when following it would never end. Registry references and files that may not be read are left alone, and so are files that a template loads as text or data: their values count as not known.',
  why: 'The template does not build, and nothing that the file should declare can be checked.',
  examples: [
    {
      language: 'bicep',
      bad: `// The file is its own module.
module again 'main.bicep' = {
  name: 'again'
}
`,
      good: `module spoke 'br/public:avm/res/network/virtual-network:0.7.0' = {
  name: 'spoke'
  params: { name: 'vnet-spoke', addressPrefixes: ['10.1.0.0/16'] }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/bicep/modules'],
  messages: {
    missing: (d: { path: string }) => `The file "${d.path}" does not exist. Correct the path or create the file.`,
    cycle: (d: { path: string }) =>
      `"${d.path}" leads back to this file, so following it would never end. Take one of the references out.`,
  },

  check(model, report) {
    for (const { kind, location, path } of model.referenceProblems) {
      report({ at: location, message: kind, data: { path } });
    }
  },
});

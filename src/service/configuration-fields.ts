import { oldestKnownKubernetes } from '../model/aks-coredns.ts';
import { compareVersions } from '../model/dns-queries.ts';
import { parseAddress } from '../net/address.ts';
import { formatCidr, hasHostBits, parseCidr } from '../net/cidr.ts';
import { ruleAreas } from '../rules/index.ts';
import { choice, described, list, placed, record, type TextProblem, text } from './configuration-shapes.ts';
import { ruleEntries } from './rule-list.ts';

const severity = choice(['error', 'warning', 'information', 'off']);

const versionPattern = /^\d+\.\d+(?:\.\d+)?$/;

const prefix = text('"10.0.0.0/12"', checkPrefix);

const ranges = list(
  '[{ "name": "on-premises", "prefixes": ["10.0.0.0/12"] }]',
  record(
    {
      noun: 'property',
      example: '{ "name": "on-premises", "prefixes": ["10.0.0.0/12"] }',
      required: ['name', 'prefixes'],
    },
    {
      name: described(
        'What you call the place. Findings mention it.',
        text('"on-premises"', () => undefined),
      ),
      prefixes: described('Its address prefixes.', list('["10.0.0.0/12"]', prefix, { minItems: 1 })),
    },
  ),
);

const parametersExample = '{ "files": "environments/*.json", "template": "main.json" }';

const parametersFor = record(
  { noun: 'property', example: parametersExample, required: ['files', 'template'] },
  {
    files: described(
      'The parameter files, by their path from here, with *, ? and ** as in "ignore".',
      text('"environments/*.json"', checkPattern),
    ),
    template: described('The template, by its path from here.', placed(text('"main.json"', checkPath))),
  },
);

/** Everything that a configuration file may hold. */
export const configurationShape = record(
  { noun: 'setting', example: '{ "severity": { "sizing": "warning" } }' },
  {
    $schema: described(
      'The schema of this file, for editors.',
      text('"aksnet.schema.json"', () => undefined),
    ),
    severity: described(
      'How serious the findings of a rule or of a group of rules are; "off" switches it off. A rule\'s own word counts more than that of its group.',
      record({ noun: 'rule or group of rules', example: '{ "sizing": "warning" }' }, severityFields()),
    ),
    reserved: described('Ranges that are taken elsewhere, such as in a data centre: nothing may overlap them.', ranges),
    peeredNetworks: described('Networks that yours are peered with and that no file declares.', ranges),
    egressNextHops: described(
      'IPv4 addresses of firewalls and appliances that already let AKS nodes reach what they need.',
      list('["10.0.1.4"]', text('"10.0.1.4"', checkNextHop, { format: 'ipv4' }), { uniqueItems: true }),
    ),
    corednsVersion: described(
      'The CoreDNS version to judge by. Without it, that of kubernetesVersion, or else the newest that AKS runs.',
      text('"1.13.1"', checkVersion('"1.13.1"'), { pattern: versionPattern.source }),
    ),
    kubernetesVersion: described(
      'The Kubernetes version of the clusters, which decides the CoreDNS version.',
      text('"1.34"', checkKubernetes, { pattern: versionPattern.source }),
    ),
    entryFiles: described(
      'Templates and parameter files that are deployed, by their path from here. Modules are checked with what these pass to them.',
      list('["main.bicep"]', placed(text('"main.bicep"', checkPath)), { uniqueItems: true }),
    ),
    parameterFiles: described(
      'The template that JSON parameter files are for, where their names do not tell. Of several that speak of one file the first counts.',
      list(`[${parametersExample}]`, parametersFor),
    ),
    ignore: described(
      'Files and folders to leave alone, by their path from here. * and ? stand for characters of a name, ** for any folders; a name without a slash counts in every folder.',
      list('["legacy", "**/*.generated.json"]', text('"legacy"', checkPattern), { uniqueItems: true }),
    ),
  },
);

function severityFields(): Readonly<Record<string, typeof severity>> {
  const groups = ruleAreas.map(
    ({ folder, title }) => [folder, described(`Every rule about: ${title.toLowerCase()}.`, severity)] as const,
  );
  const rules = ruleEntries().map(
    ({ id, severity: own, summary }) =>
      [
        id,
        { ...described(summary, severity), schema: { description: summary, ...severity.schema, default: own } },
      ] as const,
  );
  return Object.fromEntries([...groups, ...rules]);
}

function checkPrefix(value: string): TextProblem | undefined {
  const result = parseCidr(value);
  if (!result.ok) return { message: `"${value}" is no address prefix. Write one such as 10.0.0.0/12.` };
  if (!hasHostBits(result.cidr)) return undefined;
  const block = formatCidr(result.cidr);
  return {
    message: `${value} does not start at the first address of its block. Write ${block}.`,
    replacement: { text: block, isSafe: true },
  };
}

function checkNextHop(value: string): TextProblem | undefined {
  return parseAddress(value)?.family === 4
    ? undefined
    : { message: `"${value}" is no IPv4 address. Write one such as 10.0.1.4.` };
}

function checkVersion(example: string): (value: string) => TextProblem | undefined {
  return (value) =>
    versionPattern.test(value) ? undefined : { message: `"${value}" is no version. Write one such as ${example}.` };
}

function checkKubernetes(value: string): TextProblem | undefined {
  const problem = checkVersion('"1.34"')(value);
  if (problem !== undefined) return problem;
  if (compareVersions(value, oldestKnownKubernetes) >= 0) return undefined;
  return {
    message: `aksnet does not know the CoreDNS of Kubernetes ${value}, only from ${oldestKnownKubernetes} on. Set corednsVersion instead.`,
  };
}

function checkPath(value: string): TextProblem | undefined {
  if (/[*?]/.test(value)) return { message: `"${value}" is a pattern. Name each file.` };
  return checkSlashes(value);
}

function checkPattern(value: string): TextProblem | undefined {
  if (/^!|\{/.test(value))
    return { message: `"${value}" has a sign without a meaning here. Only *, ** and ? have one.` };
  return checkSlashes(value);
}

function checkSlashes(value: string): TextProblem | undefined {
  if (!value.includes('\\')) return undefined;
  const slashed = value.replaceAll('\\', '/');
  return {
    message: `Paths are written with slashes here. Write "${slashed}".`,
    replacement: { text: slashed, isSafe: true },
  };
}

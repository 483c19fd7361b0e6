import { type RuleArea, ruleAreas } from '../rules/index.ts';
import type { Language, Rule } from '../rules/rule.ts';
import { ruleEntries } from '../service/rule-list.ts';
import { configurationSchema } from './configuration-schema.ts';
import { rulePage } from './rule-page.ts';

/** A file whose content, or a part of it, follows from the rules. */
export interface GeneratedFile {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

const notice = 'generated from src/rules; run npm run generate';
const tableStart = `<!-- rules: ${notice} -->`;
const tableEnd = '<!-- end of rules -->';

/** Every generated file as it should be; `read` gives the present text of files that are generated in part. */
export function generatedFiles(read: (path: string) => string): GeneratedFile[] {
  return [
    ...ruleAreas.map((area) => ({ path: `src/rules/${area.folder}/README.md`, text: areaPage(area) })),
    { path: 'README.md', text: withRuleTable(read('README.md')) },
    { path: 'package.json', text: withSeverities(read('package.json')) },
    { path: 'schemas/aksnet.schema.json', text: configurationSchema(notice) },
  ];
}

function areaPage(area: RuleArea): string {
  const pages = area.rules.map((rule) => (rulePage(rule.id, 2) ?? '').trimEnd());
  return [`<!-- ${notice} -->`, `# ${area.title}`, ...pages, ''].join('\n\n').trimEnd().concat('\n');
}

/** The README with the table of all rules between its two markers. */
export function withRuleTable(readme: string): string {
  const start = readme.indexOf(tableStart);
  const end = readme.indexOf(tableEnd);
  if (start < 0 || end < start) throw new Error(`README.md needs the lines "${tableStart}" and "${tableEnd}".`);
  return `${readme.slice(0, start + tableStart.length)}\n\n${ruleTable()}\n\n${readme.slice(end)}`;
}

function ruleTable(): string {
  const rows = ruleAreas.flatMap((area) => area.rules.map((rule) => ruleRow(rule, area)));
  return ['| Rule | What it finds | Severity | Fix | Languages |', '|---|---|---|---|---|', ...rows].join('\n');
}

function ruleRow({ id, summary, severity, fixable, languages }: Rule, { folder }: RuleArea): string {
  const link = `[${id}](src/rules/${folder}/README.md#${id})`;
  const names = languages.map((language) => languageNames[language]).join(', ');
  return `| ${link} | ${summary} | ${severity} | ${fixable === 'never' ? '' : fixable} | ${names} |`;
}

const languageNames: Readonly<Record<Language, string>> = { bicep: 'Bicep', arm: 'ARM', coredns: 'CoreDNS' };

interface Manifest {
  readonly contributes: {
    readonly configuration: readonly { readonly properties: Record<string, Record<string, unknown>> }[];
  };
}

/** The manifest with one property per group of rules and per rule in the setting `aksnet.severity`. */
export function withSeverities(manifestText: string): string {
  const manifest = JSON.parse(manifestText) as Manifest;
  const setting = manifest.contributes.configuration
    .map(({ properties }) => properties['aksnet.severity'])
    .find((property) => property !== undefined);
  if (setting === undefined) throw new Error('package.json has no setting "aksnet.severity".');
  // A comment cannot stand in JSON; the notice does where no editor shows it.
  setting['$comment'] = notice;
  setting['properties'] = Object.fromEntries([
    ...ruleAreas.map((area) => [area.folder, groupProperty(area)]),
    ...ruleEntries().map((entry) => [entry.id, severityProperty(entry)]),
  ]);
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

const severities = ['error', 'warning', 'information', 'off'];

function groupProperty({ title }: RuleArea): object {
  return { type: 'string', enum: severities, description: `${title}: every rule that is not named itself` };
}

function severityProperty({ id, severity, summary }: ReturnType<typeof ruleEntries>[number]): object {
  const area = ruleAreas.find((candidate) => candidate.rules.some((rule) => rule.id === id));
  return {
    type: 'string',
    enum: severities,
    default: severity,
    description: area === undefined ? summary : `${area.title}: ${summary}`,
  };
}

import { rules } from '../rules/index.ts';
import type { Language, Rule, RuleExample } from '../rules/rule.ts';
import { analyse } from '../service/analysis.ts';
import { engineRules } from '../service/rule-list.ts';
import { defaultSettings } from '../service/settings.ts';

/**
 * The documentation of a rule as Markdown with a heading of its own, of the given level; undefined for an id that is no
 * rule's.
 */
export function rulePage(id: string, level = 1): string | undefined {
  const heading = '#'.repeat(level);
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return fullPage(rule, heading);
  const syntax = engineRules.find((candidate) => candidate.id === id);
  return syntax && `${heading} ${syntax.id}\n\n${syntax.summary}\n\n${syntax.text}\n`;
}

function fullPage(rule: Rule, heading: string): string {
  const references = rule.references.map((url) => `- <${url}>`).join('\n');
  const sections = [
    `${heading} ${rule.id}`,
    rule.summary,
    factsTable(rule),
    `${heading}# When it reports\n\n${rule.condition}`,
    `${heading}# Why\n\n${rule.why}`,
    ...rule.examples.map((example) => exampleSection(example, heading)),
    suppressionSection(rule, heading),
    references === '' ? '' : `${heading}# References\n\n${references}`,
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function factsTable(rule: Rule): string {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Severity', rule.severity],
    ['Languages', rule.languages.map((language) => languageNames[language]).join(', ')],
    ['Fix', fixNames[rule.fixable]],
    ['Error of the deployment', rule.serviceErrors.map((error) => `\`${error}\``).join(', ') || undefined],
    ['Since', rule.since],
  ];
  const rows = facts.flatMap(([name, value]) => (value === undefined ? [] : [`| ${name} | ${value} |`]));
  return ['| | |', '|---|---|', ...rows].join('\n');
}

function exampleSection(example: RuleExample, heading: string): string {
  const name = languageNames[example.language];
  const { settings } = example;
  return [
    `${heading}# Example in ${name}`,
    ...(settings === undefined ? [] : [`With this \`aksnet.jsonc\`: \`${JSON.stringify(settings)}\``]),
    'Reported:',
    codeBlock(example.language, example.bad),
    findingsOf(example),
    'Put right:',
    codeBlock(example.language, example.good),
  ].join('\n\n');
}

/** What the linter says about the bad example, by running it. */
function findingsOf(example: RuleExample): string {
  const document = { uri: `file:///${exampleNames[example.language]}`, languageId: '', version: 1, text: example.bad };
  const analysis = analyse(document, { ...defaultSettings, ...example.settings }, () => {});
  const lines = (analysis?.diagnostics ?? []).map(({ location, severity, message }) => {
    const { line } = analysis?.lines.position(location.span.start) ?? { line: 0 };
    return `> **Line ${line + 1}**, ${severity}: ${escapeMarkdown(message)}`;
  });
  return lines.join('\n>\n');
}

function suppressionSection(rule: Rule, heading: string): string {
  const sign = rule.languages.includes('bicep') || rule.languages.includes('arm') ? '//' : '#';
  return [
    `${heading}# Switching it off`,
    `For one line, write a comment above it: \`${sign} aksnet-disable-next-line ${rule.id}\`. For a file: \`${sign} aksnet-disable ${rule.id}\`. ` +
      `For a project, write \`"severity": { "${rule.id}": "off" }\` into \`aksnet.jsonc\`; for yourself, set \`aksnet.severity\`.`,
  ].join('\n\n');
}

function codeBlock(language: Language, text: string): string {
  return `\`\`\`${fenceNames[language]}\n${text.trimEnd()}\n\`\`\``;
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');
}

const languageNames: Readonly<Record<Language, string>> = { bicep: 'Bicep', arm: 'ARM JSON', coredns: 'CoreDNS' };
const fenceNames: Readonly<Record<Language, string>> = { bicep: 'bicep', arm: 'json', coredns: 'yaml' };
const exampleNames: Readonly<Record<Language, string>> = {
  bicep: 'main.bicep',
  arm: 'azuredeploy.json',
  coredns: 'coredns-custom.yaml',
};

const fixNames: Readonly<Record<Rule['fixable'], string>> = {
  safe: 'safe: the network afterwards means what you meant',
  unsafe: 'offered: look at it before you keep it',
  never: 'none',
};

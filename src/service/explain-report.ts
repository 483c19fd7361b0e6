import type { BlamedPlace, Explanation } from './explain.ts';

/** What is said of a text in which nothing is known. */
export const nothingKnown =
  'Nothing in this text is known to aksnet. It explains error codes of AKS and Azure networks, exit statuses of the node set-up, and messages of CoreDNS.';

/** How an adapter shows a place and a rule. */
export interface ReportLinks {
  place(place: BlamedPlace): string;
  rule(id: string): string;
}

/** Explanations as a Markdown document. */
export function explanationPage(explanations: readonly Explanation[], links: ReportLinks): string {
  const sections = explanations.map((explanation) => sectionOf(explanation, links));
  return `${['# What the error means', ...(sections.length === 0 ? [nothingKnown] : sections)].join('\n\n')}\n`;
}

function sectionOf({ title, meaning, details, rules, places, reference }: Explanation, links: ReportLinks): string {
  const blocks = [
    `## ${escapeMarkdown(title)}`,
    escapeMarkdown(meaning),
    bullets(details.map(escapeMarkdown)),
    rules.length === 0
      ? ''
      : `Found by:\n\n${bullets(rules.map(({ id, summary }) => `${links.rule(id)}: ${escapeMarkdown(summary)}`))}`,
    places.length === 0 ? '' : `In your files:\n\n${bullets(places.map((place) => placeLine(place, links)))}`,
    `Reference: <${reference}>`,
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function placeLine(place: BlamedPlace, links: ReportLinks): string {
  const line = `${links.place(place)}: ${escapeMarkdown(place.message)}`;
  return place.isNamed ? `**Named by the error:** ${line}` : line;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Pasted text must not become links or HTML of the page. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}

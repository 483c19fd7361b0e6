import { type Location, type Span, touches } from '../base/span.ts';
import { serviceRanges } from '../model/effective.ts';
import { valueLocation } from '../model/value.ts';
import { parseAddress } from '../net/address.ts';
import { defaults } from '../net/aks.ts';
import { describeCidr } from '../net/calculator.ts';
import { type Cidr, cidr, containsCidr, formatCidr, overlaps, parseCidr } from '../net/cidr.ts';
import { type AddressSite, addressSites, single } from './address-sites.ts';
import type { Analysis } from './analysis.ts';
import { corednsHoverAt } from './coredns-half.ts';

/** Markdown to show for a span of the document. */
export interface Hover {
  readonly span: Span;
  /** Empty where there is nothing to say but what `rules` stand for. */
  readonly markdown: string;
  /** The rules of the findings here; `withExplanations` says why they matter. */
  readonly rules: readonly string[];
}

/** Other places that a hover lists before it stops. */
const maxListed = 8;

/** What to show at an offset: the address or prefix there and what is known about it, and the rules of the findings there. */
export function hoverAt(analysis: Analysis, offset: number): Hover | undefined {
  const { uri } = analysis.document;
  const findings = analysis.diagnostics.filter(({ location }) => isAt(location, uri, offset));
  const sites = addressSites(analysis.model);
  const here = sites.filter(({ origin }) => isAt(origin.at, uri, offset) || isAt(valueLocation(origin), uri, offset));
  const word = addressAt(analysis.document.text, offset);
  const [site] = here;
  const prefix = site?.cidr ?? word?.cidr;
  const parts: string[] = [];
  if (prefix !== undefined) parts.push(describePrefix(prefix, here, sites, analysis));
  else if (site?.reason !== undefined)
    parts.push(`**${escapeMarkdown(capitalise(site.label))}** is not known: ${escapeMarkdown(site.reason.text)}.`);
  const dns = corednsHoverAt(analysis.model, offset);
  if (dns !== undefined) parts.push(dns.markdown);
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const span = findings[0]?.location.span ?? placeOf(site, uri, offset) ?? dns?.span ?? word?.span;
  if (span === undefined || (parts.length === 0 && rules.length === 0)) return undefined;
  return { span, markdown: parts.join('\n\n---\n\n'), rules };
}

function isAt(location: Location | undefined, uri: string, offset: number): boolean {
  return location !== undefined && location.uri === uri && touches(location.span, offset);
}

function placeOf(site: AddressSite | undefined, uri: string, offset: number): Span | undefined {
  if (site === undefined) return undefined;
  const value = valueLocation(site.origin);
  return isAt(value, uri, offset) ? value.span : site.origin.at.span;
}

function describePrefix(
  prefix: Cidr,
  here: readonly AddressSite[],
  sites: readonly AddressSite[],
  analysis: Analysis,
): string {
  const about = describeCidr(prefix);
  const isAddress = about.hostBits === 0;
  const title = isAddress ? about.first : about.cidr;
  const labels = [...new Set(here.map((site) => site.label))];
  const lines = [`**${title}**${labels.length === 0 ? '' : ` · ${labels.map(escapeMarkdown).join(' · ')}`}`];
  if (!isAddress) {
    const size = about.family === 6 ? `2^${about.hostBits}` : about.addressCount.toLocaleString('en-US');
    // Ranges of services and pods and targets of routes are no subnets.
    const isForSubnets = here.length === 0 || here.some(({ kind }) => kind === 'subnet' || kind === 'network');
    const usable =
      about.family === 6 || !isForSubnets
        ? ''
        : ` · ${about.usableInAzure.toLocaleString('en-US')} usable in an Azure subnet`;
    lines.push(`${about.first} – ${about.last} · ${size} addresses${usable} · mask ${about.netmask}`);
  }
  const facts = [
    ...(about.hostAddress === undefined
      ? []
      : [`The address ${about.hostAddress} has host bits; the block starts at ${about.first}.`]),
    ...originFacts(here),
    ...relations(prefix, here, sites),
    ...defaultRelations(prefix, here, analysis),
  ];
  if (facts.length > 0) lines.push(facts.map((fact) => `- ${escapeMarkdown(fact)}`).join('\n'));
  return lines.join('\n\n');
}

/** Where the value comes from, when it is not written where it is used. */
function originFacts(here: readonly AddressSite[]): string[] {
  const parameters = new Set(here.flatMap((site) => site.origin.parameterDefault ?? []));
  return [...parameters].map(
    (name) => `It is the default of parameter "${name}"; a deployment may pass another value.`,
  );
}

/** What the prefix lies in, overlaps and holds among the other places of the model. */
function relations(prefix: Cidr, here: readonly AddressSite[], sites: readonly AddressSite[]): string[] {
  const facts = new Set<string>();
  const ranks = ['network', 'subnet', 'service', 'pod'];
  const isSubnet = here.some(({ kind }) => kind === 'subnet');
  for (const other of sites) {
    if (
      other.cidr === undefined ||
      here.includes(other) ||
      !ranks.includes(other.kind) ||
      !overlaps(other.cidr, prefix)
    )
      continue;
    const name = `${formatCidr(other.cidr)}, ${other.label}`;
    const isContainer = containsCidr(other.cidr, prefix) && (other.kind === 'network' || !isSubnet);
    if (isContainer) facts.add(`Lies in ${name}.`);
    else if (containsCidr(prefix, other.cidr) && here.some(({ kind }) => kind === 'network'))
      facts.add(`Holds ${name}.`);
    else facts.add(`Overlaps ${name}.`);
  }
  const all = [...facts];
  return all.length <= maxListed ? all : [...all.slice(0, maxListed), `… and ${all.length - maxListed} more.`];
}

/** Overlaps with a service range that is written nowhere. */
function defaultRelations(prefix: Cidr, here: readonly AddressSite[], analysis: Analysis): string[] {
  const isNetwork = here.some(({ kind }) => kind === 'network' || kind === 'subnet');
  const usesDefault = analysis.model.managedClusters.some((cluster) =>
    serviceRanges(cluster.networkProfile).some((range) => range.origin === undefined),
  );
  if (!isNetwork || !usesDefault || !overlaps(prefix, cidr(defaults.serviceCidr))) return [];
  return [`Overlaps ${defaults.serviceCidr}, the service range that AKS uses when none is set.`];
}

/** The address or prefix that the characters around an offset spell, whatever the language. */
function addressAt(text: string, offset: number): { readonly cidr: Cidr; readonly span: Span } | undefined {
  const isPart = (index: number): boolean => /[0-9a-fA-F.:/]/.test(text.charAt(index));
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start < 50 && isPart(start - 1)) start--;
  while (end < text.length && end - offset < 50 && isPart(end)) end++;
  // A forward address such as 10.0.0.10:53, a full stop, or a key's colon.
  const word = text.slice(start, end).replace(/[.:]+$/, '');
  const bare = word.split(':').length === 2 ? (word.split(':')[0] ?? word) : word;
  const result = parseCidr(bare);
  const address = parseAddress(bare);
  const found = result.ok ? result.cidr : address === undefined ? undefined : single(address);
  return found === undefined ? undefined : { cidr: found, span: { start, end: start + bare.length } };
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Names come from the file: nothing in them may act as Markdown. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&').replace(/\r?\n/g, ' ');
}

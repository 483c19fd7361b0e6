import { type Span, touches } from '../base/span.ts';
import { corednsPlugins } from '../model/coredns-plugins.ts';
import { formatArguments, type LineSyntax, pluginSyntax } from '../model/coredns-syntax.ts';
import type { Corefile, ServerBlock, Word } from '../model/dns.ts';
import { pluginFacts } from '../model/dns-queries.ts';
import type { Model } from '../model/model.ts';
import { formatZoneAddress, zoneAddresses } from '../model/zone-address.ts';
import { defaultBlockPlugins } from './coredns-default-block.ts';
import { type CorefileWord, corefileWordAt } from './coredns-words.ts';

/** Markdown about one word of a Corefile. */
export interface CorednsHover {
  readonly span: Span;
  readonly markdown: string;
}

/** What is known of the plugin, property, zone or ConfigMap key at an offset; undefined where none stands. */
export function corednsHoverAt(model: Model, offset: number): CorednsHover | undefined {
  for (const { name, entries } of model.configMaps) {
    const entry =
      name?.text === 'coredns-custom' ? entries.find(({ key }) => touches(key.location.span, offset)) : undefined;
    if (entry !== undefined)
      return { span: entry.key.location.span, markdown: describeKey(entry.key.text, entry.role) };
  }
  const found = corefileWordAt(model, offset);
  const markdown = found && describeWord(found);
  return found === undefined || markdown === undefined ? undefined : { span: found.word.location.span, markdown };
}

function describeWord(found: CorefileWord): string | undefined {
  switch (found.kind) {
    case 'zone':
      return describeZone(found.word, found.block, found.corefile);
    case 'plugin':
      return describePlugin(found.word.text, found.block === undefined && found.corefile.role === 'override');
    case 'property':
      return describeProperty(found.plugin.name.text, found.word.text);
    case 'argument':
      return undefined;
  }
}

/** After a change CoreDNS has to be restarted to be sure that it takes the text: said here, and not in a finding. */
const restart =
  'CoreDNS loads a change by itself if it can and otherwise keeps the old text until it restarts. To see at once whether it starts: `kubectl -n kube-system rollout restart deployment coredns`';

function describeKey(key: string, role: Corefile['role']): string {
  const title = `**${code(key)}** · `;
  if (role === 'override') {
    return `${title}pasted into the default server block of AKS, \`.:53\`, in the order of the key names. It may hold plugins only, and none that the block has already and takes once.\n\n${restart}`;
  }
  if (role === 'server') {
    return `${title}stands beside the default server block and inherits nothing from it: give each block its own \`errors\`, \`cache\` and \`forward\`.\n\n${restart}`;
  }
  return `${title}not imported by AKS, which reads keys that end in \`.override\` or \`.server\`. Another key may import it.`;
}

function describePlugin(name: string, isOverride: boolean): string | undefined {
  const facts = pluginFacts(name);
  if (facts === undefined) {
    if (name !== 'import') return undefined;
    return `**import** · puts the lines of a snippet or a file in its place.\n\n${syntaxBlock('import NAME|PATTERN')}\n\nA snippet has to be defined above; a pattern may hold one \`*\`.\n\n[Reference](https://coredns.io/plugins/import/)`;
  }
  const notes = [placeOf(name)];
  if (facts.until !== undefined) notes.push(`CoreDNS has had it up to ${facts.until} only.`);
  else if (facts.since !== '1.0.0') notes.push(`Since CoreDNS ${facts.since}.`);
  if (facts.isOnceOnly) notes.push('CoreDNS takes it once per server block.');
  const effect = isOverride ? defaultBlockPlugins.get(name) : undefined;
  if (effect !== undefined) notes.push(effect);
  const list = notes.filter((note) => note !== '').map((note) => `- ${note}`);
  return [`**${name}** · ${facts.summary}`, syntaxOf(name), list.join('\n'), `[Reference](${facts.docs})`]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Plugins run in an order of their own, whatever order they are written in. */
function placeOf(name: string): string {
  const current = corednsPlugins.filter(({ until }) => until === undefined);
  const index = current.findIndex((plugin) => plugin.name === name);
  if (index < 0) return '';
  const [before, after] = [current[index - 1]?.name, current[index + 1]?.name];
  const neighbours = [before && `after \`${before}\``, after && `before \`${after}\``].filter(Boolean).join(', ');
  return `Runs as number ${index + 1} of ${current.length}, ${neighbours}, wherever it is written.`;
}

function syntaxOf(name: string): string {
  const syntax = pluginSyntax(name);
  if (syntax === undefined) return '';
  const head = withArguments(name, syntax.line);
  if (!syntax.takesBlock || syntax.properties.length === 0) return syntaxBlock(head);
  const lines = syntax.properties.map((property) => `    ${withArguments(property.name, property.line)}`);
  return syntaxBlock(`${head} {\n${lines.join('\n')}\n}`);
}

/** Coloured as what it is: without a language an editor takes that of the document around it, which may be YAML. */
function syntaxBlock(text: string): string {
  return `\`\`\`corefile\n${text}\n\`\`\``;
}

function withArguments(name: string, line: LineSyntax): string {
  return `${name} ${formatArguments(line)}`.trimEnd();
}

function describeProperty(pluginName: string, name: string): string | undefined {
  const property = pluginSyntax(pluginName)?.properties.find((candidate) => candidate.name === name);
  if (property === undefined) return undefined;
  const { since, removedIn, isOnceOnly, line, summary } = property;
  const notes = [
    ...(since === undefined ? [] : [`Since CoreDNS ${since}.`]),
    ...(removedIn === undefined ? [] : [`Gone in CoreDNS ${removedIn}.`]),
    ...(isOnceOnly ? ['CoreDNS takes it once per block.'] : []),
  ];
  const docs = pluginFacts(pluginName)?.docs;
  return [
    `**${name}** of **${pluginName}** · ${summary}`,
    syntaxBlock(withArguments(name, line)),
    notes.map((note) => `- ${note}`).join('\n'),
    docs === undefined ? '' : `[Reference](${docs})`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** Reverse zones that a hover lists before it stops. */
const maxZones = 4;

function describeZone(key: Word, block: ServerBlock, { role }: Corefile): string | undefined {
  if (block.isSnippet) {
    return `**${code(key.text)}** · a snippet: its lines count where \`import ${key.text.slice(1, -1)}\` stands, below this place.`;
  }
  const addresses = zoneAddresses(key);
  const [first] = addresses;
  if (first === undefined) return undefined;
  const listed = addresses.slice(0, maxZones).map((address) => code(formatZoneAddress(address)));
  const more = addresses.length > maxZones ? ` and ${addresses.length - maxZones} more` : '';
  const zone = first.zone === '.' ? 'all names' : `${code(first.zone.slice(0, -1))} and every name below it`;
  const beside =
    role === 'server'
      ? 'The longest matching zone wins, so the default block of AKS is not asked for these names. Nothing is inherited from it.'
      : 'The longest matching zone wins.';
  return `**${code(key.text)}** · a server block for ${zone}.\n\n${listed.join(', ')}${more}\n\n${beside}\n\n[Reference](https://coredns.io/manual/configuration/)`;
}

/** Text of the file as code: nothing in it acts as Markdown. */
function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, ' ')}\``;
}

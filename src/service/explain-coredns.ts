import { compareVersions, nearestPlugin, newestAksCoredns, pluginFacts } from '../model/dns-queries.ts';
import { aks } from './explain-pages.ts';

/** A message of CoreDNS that is recognised by its words. */
export interface CorednsMessage {
  /** What the message is called, in a few words. */
  readonly title: string;
  readonly pattern: RegExp;
  readonly meaning: string;
  /** What the values of one message say, in a sentence; may be empty. */
  tell(values: readonly string[]): string;
  /** Ids of rules that find the cause, those that fit the values best first. */
  rules(values: readonly string[]): readonly string[];
  readonly reference: string;
}

const customPage = aks('coredns-custom');
const troubleshooting = aks('coredns-troubleshoot');

/** Every message that can be explained. The first that fits a place of the text counts. */
export const corednsMessages: readonly CorednsMessage[] = [
  {
    title: 'Unknown directive',
    pattern: /Unknown directive '([^'\n]{1,300})'/g,
    meaning:
      'CoreDNS expects the name of a plugin where it found another word, and loads nothing of its configuration.',
    tell: ([word = '']) => tellDirective(word),
    rules: ([word = '']) => directiveRules(word),
    reference: customPage,
  },
  {
    title: 'Plugin used twice',
    pattern: /plugin\/([\w-]{1,40}): this plugin can only be used once per Server Block/g,
    meaning:
      'A server block has a plugin twice that it may have once. Text of a .override key stands in the block of AKS, which has errors, ready, kubernetes, prometheus, cache and loop already.',
    tell: ([plugin = '']) =>
      plugin === 'hosts'
        ? 'Several .override keys have hosts, or its "{" stands on a line of its own. Put all hosts into one block.'
        : `Remove ${plugin} from the .override key, or put it into a server block of its own in a .server key.`,
    rules: ([plugin]) =>
      plugin === 'hosts'
        ? ['coredns-hosts-duplicate', 'coredns-unbalanced-braces']
        : ['coredns-duplicate-default-plugin', 'coredns-unbalanced-braces'],
    reference: customPage,
  },
  {
    title: 'Zone served twice',
    pattern: /cannot serve \w{1,10}:\/\/(\S{1,300}?)(?::\d{1,5})? - it is already defined/g,
    meaning: 'Two server blocks are for the same zone and port.',
    tell: ([zone = '']) =>
      zone === '.'
        ? 'The zone "." belongs to the block of AKS. A .server key needs a zone of its own, and plugins without a block belong into a .override key.'
        : `Two blocks are for ${zone.replace(/\.$/, '')}. Merge them; every .server key counts.`,
    rules: ([zone]) =>
      zone === '.'
        ? ['coredns-server-redefines-root', 'coredns-server-bare-directives', 'coredns-duplicate-zone']
        : ['coredns-duplicate-zone'],
    reference: customPage,
  },
  {
    title: 'Braces do not match',
    pattern:
      /Unexpected '\}' because no matching opening brace|Syntax error: Unexpected token '[^'\n]{0,300}', expecting '[{}]'|Error during parsing: Unexpected EOF/g,
    meaning:
      'A brace is missing, superfluous or not at the end of its line. CoreDNS may name a place far from it, in another key too. A ConfigMap value without "|" has all its lines joined, with the same result.',
    tell: () => '',
    rules: () => ['coredns-unbalanced-braces', 'coredns-not-block-scalar'],
    reference: customPage,
  },
  {
    title: 'Upstream is no address',
    pattern: /plugin\/(?:forward|grpc): not an IP address or file:? "([^"\n]{1,300})"/g,
    meaning: 'A server to forward to is given by its name; CoreDNS before 1.14.4 takes addresses and files only.',
    tell: ([name = '']) =>
      pluginFacts(name) === undefined
        ? `Write the address of ${name}.`
        : `"${name}" is a plugin that was read as a server: a line break is missing before it.`,
    rules: () => ['coredns-forward-hostname', 'coredns-forward-no-upstream', 'coredns-unbalanced-braces'],
    reference: 'https://coredns.io/plugins/forward/',
  },
  {
    title: 'Too many upstreams',
    pattern: /plugin\/forward: more than (\d{1,4}) TOs configured: (\d{1,6})/g,
    meaning: 'One forward has more servers than CoreDNS takes.',
    tell: ([most = '', found = '']) => `${found} servers are named where ${most} are allowed.`,
    rules: () => ['coredns-forward-too-many'],
    reference: 'https://coredns.io/plugins/forward/',
  },
  {
    title: 'Arguments of a plugin',
    pattern:
      /plugin\/([\w-]{1,40}): (?:[^\n]{0,200}?Wrong argument count or unexpected line ending after '([^'\n]{0,200})'|(too few arguments)|[^\n]{0,200}?Unexpected token '\{', expecting argument)/g,
    meaning: 'A plugin has too few or too many words on its line.',
    tell: ([plugin = '', last]) =>
      plugin === 'forward'
        ? 'forward takes a zone and then at least one server, as in "forward . 10.1.0.4".'
        : `The line of ${plugin} is not whole${last === undefined || last === '' ? '' : ` after "${last}"`}.`,
    rules: ([plugin]) =>
      plugin === 'forward' ? ['coredns-forward-no-upstream'] : plugin === 'rewrite' ? ['coredns-rewrite-regex'] : [],
    reference: 'https://coredns.io/plugins/',
  },
  {
    title: 'Unknown property',
    pattern: /plugin\/([\w-]{1,40}): [^\n]{0,200}?unknown (?:property|option):? ?'?([^'\s]{1,200})'?/g,
    meaning: 'The block of a plugin has a line that the plugin does not know.',
    tell: ([plugin = '', word = '']) =>
      pluginFacts(word) === undefined
        ? `${plugin} has no "${word}".`
        : `"${word}" is a plugin itself: the block of ${plugin} above it is not closed.`,
    rules: ([plugin, word = '']) => [
      ...(pluginFacts(word) === undefined ? [] : ['coredns-unbalanced-braces']),
      ...(plugin === 'kubernetes' ? ['coredns-removed-plugin'] : []),
      ...(plugin === 'hosts' ? ['coredns-hosts-no-fallthrough'] : []),
    ],
    reference: 'https://coredns.io/plugins/',
  },
  {
    title: 'Forwarding loop',
    pattern: /plugin\/loop: Loop \(([^)\n]{1,200})\) detected for zone "([^"\n]{0,260})"/g,
    meaning: 'A question that CoreDNS forwards comes back to it, and it stops rather than ask itself for ever.',
    tell: ([way = '', zone = '']) =>
      `The question went ${way} and came back for zone "${zone}". Forward to a server that does not forward to the cluster.`,
    rules: () => ['coredns-forward-loop', 'private-cluster-custom-dns'],
    reference: 'https://coredns.io/plugins/loop/',
  },
  {
    title: 'Rewrite rule',
    pattern: /plugin\/rewrite: ([^\n]{1,300})/g,
    meaning: 'CoreDNS does not understand a rewrite, and loads nothing of its configuration.',
    tell: ([problem = '']) =>
      problem.includes('more subexpressions')
        ? 'The replacement uses a group, such as {2}, that the pattern does not have.'
        : '',
    rules: () => ['coredns-rewrite-regex', 'coredns-unbalanced-braces'],
    reference: 'https://coredns.io/plugins/rewrite/',
  },
  {
    title: 'Zone name',
    pattern: /error inspecting server blocks: ([^\n]{1,300})/g,
    meaning: 'What stands before a "{" is no zone that CoreDNS can serve. Write zone:port, such as example.com:53.',
    tell: () => '',
    rules: () => ['coredns-unbalanced-braces', 'coredns-server-bare-directives'],
    reference: customPage,
  },
  {
    title: 'Import without end',
    pattern: /maximum (?:file|snippet) import depth \(\d{1,9}\) exceeded/g,
    meaning: 'A key imports itself, directly or through another one. AKS imports every key already.',
    tell: () => '',
    rules: () => [],
    reference: 'https://coredns.io/plugins/import/',
  },
  {
    title: 'Duration or number',
    pattern:
      /time: (?:missing unit in|invalid) duration "?([^"\n]{1,100})"?|strconv\.\w{1,20}: parsing "([^"\n]{0,100})": invalid syntax/g,
    meaning: 'A plugin wants a number, or a duration with its unit such as 10s.',
    tell: ([duration, number]) => `"${duration ?? number ?? ''}" is none.`,
    rules: () => [],
    reference: 'https://coredns.io/plugins/',
  },
  {
    title: 'No custom configuration',
    pattern: /No files matching import glob pattern: (?:\/etc\/coredns\/)?custom\/\*\.(override|server)/g,
    meaning:
      'A warning without harm: coredns-custom has no key of this kind. Where you expect one, look at its suffix and its namespace.',
    tell: ([suffix = '']) => `No key ends in .${suffix}.`,
    rules: () => ['coredns-key-suffix', 'coredns-namespace', 'coredns-configmap-name', 'coredns-missing-data'],
    reference: customPage,
  },
  {
    title: 'Upstream does not answer',
    pattern:
      /plugin\/errors: \d{1,3} (\S{1,260}) \w{1,10}: (?:read|write|dial) (?:udp|tcp)[^\n]{0,120}?->\[?([0-9a-fA-F.:]{3,45}?)\]?:(\d{1,5}): [^\n]{0,80}?(?:timeout|refused|unreachable)/g,
    meaning: 'The server to which CoreDNS forwards a question did not answer.',
    tell: ([name = '', server = '', port = '']) =>
      `${server} gave no answer about ${name} on port ${port}.${server === '168.63.129.16' ? ' It is the DNS service of Azure: look for a network security group or a firewall on the way.' : ' Check that it runs and that the nodes reach it.'}`,
    rules: () => ['nsg-blocks-egress', 'nsg-blocks-intra-cluster', 'coredns-internal-cloudapp-upstream'],
    reference: troubleshooting,
  },
];

/** What the text says beside its messages: where CoreDNS points, and what it does about it. */
export function corednsEvidence(text: string): string[] {
  const lines: string[] = [];
  const place = /(?:^|[\s/])([\w.-]{1,253}\.(?:override|server)|Corefile):(\d{1,6}) - /m.exec(text);
  if (place !== null) {
    const [, file = '', line = ''] = place;
    lines.push(
      file === 'Corefile'
        ? 'CoreDNS points into the text of AKS itself: the cause is a .override key that leaves a block open or closes one too many.'
        : `CoreDNS points at line ${line} of the key ${file}.`,
    );
  }
  if (/Corefile changed but reload failed|Restart failed/.test(text)) {
    lines.push(
      'Until its pods restart, CoreDNS goes on with the configuration that it had; after that it does not start.',
    );
  }
  return lines;
}

/** Plugins that CoreDNS once had. */
const removed: Readonly<Record<string, string>> = { proxy: 'forward' };

function tellDirective(word: string): string {
  const successor = Object.hasOwn(removed, word) ? removed[word] : undefined;
  if (successor !== undefined) return `CoreDNS no longer has ${word}. Use ${successor}.`;
  if (looksLikeZone(word)) {
    return `"${word}" begins a server block. In a .override key there is no place for one: put it into a .server key. If it is in one, a block above it is not closed.`;
  }
  const known = pluginFacts(word);
  if (known !== undefined) {
    const since = compareVersions(known.since, '1.9.4') > 0 ? ` It exists since CoreDNS ${known.since}.` : '';
    return `${word} is a plugin, but not of the CoreDNS that runs.${since}`;
  }
  if (word.endsWith('{')) return `Put a space between "${word.slice(0, -1)}" and "{".`;
  const nearest = nearestPlugin(word, newestAksCoredns);
  return nearest === undefined ? `"${word}" is no plugin of CoreDNS on AKS.` : `Is "${word}" meant to be "${nearest}"?`;
}

function directiveRules(word: string): readonly string[] {
  if (Object.hasOwn(removed, word)) return ['coredns-removed-plugin', 'coredns-unknown-plugin'];
  if (looksLikeZone(word)) return ['coredns-override-server-block', 'coredns-unbalanced-braces'];
  return ['coredns-unknown-plugin', 'coredns-unbalanced-braces'];
}

function looksLikeZone(word: string): boolean {
  return /^[\w*.-]+:\d+$|^[\w-]+(?:\.[\w-]+)+\.?$|^\.$/.test(word);
}

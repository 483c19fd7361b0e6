import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { isUnsetOnAks, judgeFile } from './files.ts';
import { parseDuration } from './go-values.ts';
import { isDomainName, isZone } from './names.ts';
import { removeOption, removeWord, replaceWord } from './problem.ts';
import type { Setup, SetupHooks } from './setup.ts';
import { readUpstream, type Upstream } from './upstreams.ts';

const maxUpstreams = 15;

export const forwardHooks: SetupHooks = { line: judgeLine, property: judgeProperty, end: judgeEnd };
export const grpcHooks: SetupHooks = {
  line: judgeLine,
  property(setup, name) {
    if (name.text === 'tls') judgeTlsFiles(setup);
    return false;
  },
};

/** One file is the authority; of two or three the first two are certificate and key. */
function judgeTlsFiles(setup: Setup): void {
  const index = setup.cursor.index;
  const files = setup.cursor.remainingArgs();
  const [first] = files;
  if (first !== undefined) {
    const start = files.length === 1 ? `error reading ${first.text}` : 'could not load TLS cert';
    judgeFile(setup, first, `${start}: open ${first.text}: no such file or directory`);
  }
  setup.cursor.rewind(index);
}

function judgeLine(setup: Setup, args: readonly Word[]): void {
  const [from, ...to] = args;
  if (from !== undefined && !mayBeReplaced(from) && !isZone(from.text)) {
    setup.refuse(
      'invalid-value',
      from,
      `"${from.text}" is not a zone: a name has parts of 1 to 63 characters, 255 in all. Write a zone, or "." for all names.`,
      `unable to normalize '${from.text}'`,
    );
  }
  const surplus = to[maxUpstreams];
  if (surplus !== undefined && !to.some((word) => readUpstream(word.text, 'forward', setup.version).kind === 'file')) {
    setup.refuse(
      'forward-too-many',
      surplus,
      `"${setup.plugin}" takes at most ${maxUpstreams} servers, and here are ${to.length}. Remove ${to.length - maxUpstreams}.`,
      `more than ${maxUpstreams} TOs configured: ${to.length}`,
    );
  }
  for (const word of to) {
    if (!mayBeReplaced(word)) judgeUpstream(setup, word);
    else if (isUnsetOnAks(setup, word)) {
      const says = setup.isBefore('1.11.0') ? 'not an IP address or file: ""' : 'invalid address: ""';
      setup.refuse(
        'invalid-value',
        word,
        `Nothing sets ${word.text} in the CoreDNS pods of AKS, so no server stands here. Write its IP address.`,
        says,
      );
    }
  }
}

function judgeUpstream(setup: Setup, word: Word): void {
  const upstream = readUpstream(word.text, setup.plugin === 'grpc' ? 'grpc' : 'forward', setup.version);
  switch (upstream.kind) {
    case 'address':
      return;
    case 'file':
      judgeFile(setup, word, `not an IP address or file: "${word.text}"`);
      return;
    case 'host-name':
      if (setup.isBefore('1.14.4')) {
        setup.refuse(
          'forward-host-name',
          word,
          `"${upstream.host}" is a name, and CoreDNS ${setup.version} forwards to IP addresses only. Write the address of the server.`,
          `not an IP address or file: "${word.text}"`,
        );
      }
      return;
    case 'refused':
      setup.refuse(
        'invalid-value',
        word,
        refusedMessage(word, upstream),
        upstream.error,
        false,
        repairs(word, upstream),
      );
  }
}

function refusedMessage(word: Word, { reason, scheme }: Extract<Upstream, { kind: 'refused' }>): string {
  switch (reason) {
    case 'empty':
      return 'No server stands here. Write its IP address.';
    case 'scheme':
      return `CoreDNS cannot forward over "${scheme}". Write the address alone, or with "tls://".`;
    case 'path':
      return `"${word.text}" has a path or length behind its address. Write the address alone.`;
    case 'neither':
      return /[;,]/.test(word.text)
        ? `"${word.text}" is not one address. Separate addresses by spaces.`
        : `"${word.text}" is neither an IP address nor a file. Write the address of the server.`;
  }
}

function repairs(
  word: Word,
  { reason, scheme }: Extract<Upstream, { kind: 'refused' }>,
): ReturnType<typeof replaceWord>[] {
  if (reason === 'scheme') return [replaceWord(word, word.text.slice(scheme.length + 3), `Remove "${scheme}://"`)];
  if (reason !== 'neither' || !/[\w\]][;,]+[\w[]/.test(word.text)) return [];
  return [replaceWord(word, word.text.split(/[;,]+/).filter(Boolean).join(' '), 'Separate the addresses by spaces')];
}

function judgeProperty(setup: Setup, name: Word): boolean {
  const { cursor } = setup;
  if (name.text === 'tls') {
    judgeTlsFiles(setup);
    return false;
  }
  if (name.text === 'health_check') {
    judgeHealthCheck(setup, name);
    return true;
  }
  if (name.text !== 'failover') return false;
  const index = cursor.index;
  const codes = cursor.remainingArgs();
  const noError = codes.find(({ text }) => text.toUpperCase() === 'NOERROR');
  if (noError !== undefined && !setup.isBefore('1.13.2')) {
    setup.refuse(
      'invalid-value',
      noError,
      'NOERROR is no reason to ask another server. Remove it.',
      'NoError cannot be used in failover',
      false,
      [codes.length > 1 ? removeWord(noError) : removeOption(name, codes)],
    );
  }
  cursor.rewind(index);
  return false;
}

function judgeHealthCheck(setup: Setup, name: Word): void {
  const [interval, ...options] = setup.cursor.remainingArgs();
  if (interval === undefined) {
    setup.refuse(
      'argument-count',
      name,
      '"health_check" takes DURATION, and nothing stands here. Add it.',
      setup.argErrText(),
      true,
    );
    return;
  }
  setup.checkValue(
    { name: 'DURATION', kind: 'duration', values: [], ignoresCase: false, least: '0s', most: '', min: 1, max: 1 },
    interval,
    { refusal: undefined, rangeRefusal: { message: "health_check can't be negative: {v}", namesLine: false } },
  );
  for (let i = 0; i < options.length; i++) {
    const option = options[i];
    if (option === undefined || option.text === 'no_rec' || mayBeReplaced(option)) continue;
    if (option.text !== 'domain') {
      setup.refuse(
        'invalid-value',
        option,
        `"${option.text}" is no option of health_check. Use "no_rec", or "domain" and a name.`,
        `health_check: unknown option ${option.text}`,
      );
      return;
    }
    const domain = options[++i];
    if (domain === undefined) {
      setup.refuse('argument-count', option, 'No name follows "domain". Add one.', setup.argErrText(), true);
    } else if (!mayBeReplaced(domain) && !isDomainName(domain.text)) {
      setup.refuse(
        'invalid-value',
        domain,
        `"${domain.text}" is not a name. Write one such as "example.org".`,
        `health_check: invalid domain name ${domain.text}`,
      );
    }
  }
}

function judgeEnd(setup: Setup): void {
  const maxAge = setup.seen.get('max_age')?.args[0];
  const expire = setup.seen.get('expire')?.args[0];
  const age = parseDuration(maxAge?.text ?? '');
  const idle = expire === undefined ? { ok: true as const, value: 10e9 } : parseDuration(expire.text);
  if (maxAge !== undefined && age.ok && idle.ok && age.value > 0 && age.value < idle.value) {
    const limit = expire?.text ?? '10s';
    setup.refuse(
      'conflict',
      maxAge,
      `Connections cannot be closed after ${maxAge.text} when unused ones are kept for ${limit}. Raise max_age or lower expire.`,
      `max_age (${maxAge.text}) must not be less than expire (${limit})`,
    );
  }
  const serverName = setup.seen.get('tls_servername')?.args[0];
  if (serverName === undefined || setup.isBefore('1.13.2')) return;
  for (const word of setup.lineArgs.slice(1)) {
    const upstream = readUpstream(word.text, 'forward', setup.version);
    if (upstream.kind !== 'address' || upstream.scheme !== 'tls' || upstream.serverName === '') continue;
    setup.refuse(
      'conflict',
      word,
      `This server names "${upstream.serverName}" for its certificate, and tls_servername names "${serverName.text}". Keep one of the two.`,
      `both forward ('${serverName.text}') and proxy level ('${upstream.serverName}') TLS servernames are set for upstream proxy '${word.text}'`,
    );
  }
}

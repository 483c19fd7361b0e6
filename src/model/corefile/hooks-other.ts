import { parseAddress } from '../../net/address.ts';
import { parseCidr } from '../../net/cidr.ts';
import type { ArgumentSyntax } from '../coredns-syntax.ts';
import type { Word } from '../dns.ts';
import { mayBeReplaced, pluginFacts } from '../dns-queries.ts';
import { judgeFile } from './files.ts';
import { parseDuration, parseInteger } from './go-values.ts';
import { isDomainName, queryTypes } from './names.ts';
import { replaceWord } from './problem.ts';
import type { Setup, SetupHooks } from './setup.ts';
import { valueProblem } from './values.ts';

const plain: ArgumentSyntax = {
  name: '',
  kind: 'string',
  values: [],
  ignoresCase: false,
  least: '',
  most: '',
  min: 1,
  max: 1,
};
const ofGo = { refusal: undefined, rangeRefusal: undefined };

export const cacheHooks: SetupHooks = {
  line(setup, [first]) {
    if (first === undefined || mayBeReplaced(first)) return;
    const seconds = parseInteger(first.text);
    if (seconds.ok) {
      if (seconds.value <= 0)
        setup.refuse(
          'invalid-value',
          first,
          `Answers cannot be kept for ${first.text} seconds. Write a number from 1 on.`,
          `cache TTL can not be zero or negative: ${seconds.value}`,
        );
      return;
    }
    const duration = parseDuration(first.text);
    if (!duration.ok || first.text.includes('.')) return;
    const whole = String(Math.max(1, Math.round(duration.value / 1e9)));
    setup.warn(
      'cache-zone',
      first,
      `CoreDNS takes "${first.text}" for a zone and keeps answers of that zone only. Write the seconds as a number: "${whole}".`,
      [replaceWord(first, whole)],
    );
  },
  property(setup, name) {
    if (name.text !== 'disable') return false;
    const [type, ...zones] = setup.cursor.remainingArgs();
    if (type === undefined) {
      setup.refuse(
        'argument-count',
        name,
        '"disable" takes "success" or "denial". Add one of them.',
        setup.argErrText(),
        true,
      );
      return true;
    }
    for (const zone of zones) {
      if (mayBeReplaced(zone) || isDomainName(zone.text)) continue;
      setup.refuse(
        'invalid-value',
        zone,
        `"${zone.text}" is not a zone. Write one such as "example.org".`,
        `invalid disabled zone: ${zone.text}`,
      );
    }
    setup.checkValue({ ...plain, kind: 'enum', values: ['success', 'denial'] }, type, {
      refusal: { message: 'cache type for disable must be "success" or "denial"', namesLine: false },
      rangeRefusal: undefined,
    });
    return true;
  },
};

export const bindHooks: SetupHooks = {
  line(setup, args) {
    for (const word of args) judgeInterface(setup, word);
  },
};

/** Addresses can be judged, names of interfaces cannot: only the machine knows them. */
function judgeInterface(setup: Setup, word: Word): void {
  const { text } = word;
  if (mayBeReplaced(word) || parseAddress(text) !== undefined) return;
  const says = `not a valid IP address or interface name: "${text}"`;
  if (setup.place.isAks && text !== 'lo' && text !== 'eth0') {
    setup.refuse(
      'invalid-value',
      word,
      `"${text}" is neither an IP address nor an interface of the CoreDNS pods of AKS, which have "lo" and "eth0". Write an address.`,
      says,
    );
    return;
  }
  if (/^\d+\.\d+\./.test(text) || text.includes(':') || text.includes('/') || text.length > 15) {
    setup.refuse(
      'invalid-value',
      word,
      `"${text}" is not an IP address. Write an address or the name of an interface.`,
      says,
    );
  } else if (
    !/^(?:lo|(?:eth|en|wl|br|bond|team|tun|tap|wg|veth|docker|cni|cali|flannel|kube|azure|ib|dummy|nodelocaldns|vlan|ppp|utun|bridge)[\w.@-]*)$/.test(
      text,
    )
  ) {
    setup.warn(
      'invalid-value',
      word,
      `"${text}" is not an IP address, and CoreDNS does not start unless the machine has an interface of that name. Write an address.`,
    );
  }
}

export const bufsizeHooks: SetupHooks = {
  line(setup, [size]) {
    if (size === undefined || mayBeReplaced(size)) return;
    const problem = valueProblem({ ...plain, kind: 'int', least: '512', most: '4096' }, size.text);
    if (problem !== undefined) setup.refuseValue(size, { ...problem, error: '' });
  },
};

export const reloadHooks: SetupHooks = {
  line(setup, [interval, jitter]) {
    const isFine =
      interval === undefined ||
      setup.checkValue({ ...plain, kind: 'duration', least: '2s' }, interval, {
        refusal: undefined,
        rangeRefusal: { message: 'interval value must be greater or equal to 2s', namesLine: false },
      });
    if (!isFine || jitter === undefined || !setup.checkValue({ ...plain, kind: 'duration' }, jitter, ofGo)) return;
    const value = parseDuration(jitter.text);
    const takesZero = !setup.isBefore('1.14.2');
    if (!value.ok || value.value >= 1e9 || (takesZero && value.value === 0)) return;
    const limit = takesZero ? '0 or at least 1s' : 'at least 1s';
    setup.refuse(
      'invalid-value',
      jitter,
      `A jitter of ${jitter.text} does not work. Write ${limit}.`,
      `jitter value must be ${takesZero ? '0 or ' : ''}greater or equal to 1s`,
    );
  },
};

export const dns64Hooks: SetupHooks = {
  line(setup, args) {
    for (const word of args) judgePrefix(setup, word);
  },
  property(setup, name) {
    if (name.text !== 'prefix') return false;
    if (setup.cursor.nextArg()) judgePrefix(setup, setup.cursor.word);
    else
      setup.refuse(
        'argument-count',
        name,
        '"prefix" takes PREFIX, and nothing stands here. Add it.',
        setup.argErrText(),
        true,
      );
    return true;
  },
};

function judgePrefix(setup: Setup, word: Word): void {
  if (mayBeReplaced(word)) return;
  const problem = valueProblem({ ...plain, kind: 'ipv6-cidr' }, word.text);
  if (problem === undefined) return;
  const isIPv4 = parseCidr(word.text);
  const says =
    isIPv4.ok && isIPv4.cidr.family === 4 ? `invalid netmask 32 IPv6 address: "${word.text}"` : problem.error;
  setup.refuse('invalid-value', word, problem.message, says, isIPv4.ok);
}

export const dnstapHooks: SetupHooks = {
  line(setup, args) {
    if (setup.isBefore('1.13.0')) return;
    const limits = [
      ['WRITEBUFFER', 'MultipleTcpWriteBuf', 1024, ' (MiB units)'],
      ['QUEUE', 'MultipleQueue', 4096, ' (x10k messages)'],
    ] as const;
    for (const [index, [, name, most, unit]] of limits.entries()) {
      const word = args[index + 2];
      if (word === undefined) return;
      const isFine = setup.checkValue({ ...plain, kind: 'int', least: '1', most: String(most) }, word, {
        refusal: { message: `dnstap: invalid ${name} "{v}": {err}`, namesLine: true },
        rangeRefusal: { message: `dnstap: ${name} must be between 1 and ${most}${unit}: {v}`, namesLine: true },
      });
      if (!isFine) return;
    }
  },
  passesOver: () => true,
};

export const loadbalanceHooks: SetupHooks = {
  line(setup, args) {
    const [policy, file, surplus] = args;
    if (policy === undefined || mayBeReplaced(policy)) return;
    const isRecent = !setup.isBefore('1.10.1');
    if (policy.text === 'round_robin') {
      if (file !== undefined) {
        setup.refuse(
          'argument-count',
          file,
          `"round_robin" takes nothing behind it. Remove "${file.text}".`,
          isRecent ? 'unknown property for round_robin' : setup.argErrText(),
          true,
        );
      }
    } else if (policy.text === 'weighted' && isRecent) {
      if (file === undefined)
        setup.refuse(
          'argument-count',
          policy,
          '"weighted" takes a file of weights. Add its path.',
          'missing weight file argument',
          true,
        );
      else if (surplus !== undefined)
        setup.refuse(
          'argument-count',
          surplus,
          `"weighted" takes one file. Remove "${surplus.text}".`,
          'unexpected argument(s)',
          true,
        );
    } else if (args.length > 1 && !isRecent) {
      // It goes on with whatever follows as if that were another line.
      if (!setup.cursor.hasMore)
        setup.refuse(
          'argument-count',
          policy,
          `CoreDNS ${setup.version} takes "round_robin" alone. Remove the rest.`,
          setup.argErrText(),
          true,
        );
    } else {
      setup.checkValue(
        { ...plain, kind: 'enum', values: isRecent ? ['round_robin', 'weighted'] : ['round_robin'] },
        policy,
        { refusal: { message: 'unknown policy: {v}', namesLine: false }, rangeRefusal: undefined },
      );
    }
  },
  property(setup, name) {
    const isWeighted = setup.lineArgs[0]?.text === 'weighted';
    if (setup.isBefore('1.12.4')) {
      if (isWeighted) return false;
      setup.warn(
        'unknown-property',
        name,
        `CoreDNS ${setup.version} reads no block behind this policy. Remove "${name.text}".`,
      );
      setup.skipLine();
      return true;
    }
    if (name.text !== (isWeighted ? 'prefer' : 'reload')) return false;
    const policy = isWeighted ? 'round_robin' : 'weighted';
    setup.refuse(
      'unknown-property',
      name,
      `Only "${policy}" takes "${name.text}". Remove it.`,
      `unknown property '${name.text}'`,
      true,
    );
    setup.skipLine();
    return true;
  },
};

export const traceHooks: SetupHooks = {
  line(setup, args) {
    const [type] = args;
    if (args.length !== 2 || type === undefined || mayBeReplaced(type)) return;
    setup.checkValue({ ...plain, kind: 'enum', values: ['zipkin', 'datadog'], ignoresCase: true }, type, {
      refusal: { message: `tracing endpoint type '${type.text.toLowerCase()}' is not supported`, namesLine: false },
      rangeRefusal: undefined,
    });
  },
  passesOver: () => true,
};

export const timeoutsHooks: SetupHooks = {
  end(setup, name) {
    if (setup.seen.size > 0 || setup.problems.length > 0) return;
    setup.refuse(
      'argument-count',
      name,
      '"timeouts" sets none. Add read, write or idle and a duration to its block.',
      'timeouts block with no timeouts specified',
      true,
    );
  },
};

export const tsigHooks: SetupHooks = {
  property(setup, name) {
    if (name.text !== 'require' && name.text !== 'require_opcode') return false;
    const index = setup.cursor.index;
    const args = setup.cursor.remainingArgs();
    const isOpcode = name.text === 'require_opcode';
    if (/^(?:all|none)$/.test(args[0]?.text ?? '')) return true;
    for (const word of args) {
      if (
        mayBeReplaced(word) ||
        (isOpcode ? /^(?:QUERY|IQUERY|STATUS|NOTIFY|UPDATE)$/.test(word.text) : queryTypes.has(word.text))
      )
        continue;
      setup.refuse(
        'invalid-value',
        word,
        `"${word.text}" is not ${isOpcode ? 'an operation. Write one such as "QUERY"' : 'a record type. Write one such as "AAAA"'}, or "all" or "none".`,
        setup.argErrText(),
        true,
      );
    }
    setup.cursor.rewind(index);
    return false;
  },
};

export const onHooks: SetupHooks = {
  line(setup, [event]) {
    if (event === undefined || mayBeReplaced(event)) return;
    if (!/^(?:startup|shutdown|certrenew)$/i.test(event.text)) {
      setup.refuse(
        'invalid-value',
        event,
        `"${event.text}" is no event. Use startup, shutdown or certrenew.`,
        `Wrong event name or event not supported: '${event.text}'`,
        true,
      );
    }
  },
};

export const autopathHooks: SetupHooks = {
  line(setup, args) {
    const resolver = args.at(-1);
    if (resolver === undefined || mayBeReplaced(resolver) || resolver.text.startsWith('@')) return;
    const says = `failed to parse "${resolver.text}": open ${resolver.text}: no such file or directory`;
    if (resolver.text.includes('/')) {
      judgeFile(setup, resolver, says);
      return;
    }
    const message = `CoreDNS takes "${resolver.text}" for a file with search domains. Write "@${resolver.text}" for a plugin, or a path.`;
    const fixes = [replaceWord(resolver, `@${resolver.text}`)];
    // Nobody calls a file like a plugin, and in the container of AKS there is none but by its path.
    if (setup.place.isAks || pluginFacts(resolver.text) !== undefined) {
      setup.refuse('invalid-value', resolver, message, says, false, fixes);
    } else {
      setup.warn('invalid-value', resolver, message, fixes);
    }
  },
};

export const geoipHooks: SetupHooks = {
  line(setup, [file]) {
    if (file !== undefined)
      judgeFile(setup, file, `failed to open database file: open ${file.text}: no such file or directory`, true);
  },
};

export const tlsHooks: SetupHooks = {
  line(setup, args) {
    const [certificate] = args;
    if (certificate !== undefined && args.length > 1)
      judgeFile(setup, certificate, `could not load TLS cert: open ${certificate.text}: no such file or directory`);
  },
};

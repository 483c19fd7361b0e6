import { nearestWord } from '../../base/near-miss.ts';
import { parseAddress } from '../../net/address.ts';
import { parseCidr } from '../../net/cidr.ts';
import type { ArgumentSyntax } from '../coredns-syntax.ts';
import { newestAksCoredns } from '../dns-queries.ts';
import { expressionProblem } from './expression.ts';
import { templateProblem } from './go-template.ts';
import {
  type GoResult,
  goQuote,
  parseBoolean,
  parseDuration,
  parseDurationOrSeconds,
  parseFloatingPoint,
  parseInteger,
  parseUnsigned,
  splitHostPort,
} from './go-values.ts';
import { queryTypes, responseCodes } from './names.ts';
import { parseRegexp } from './regexp.ts';

/** Why CoreDNS refuses a value. */
export interface ValueProblem {
  /** What is wrong and what to do. */
  readonly message: string;
  /** Go's words, which many plugins pass on. */
  readonly error: string;
  /** Whether the value can be read but lies outside the bounds. */
  readonly isOutOfRange: boolean;
  readonly isTooHigh: boolean;
  /** What was most likely meant. */
  readonly replacement: string | undefined;
}

/** Why CoreDNS refuses a value for the argument; undefined where it takes it or nothing is known about the kind. */
export function valueProblem(
  argument: ArgumentSyntax,
  text: string,
  version = newestAksCoredns,
): ValueProblem | undefined {
  switch (argument.kind) {
    case 'duration':
      return durationProblem(argument, text, parseDuration(text));
    case 'duration-or-seconds':
      return durationProblem(argument, text, parseDurationOrSeconds(text));
    case 'int':
      return numberProblem(argument, text, parseInteger(text));
    case 'uint':
      return numberProblem(argument, text, parseUnsigned(text, 64));
    case 'uint32':
      return numberProblem(argument, text, parseUnsigned(text, 32));
    case 'uint16':
      return numberProblem(argument, text, parseUnsigned(text, 16));
    case 'float':
      return numberProblem(argument, text, parseFloatingPoint(text), 'a number');
    case 'percent':
      return percentProblem(argument, text);
    case 'bool': {
      const result = parseBoolean(text);
      return result.ok
        ? undefined
        : bad(`${goQuote(text)} is neither "true" nor "false". Write one of them.`, result.error);
    }
    case 'enum':
      return enumProblem(argument, text);
    case 'rcode':
      return responseCodes.has(text) || responseCodes.has(text.toUpperCase())
        ? undefined
        : wordProblem(text, 'response code', 'NXDOMAIN', responseCodes);
    case 'qtype':
      return queryTypes.has(text) ? undefined : wordProblem(text, 'record type', 'AAAA', queryTypes);
    case 'cidr':
      return cidrProblem(text);
    case 'ipv6-cidr':
      return prefixProblem(text);
    case 'ip':
      return parseAddress(text) === undefined ? addressProblem(text) : undefined;
    case 'hostport':
      return hostPortProblem(text);
    case 'transfer-target':
      return text === '*' ? undefined : hostAddressProblem(text);
    case 'hostport-ip':
      return hostAddressProblem(text);
    case 'regex':
      return regexpProblem(text);
    case 'go-template': {
      const problem = templateProblem(text, version);
      return problem && bad(`CoreDNS cannot read this template: ${problem.error}. Put it right.`, problem.error);
    }
    case 'zone-pair':
      return partsProblem(text, 2);
    case 'zone-triple':
      return partsProblem(text, 3);
    default:
      return undefined;
  }
}

/** What is wrong with the expression that the words of a line form; see `expressionProblem`. */
export function expressionValueProblem(text: string): ValueProblem | undefined {
  const problem = expressionProblem(text);
  return problem && bad(`CoreDNS cannot read this expression: ${problem.error}. Put it right.`, problem.error);
}

/** What is wrong with a regular expression. */
export function regexpProblem(text: string): ValueProblem | undefined {
  const result = parseRegexp(text);
  if (result.ok) return undefined;
  return bad(`This is no regular expression that CoreDNS can read: ${result.error}. Put it right.`, result.error);
}

function durationProblem(argument: ArgumentSyntax, text: string, result: GoResult<number>): ValueProblem | undefined {
  if (!result.ok) {
    if (result.problem === 'no-unit') {
      const fixed = `${text}s`;
      const isFixed = parseDuration(fixed).ok;
      return bad(
        `${goQuote(text)} has no unit. Write "${isFixed ? fixed : '5s'}" for seconds.`,
        result.error,
        isFixed ? fixed : undefined,
      );
    }
    return bad(
      `${goQuote(text)} is not a duration. Write a number with a unit, such as "5s" or "1m30s".`,
      result.error,
    );
  }
  const [least, most] = [bound(argument.least), bound(argument.most)];
  if (least !== undefined && result.value < least) {
    const limit =
      least === 0
        ? 'A duration cannot be negative here'
        : least === 1
          ? `${text} is no time at all`
          : `${text} is too short: it takes at least ${argument.least}`;
    return outOfRange(`${limit}. Write a longer one.`);
  }
  if (most !== undefined && result.value > most)
    return outOfRange(`${text} is too long: it takes at most ${argument.most}. Write a shorter one.`, true);
  return undefined;
}

function bound(text: string): number | undefined {
  const result = parseDuration(text);
  return text !== '' && result.ok ? result.value : undefined;
}

function numberProblem(
  argument: ArgumentSyntax,
  text: string,
  result: GoResult<number>,
  what = 'a whole number',
): ValueProblem | undefined {
  const range = rangeText(argument);
  if (!result.ok) {
    const isNegative = argument.kind.startsWith('uint') && /^-\d+$/.test(text);
    if (isNegative || result.problem === 'range')
      return bad(
        `${text} is out of range. Write ${isNegative ? 'a number from 0 on' : 'a smaller number'}.`,
        result.error,
      );
    return bad(`${goQuote(text)} is not ${what}. Write ${range === '' ? what : `one ${range}`}.`, result.error);
  }
  const isLow = argument.least !== '' && result.value < Number(argument.least);
  const isHigh = argument.most !== '' && result.value > Number(argument.most);
  return isLow || isHigh ? outOfRange(`${text} is out of range. Write ${what} ${range}.`, isHigh) : undefined;
}

function rangeText({ least, most }: ArgumentSyntax): string {
  if (least !== '' && most !== '') return `from ${least} to ${most}`;
  if (least !== '') return `from ${least} on`;
  return most === '' ? '' : `up to ${most}`;
}

function percentProblem(argument: ArgumentSyntax, text: string): ValueProblem | undefined {
  const last = text.slice(-1);
  if (last !== '%') {
    const error = `last character of percentage should be \`%\`, but is: '${last}'`;
    return {
      ...bad(
        `${goQuote(text)} has no percent sign. Write "${text}%".`,
        error,
        /^\d+$/.test(text) ? `${text}%` : undefined,
      ),
    };
  }
  const result = parseInteger(text.slice(0, -1));
  if (!result.ok) return bad(`${goQuote(text)} is not a percentage. Write a whole number and "%".`, result.error);
  if (result.value >= Number(argument.least) && result.value <= Number(argument.most)) return undefined;
  const error = `percentage should fall in range [${argument.least}, ${argument.most}]: ${result.value}`;
  return bad(`${text} is out of range. Write a percentage from ${argument.least}% to ${argument.most}%.`, error);
}

function enumProblem({ values, ignoresCase }: ArgumentSyntax, text: string): ValueProblem | undefined {
  if (values.includes(text)) return undefined;
  if (ignoresCase && values.some((value) => value.toLowerCase() === text.toLowerCase())) return undefined;
  const nearest = nearestWord(
    text.toLowerCase(),
    values.map((value) => value.toLowerCase()),
  );
  const replacement = values.find((value) => value.toLowerCase() === nearest);
  const list = values.length === 1 ? `"${values[0]}"` : `one of ${values.map((value) => `"${value}"`).join(', ')}`;
  const advice = replacement === undefined ? `Write ${list}.` : `Did you mean "${replacement}"?`;
  return bad(
    `${goQuote(text)} is not ${values.length === 1 ? list : 'a value that this takes'}. ${advice}`,
    '',
    replacement,
  );
}

function wordProblem(text: string, what: string, example: string, words: ReadonlySet<string>): ValueProblem {
  const nearest = nearestWord(text.toUpperCase(), words);
  const advice = nearest === undefined ? `Write one such as "${example}".` : `Did you mean "${nearest}"?`;
  return bad(`${goQuote(text)} is not a ${what}. ${advice}`, '', nearest);
}

function cidrProblem(text: string): ValueProblem | undefined {
  if (parseCidr(text).ok) return undefined;
  return bad(
    `${goQuote(text)} is not a network. Write an address and its length, such as "10.0.0.0/8".`,
    `invalid CIDR address: ${text}`,
  );
}

function prefixProblem(text: string): ValueProblem | undefined {
  const result = parseCidr(text);
  if (!result.ok)
    return bad(
      `${goQuote(text)} is not an IPv6 prefix. Write one such as "64:ff9b::/96".`,
      `invalid CIDR address: ${text}`,
    );
  if (result.cidr.family === 4)
    return outOfRange(`${text} is an IPv4 network. Write an IPv6 prefix such as "64:ff9b::/96".`);
  const { length } = result.cidr;
  if (length % 8 === 0 && length >= 32 && length <= 96) return undefined;
  return {
    ...outOfRange(`A prefix of /${length} does not work. Use /32, /40, /48, /56, /64 or /96.`),
    error: `invalid prefix length "${text}"`,
  };
}

function addressProblem(text: string): ValueProblem {
  return bad(`${goQuote(text)} is not an IP address. Write one such as "10.0.0.10".`, '');
}

function hostPortProblem(text: string): ValueProblem | undefined {
  const result = splitHostPort(text);
  if (result.ok) return undefined;
  const isPort = /^\d+$/.test(text);
  const replacement = isPort ? `:${text}` : undefined;
  const advice = isPort ? `Write ":${text}".` : 'Write host and port, such as ":8080".';
  return bad(`${goQuote(text)} is not an address with a port. ${advice}`, result.error, replacement);
}

function hostAddressProblem(text: string): ValueProblem | undefined {
  const result = splitHostPort(text);
  const host = result.ok ? result.value.host : text;
  if (parseAddress(host) !== undefined) return undefined;
  return bad(
    `${goQuote(text)} is not an IP address. CoreDNS resolves no names here; write the address.`,
    `must specify an IP address: \`${host}'`,
  );
}

function partsProblem(text: string, count: number): ValueProblem | undefined {
  const parts = text.split(':');
  if (parts.length >= count && parts.slice(0, count - 1).every(Boolean) && parts.slice(count - 1).join(':') !== '')
    return undefined;
  return bad(
    `${goQuote(text)} lacks ${count === 2 ? 'one of its two parts' : 'some of its three parts'}. Separate them by colons.`,
    '',
  );
}

function bad(message: string, error: string, replacement?: string): ValueProblem {
  return { message, error, isOutOfRange: false, isTooHigh: false, replacement };
}

function outOfRange(message: string, isTooHigh = false): ValueProblem {
  return { message, error: '', isOutOfRange: true, isTooHigh, replacement: undefined };
}

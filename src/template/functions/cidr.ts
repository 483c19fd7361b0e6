import { type Address, addressBits, formatAddress, parseAddress } from '../../net/address.ts';
import {
  addressAt,
  type Cidr,
  cidrSize,
  countSubnets,
  formatCidr,
  hasHostBits,
  makeCidr,
  parseCidr,
  subnetAt,
} from '../../net/cidr.ts';
import { type Data, numberData, objectFromEntries, stringData, type UnknownData } from '../data.ts';
import { readInteger, readText } from './arguments.ts';
import type { CallContext, FunctionTable } from './library.ts';

/**
 * `parseCidr`, `cidrSubnet` and `cidrHost`. Results as documented in the Bicep function reference; what it leaves open
 * (host bits are masked, which indexes exist) follows the .NET library IPNetwork, whose names and results it shares.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-cidr
 */
export const cidrFunctions: FunctionTable = {
  parsecidr: (args, context) => {
    const network = readNetwork(args[0], context);
    return 'kind' in network ? network : describe(network.prefix, context);
  },

  cidrsubnet: (args, context) => {
    const network = readNetwork(args[0], context);
    if ('kind' in network) return network;
    const length = readInteger(args[1], context);
    if (typeof length !== 'number') return length;
    const problem = lengthProblem(network, length);
    if (problem !== undefined) return network.isGuessed ? guessed(context) : context.refuse(1, problem);
    const index = readInteger(args[2], context);
    if (typeof index !== 'number') return index;
    const subnet = subnetAt(network.prefix, length, index);
    if (subnet !== undefined) return stringData(formatCidr(subnet), context.origin);
    if (index >= 0 && network.isGuessed) return guessed(context);
    const count = countSubnets(network.prefix, length);
    const last = count - 1n;
    const range = last === 0n ? 'the only index is 0' : `indexes go from 0 to ${last}`;
    const blocks = count === 1n ? '1 block' : `${count} blocks`;
    return context.refuse(2, `${formatCidr(network.prefix)} holds ${blocks} of /${length}, so ${range}, not ${index}.`);
  },

  cidrhost: (args, context) => {
    const network = readNetwork(args[0], context);
    if ('kind' in network) return network;
    const index = readInteger(args[1], context);
    if (typeof index !== 'number') return index;
    const { prefix, isGuessed } = network;
    if (index < 0) return context.refuse(1, `The host index is ${index}, but indexes start at 0.`);
    // Implementations disagree about prefixes without room for a network and a broadcast address.
    if (addressBits(prefix.family) - prefix.length < 2) {
      return context.unknown('unsupported', 'hosts of so small a prefix are not defined');
    }
    // Index 0 is the address after the network address; the last address of the block is no host.
    const hosts = cidrSize(prefix) - 2n;
    const host = addressAt(prefix, BigInt(index) + 1n);
    if (BigInt(index) < hosts && host !== undefined) return stringData(formatAddress(host), context.origin);
    if (isGuessed) return guessed(context);
    if (prefix.family === 6 && host !== undefined) {
      return context.unknown('unsupported', 'whether the last IPv6 address is a host is not documented');
    }
    return context.refuse(
      1,
      `${formatCidr(prefix)} has ${hosts} hosts, so indexes go from 0 to ${hosts - 1n}, not ${index}.`,
    );
  },
};

interface Network {
  readonly prefix: Cidr;
  /** The text has no length, and the one that its address class implies is taken. */
  readonly isGuessed: boolean;
}

function readNetwork(data: Data | undefined, context: CallContext): Network | UnknownData {
  const text = readText(data, context);
  if (typeof text !== 'string') return text;
  const parameter = data?.origin.parameterDefault;
  // The usual way to say that a parameter is optional: where it counts, a deployment sets it.
  if (text === '' && parameter !== undefined) {
    return context.unknown('parameter-without-default', `parameter "${parameter}" is empty by default`);
  }
  const result = parseCidr(text);
  if (result.ok) return { prefix: result.cidr, isGuessed: false };
  const address = parseAddress(text);
  if (address !== undefined) {
    const prefix = guessPrefix(address);
    return prefix === undefined ? guessed(context) : { prefix, isGuessed: true };
  }
  if (isLenient(text)) return context.unknown('invalid-argument', 'the address prefix is written in an unusual way');
  if (result.problem === 'bad-length') {
    const bits = text.includes(':') ? 128 : 32;
    return context.refuse(0, `"${text}" is not an address prefix: the length after the slash must be 0 to ${bits}.`);
  }
  return context.refuse(0, `"${text}" is not an address prefix such as 10.0.0.0/16.`);
}

/**
 * The prefix of an address that is written without a length. The service takes it and guesses by class; the result is
 * used only where a longer guess would give the same.
 */
function guessPrefix(address: Address): Cidr | undefined {
  if (address.family === 6) return aligned(address, 64);
  const firstByte = Number(address.value >> 24n);
  if (firstByte >= 224) return undefined;
  return aligned(address, firstByte < 128 ? 8 : firstByte < 192 ? 16 : 24);
}

function aligned(address: Address, length: number): Cidr | undefined {
  const prefix = makeCidr(address, length);
  return hasHostBits(prefix) ? undefined : prefix;
}

function guessed(context: CallContext): UnknownData {
  return context.unknown('invalid-argument', 'the address prefix has no length');
}

/** Forms that .NET reads and we do not: blanks around, shortened or zero-padded IPv4, a mask after the slash. */
function isLenient(text: string): boolean {
  if (text !== text.trim()) return true;
  const [address = '', length = ''] = text.split('/');
  const isMask = length.includes('.') && parseAddress(length) !== undefined;
  const isDotted = /^\d{1,4}(\.\d{1,4}){0,3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
  const isShortened = isDotted && parseAddress(address) === undefined;
  return text.split('/').length <= 2 && (isMask || isShortened);
}

function lengthProblem(network: Network, length: number): string | undefined {
  const { prefix } = network;
  const bits = addressBits(prefix.family);
  if (length > bits) return `The length of an IPv${prefix.family} prefix is at most ${bits}, not ${length}.`;
  if (length >= prefix.length) return undefined;
  return `A /${length} block is larger than ${formatCidr(prefix)}, so it cannot be cut out of it.`;
}

function describe(prefix: Cidr, context: CallContext): Data {
  const { origin } = context;
  const address = (value: bigint): Data => stringData(formatAddress({ family: prefix.family, value }), origin);
  const hostBits = BigInt(addressBits(prefix.family) - prefix.length);
  const mask = ((1n << BigInt(prefix.length)) - 1n) << hostBits;
  const entries: [string, Data][] = [
    ['network', address(prefix.first)],
    ['netmask', address(mask)],
  ];
  if (prefix.family === 4) {
    const hasHosts = hostBits >= 2n;
    entries.push(['broadcast', address(prefix.last)]);
    entries.push(['firstUsable', address(hasHosts ? prefix.first + 1n : prefix.first)]);
    entries.push(['lastUsable', hasHosts ? address(prefix.last - 1n) : undocumented(context)]);
  } else {
    entries.push(['firstUsable', address(prefix.first)], ['lastUsable', address(prefix.last)]);
  }
  entries.push(['cidr', numberData(prefix.length, origin)]);
  return objectFromEntries(entries, origin);
}

function undocumented(context: CallContext): UnknownData {
  return context.unknown('unsupported', 'hosts of so small a prefix are not defined');
}

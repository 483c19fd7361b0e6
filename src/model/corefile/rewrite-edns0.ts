import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { parseUnsigned } from './go-values.ts';
import type { Setup } from './setup.ts';

const variables: ReadonlySet<string> = new Set(
  '{qname} {qtype} {client_ip} {client_port} {protocol} {server_ip} {server_port}'.split(' '),
);

/** Judges a rewrite of an EDNS0 option; `at` is the word `edns0`. */
export function judgeEdns0(setup: Setup, at: Word, all: readonly Word[]): void {
  const refuse = (word: Word | undefined, message: string, says: string): void =>
    setup.refuse('rewrite', word ?? at, message, says);
  const [option, action] = all;
  if (option === undefined || action === undefined) {
    refuse(
      at,
      'An edns0 rule takes an option and an action. Write one such as "local set 0xffee abc".',
      'too few arguments for an EDNS0 rule',
    );
    return;
  }
  const verb = action.text.toLowerCase();
  const hasUnset = !setup.isBefore('1.12.3');
  if (!['append', 'replace', 'set'].includes(verb) && !(verb === 'unset' && hasUnset)) {
    refuse(
      action,
      `"${action.text}" is no action. Use set, append, replace${hasUnset ? ' or unset' : ''}.`,
      `invalid action: "${verb}"`,
    );
    return;
  }
  const kind = option.text.toLowerCase();
  if (!['local', 'nsid', 'subnet'].includes(kind)) {
    refuse(option, `"${option.text}" is no EDNS0 option. Use local, nsid or subnet.`, `invalid rule type "${kind}"`);
    return;
  }
  const canRevert = !setup.isBefore('1.11.4');
  const args = verb !== 'unset' && canRevert && all.at(-1)?.text === 'revert' ? all.slice(0, -1) : all;
  const wanted = verb === 'unset' ? (kind === 'local' ? 3 : 2) : kind === 'nsid' ? 2 : 4;
  if (args.length !== wanted) {
    const shape =
      {
        local: verb === 'unset' ? 'CODE' : 'CODE DATA',
        nsid: 'nothing',
        subnet: verb === 'unset' ? 'nothing' : 'BITS4 BITS6',
      }[kind] ?? '';
    const says =
      verb === 'unset'
        ? `${kind} unset action requires exactly ${kind === 'local' ? 'two arguments' : 'one argument'}`
        : kind === 'nsid'
          ? canRevert
            ? 'EDNS0 NSID rules can accept no more than one arg'
            : 'EDNS0 NSID rules do not accept args'
          : `EDNS0 ${kind} rules require ${canRevert ? 'three or four' : 'exactly three'} args`;
    refuse(args[wanted] ?? action, `Behind "${option.text} ${action.text}" belongs ${shape}. Write it so.`, says);
    return;
  }
  const [, , third, fourth] = args;
  const numbers = kind === 'subnet' ? [third, fourth] : kind === 'local' ? [third] : [];
  for (const [index, word] of numbers.entries()) {
    if (word === undefined || mayBeReplaced(word)) continue;
    const result = parseUnsigned(word.text, 16, 0);
    const most = index === 0 ? 32 : 128;
    if (!result.ok) refuse(word, `"${word.text}" is not a number that this takes. Write one from 0 on.`, result.error);
    else if (kind === 'subnet' && result.value > most) {
      refuse(
        word,
        `${word.text} bits are too many. Write at most ${most}.`,
        `invalid IPv${index === 0 ? 4 : 6} bit mask length ${result.value}`,
      );
    } else continue;
    return;
  }
  if (kind !== 'local' || fourth === undefined || mayBeReplaced(fourth)) return;
  const data = fourth.text;
  if (/^\{.*\}$/s.test(data)) {
    if (!variables.has(data) && !/^\{[^/{}]+\/[^{}]+\}$/.test(data)) {
      refuse(
        fourth,
        `"${data}" is no variable. Use one such as {qname}, {client_ip} or {plugin/label}.`,
        `unsupported variable name "${data}"`,
      );
    }
  } else if (data.startsWith('0x') && !/^0x(?:[\da-f]{2})*$/i.test(data)) {
    const invalid = /[^\da-f]/i.exec(data.slice(2))?.[0];
    const says =
      invalid === undefined
        ? 'encoding/hex: odd length hex string'
        : `encoding/hex: invalid byte: U+${invalid.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${invalid}'`;
    refuse(fourth, `"${data}" is not hexadecimal data. Write pairs of digits behind "0x".`, says);
  }
}

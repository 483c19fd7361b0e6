import { parseCidr } from '../../net/cidr.ts';
import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { queryTypes } from './names.ts';
import { replaceWord } from './problem.ts';
import type { Setup, SetupHooks } from './setup.ts';

export const headerHooks: SetupHooks = {
  ignoresCase: true,
  property(setup, name) {
    const text = name.text.toLowerCase();
    const { cursor } = setup;
    const isRule = text === 'query' || text === 'response';
    const isOld = (text === 'set' || text === 'clear') && setup.isBefore('1.13.0');
    if (!isRule && !isOld) {
      const nearest =
        text === 'set' || text === 'clear'
          ? [replaceWord(name, `response ${name.text}`, 'Put "response" before it')]
          : [];
      setup.refuse(
        'invalid-value',
        name,
        `"${name.text}" does not say what it changes. Begin the line with "query" or "response".`,
        `setting up rule: invalid selector=${text} should be query or response`,
        false,
        nearest,
      );
      setup.skipLine();
      setup.seen.set('query', { name, args: [] });
      return true;
    }
    const action = isOld ? name : cursor.nextArg() ? cursor.word : undefined;
    const flags = cursor.remainingArgs();
    setup.seen.set(text, { name, args: flags });
    if (action === undefined) {
      setup.refuse(
        'argument-count',
        name,
        `Nothing stands behind "${name.text}". Write "set" or "clear" and flags.`,
        'setting up rule: no flag action provided',
      );
    } else if (flags.length === 0) {
      setup.refuse(
        'argument-count',
        action,
        `No flag stands behind "${action.text}". Add aa, ra or rd.`,
        'setting up rule: invalid length for flags, at least one should be provided',
      );
    } else if (!/^(?:set|clear)$/i.test(action.text) && !mayBeReplaced(action)) {
      setup.refuse(
        'invalid-value',
        action,
        `"${action.text}" is no action. Use "set" or "clear".`,
        `setting up rule: unknown flag action=${action.text.toLowerCase()}, should be set or clear`,
      );
    } else {
      const bad = flags.find((flag) => !/^(?:aa|ra|rd)$/i.test(flag.text) && !mayBeReplaced(flag));
      if (bad !== undefined)
        setup.refuse(
          'invalid-value',
          bad,
          `"${bad.text}" is no flag that can be changed. Use aa, ra or rd.`,
          `setting up rule: unknown/unsupported flag=${bad.text.toLowerCase()}`,
        );
    }
    return true;
  },
  end(setup, name) {
    if (setup.seen.size > 0) return;
    setup.refuse(
      'argument-count',
      name,
      '"header" has no rule. Add one such as "response set ra" to its block.',
      setup.argErrText(),
      true,
    );
  },
};

export const aclHooks: SetupHooks = {
  ignoresCase: true,
  property(setup, name) {
    const action = name.text.toLowerCase();
    const hasDrop = !setup.isBefore('1.10.1');
    if (!['allow', 'block', 'filter', ...(hasDrop ? ['drop'] : [])].includes(action)) {
      const actions = hasDrop ? "'allow', 'block', 'filter' or 'drop'" : "'allow', 'block', or 'filter'";
      setup.refuse(
        'unknown-property',
        name,
        `"${name.text}" is no action. Use allow, block, filter${hasDrop ? ' or drop' : ''}.`,
        `unexpected token "${name.text}"; expect ${actions}`,
        true,
      );
      setup.skipLine();
      return true;
    }
    const words = setup.cursor.remainingArgs();
    if (words.some((word) => mayBeReplaced(word))) return true;
    judgeSections(setup, words);
    return true;
  },
};

function judgeSections(setup: Setup, words: readonly Word[]): void {
  const isSection = ({ text }: Word): boolean => /^(?:type|net)$/i.test(text);
  for (let i = 0; i < words.length; ) {
    const section = words[i];
    if (section === undefined) return;
    if (!isSection(section)) {
      setup.refuse(
        'invalid-value',
        section,
        `"${section.text}" follows neither "type" nor "net". Put one of them before it.`,
        `unexpected token "${section.text}"; expect 'type | net'`,
        true,
      );
      return;
    }
    const kind = section.text.toLowerCase();
    const start = ++i;
    for (let next = words[i]; next !== undefined && !isSection(next); next = words[i]) i++;
    const values = words.slice(start, i);
    if (values.length === 0) {
      setup.refuse(
        'argument-count',
        section,
        `Nothing stands behind "${section.text}". Add ${kind === 'type' ? 'record types' : 'networks'}, or "*".`,
        `no token specified in "${kind}" section`,
        true,
      );
      return;
    }
    for (const value of values) {
      if (value.text === '*') break;
      if (kind === 'type' ? queryTypes.has(value.text) : parseCidr(networkText(value.text)).ok) continue;
      const upper = value.text.toUpperCase();
      if (kind === 'type') {
        const isCase = queryTypes.has(upper);
        setup.refuse(
          'invalid-value',
          value,
          `"${value.text}" is not a record type. ${isCase ? `Write "${upper}".` : 'Write one such as "AAAA".'}`,
          `unexpected token "${value.text}"; expect legal QTYPE`,
          true,
          isCase ? [replaceWord(value, upper)] : [],
        );
      } else {
        setup.refuse(
          'invalid-value',
          value,
          `"${value.text}" is not a network. Write an address, or one with a length such as "10.0.0.0/8".`,
          `illegal CIDR notation "${networkText(value.text)}"`,
          true,
        );
      }
    }
  }
}

function networkText(text: string): string {
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
}

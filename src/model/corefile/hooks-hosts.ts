import { nearestWord } from '../../base/near-miss.ts';
import { parseAddress } from '../../net/address.ts';
import type { Fix } from '../change.ts';
import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { replaceWord } from './problem.ts';
import type { Setup, SetupHooks } from './setup.ts';

export const hostsHooks: SetupHooks = { line: judgeLine, property: judgeEntry };

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;

const options = ['fallthrough', 'no_reverse', 'ttl', 'reload'];

/** A zone is not what comes first: CoreDNS takes the first word for a file. */
function judgeLine(setup: Setup, [file]: readonly Word[]): void {
  if (file === undefined || mayBeReplaced(file) || file.text.includes('/') || file.text.includes('\\')) return;
  if (
    !/\.$|^[\w-]+(?:\.[\w-]+)+$|^\d+(?:\.\d+){3}$/.test(file.text) ||
    /\.(?:hosts?|txt|conf|db|list|override|server|file)$/i.test(file.text)
  )
    return;
  setup.warn(
    'hosts-file',
    file,
    `CoreDNS takes "${file.text}" for the name of a file, not for a zone. Write the file first, such as "/etc/hosts ${file.text}", or remove it.`,
    [replaceWord(file, `/etc/hosts ${file.text}`, 'Put "/etc/hosts" before it')],
  );
}

/** Any word that is no option begins a line of addresses, until fallthrough ends them. */
function judgeEntry(setup: Setup, name: Word): boolean {
  if (options.includes(name.text)) return false;
  const { cursor } = setup;
  const last = setup.seen.get('fallthrough');
  if (last !== undefined && !setup.place.isTemplated) {
    if (parseAddress(name.text) === undefined) return false;
    const { index } = cursor;
    const names = cursor.remainingArgs();
    cursor.rewind(index);
    const message =
      'This line stands below "fallthrough", which has to be the last of the block. Put the line above it.';
    const fixes = [moveAbove(name, names, last.name)];
    setup.refuse('hosts-entry', name, message, `unknown property '${name.text}'`, true, fixes);
    setup.skipLine();
    return true;
  }
  const names = cursor.remainingArgs();
  if (mayBeReplaced(name) || names.some((word) => mayBeReplaced(word))) return true;
  // Most lines are IPv4: this is faster than reading the number.
  const isAddress = ipv4.test(name.text) || parseAddress(name.text.replace(/%.*$/, '')) !== undefined;
  if (isAddress) {
    if (names.length === 0)
      setup.warn('hosts-entry', name, `No name stands behind ${name.text}, so the line says nothing. Add a name.`);
    return true;
  }
  const nearest =
    nearestWord(name.text.toLowerCase(), options) ?? (/^fall/i.test(name.text) ? 'fallthrough' : undefined);
  if (nearest !== undefined) {
    setup.warn(
      'hosts-entry',
      name,
      `"${name.text}" is not an option, so CoreDNS takes the line for an address and ignores it. Did you mean "${nearest}"?`,
      [replaceWord(name, nearest)],
    );
  } else if (name.text === '{' || name.text === '}') {
    return true;
  } else {
    const swapped = names.find((word) => parseAddress(word.text) !== undefined);
    const advice = swapped === undefined ? 'Write the address first.' : `Write "${swapped.text} ${name.text}".`;
    setup.warn('hosts-entry', name, `"${name.text}" is not an IP address, so CoreDNS ignores the line. ${advice}`);
  }
  return true;
}

/** Writes a line of addresses again above another line, and takes it away where it stands. */
function moveAbove(name: Word, names: readonly Word[], other: Word): Fix {
  const { uri, span } = name.location;
  const end = names.at(-1)?.location.span.end ?? span.end;
  return {
    title: 'Move the line above "fallthrough"',
    applicability: 'unsafe',
    changes: [
      {
        kind: 'insert-lines',
        at: other.location,
        where: 'before',
        like: other.location,
        lines: [[name, ...names].map(({ text }) => text).join(' ')],
      },
      { kind: 'remove-text', target: { uri, span: { start: span.start, end } } },
    ],
  };
}

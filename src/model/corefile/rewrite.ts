import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import { parseUnsigned } from './go-values.ts';
import { queryClasses, queryTypes, responseCodes } from './names.ts';
import { parseRegexp } from './regexp.ts';
import { neverMatches } from './regexp-names.ts';
import { judgeEdns0 } from './rewrite-edns0.ts';
import type { Setup } from './setup.ts';

const matchTypes: ReadonlySet<string> = new Set(['exact', 'prefix', 'suffix', 'substring', 'regex']);
const maxRegexp = 10_000;

/** Judges one rule of `rewrite`; `name` is the word `rewrite`, for what is missing. */
export function judgeRewrite(setup: Setup, name: Word, words: readonly Word[]): void {
  // Where a tool may put several words in the place of one, nothing about their order is known.
  if (words.some((word) => mayBeReplaced(word) && !/^\{[$%]/.test(word.text))) return;
  const refuse = (at: Word | undefined, message: string, says: string): void =>
    setup.refuse('rewrite', at ?? name, message, says);
  const [first] = words;
  if (first === undefined) {
    refuse(
      name,
      'This rewrite says nothing to rewrite. Write a rule such as "name OLD NEW".',
      'no rule type specified for rewrite',
    );
    return;
  }
  const mode = first.text.toLowerCase();
  const hasMode = mode === 'continue' || mode === 'stop';
  const typeWord = hasMode ? words[1] : first;
  const rest = words.slice(hasMode ? 2 : 1);
  if (typeWord === undefined) {
    refuse(
      first,
      `Nothing follows "${first.text}". Write a rule such as "name OLD NEW".`,
      `${mode} rule must begin with a rule type`,
    );
    return;
  }
  const type = typeWord.text.toLowerCase();
  switch (type) {
    case 'answer':
      refuse(
        typeWord,
        'An answer rule belongs behind a name rule. Begin with "name".',
        'response rewrites must begin with a name rule',
      );
      return;
    case 'name':
      judgeName(setup, typeWord, rest);
      return;
    case 'class':
    case 'type':
      judgeClassOrType(typeWord, type, rest);
      return;
    case 'ttl':
      judgeTtl(typeWord, rest);
      return;
    case 'edns0':
      judgeEdns0(setup, typeWord, rest);
      return;
    case 'cname':
      if (!setup.isBefore('1.11.0')) {
        judgeCname(typeWord, rest);
        return;
      }
      break;
    case 'rcode':
      if (!setup.isBefore('1.11.3')) {
        judgeRcode(typeWord, rest);
        return;
      }
      break;
  }
  const since = type === 'cname' ? '1.11.0' : '1.11.3';
  const advice =
    type === 'cname' || type === 'rcode'
      ? `came with CoreDNS ${since}, but ${setup.version} is assumed here. Remove the rule, or state the version that you run.`
      : 'is no kind of rewrite. Use name, class, type, ttl, cname, rcode or edns0.';
  refuse(typeWord, `"${typeWord.text}" ${advice}`, `invalid rule type "${first.text}"`);

  function judgeClassOrType(at: Word, what: 'class' | 'type', args: readonly Word[]): void {
    if (args.length !== 2) {
      refuse(
        args[2] ?? at,
        `A ${what} rule takes FROM and TO, but this one has ${args.length} words. Write two.`,
        `${what} rules must have exactly two arguments`,
      );
      return;
    }
    const bad = args.find(
      ({ text }) => !(what === 'class' ? queryClasses : queryTypes).has(text.toUpperCase()) && !mayBeReplaced(text),
    );
    if (bad !== undefined)
      refuse(
        bad,
        `"${bad.text}" is not a DNS ${what}. Write one such as "${what === 'class' ? 'IN' : 'AAAA'}".`,
        `invalid ${what} "${bad.text.toUpperCase()}"`,
      );
  }

  /** Reports a match type that does not exist, or a pattern that cannot be read. */
  function judgeMatch(matchType: Word, pattern: Word, what: string, says: string): void {
    const kind = matchType.text.toLowerCase();
    if (mayBeReplaced(matchType)) return;
    if (!matchTypes.has(kind)) {
      refuse(
        matchType,
        `"${matchType.text}" is no way to match a name. Use exact, prefix, suffix, substring or regex.`,
        says,
      );
    } else if (kind === 'regex') {
      judgeRegexp(setup, pattern, (error) =>
        what === 'cname'
          ? `invalid cname rewrite regex pattern: error parsing regexp: ${error}`
          : `invalid regex pattern in a ${what} rule: ${pattern.text}`,
      );
    }
  }

  function judgeTtl(at: Word, args: readonly Word[]): void {
    if (args.length < 2) {
      refuse(
        at,
        'A ttl rule takes a name and seconds. Add what is missing.',
        `too few (${args.length}) arguments for a ttl rule`,
      );
      return;
    }
    const value = args.length === 2 ? args[1] : args.length === 3 ? args[2] : undefined;
    if (value === undefined) {
      refuse(
        args[3],
        'A ttl rule takes a way to match, a name and seconds, and this is one word too many. Remove it.',
        "invalid TTL '' for a ttl rule",
      );
      return;
    }
    if (!mayBeReplaced(value) && !isTtl(value.text)) {
      refuse(
        value,
        `"${value.text}" is not a lifetime. Write seconds such as "30", or a range such as "30-300".`,
        `invalid TTL '${value.text}' for a ttl rule`,
      );
    } else if (args.length === 3 && args[0] !== undefined && args[1] !== undefined) {
      judgeMatch(
        args[0],
        args[1],
        'ttl',
        'ttl rule supports only exact, prefix, suffix, substring, and regex name matching',
      );
    }
  }

  function judgeRcode(at: Word, args: readonly Word[]): void {
    if (args.length < 3 || args.length > 4) {
      const says =
        args.length < 3
          ? `too few (${args.length}) arguments for a rcode rule`
          : "invalid matching RCODE '' for a rcode rule";
      refuse(args[4] ?? at, 'An rcode rule takes a name and two response codes. Write it so.', says);
      return;
    }
    const codes = args.slice(-2);
    for (const [index, code] of codes.entries()) {
      const number = parseUnsigned(code.text, 32);
      if (mayBeReplaced(code) || responseCodes.has(code.text.toUpperCase()) || (number.ok && number.value <= 23))
        continue;
      refuse(
        code,
        `"${code.text}" is not a response code. Write one such as "NXDOMAIN".`,
        `invalid ${index === 0 ? 'matching' : 'replacement'} RCODE '${code.text}' for a rcode rule`,
      );
      return;
    }
    if (args.length === 4 && args[0] !== undefined && args[1] !== undefined) {
      judgeMatch(
        args[0],
        args[1],
        'rcode',
        'rcode rule supports only exact, prefix, suffix, substring, and regex name matching',
      );
    }
  }

  function judgeCname(at: Word, args: readonly Word[]): void {
    if (args.length !== 2 && args.length !== 3) {
      refuse(
        args[3] ?? at,
        'A cname rule takes FROM and TO, and a way to match before them. Write it so.',
        `too few (${args.length}) arguments for a cname rule`,
      );
    } else if (args.length === 3 && args[0] !== undefined && args[1] !== undefined) {
      // CoreDNS read the pattern only when a query came, up to this version.
      const isLate = setup.isBefore('1.14.0') && args[0].text.toLowerCase() === 'regex';
      if (!isLate) judgeMatch(args[0], args[1], 'cname', `unknown cname rewrite type: ${args[0].text.toLowerCase()}`);
    }
  }
}

/** Reports a pattern that is too long or cannot be read; the number of its groups otherwise. */
function judgeRegexp(setup: Setup, pattern: Word, says: (error: string) => string): number | undefined {
  if (mayBeReplaced(pattern)) return undefined;
  if (pattern.text.length > maxRegexp && !setup.isBefore('1.14.0')) {
    setup.refuse(
      'rewrite-regex',
      pattern,
      `This pattern has ${pattern.text.length} characters. CoreDNS takes at most ${maxRegexp}.`,
      `regex pattern too long: ${pattern.text.length} > ${maxRegexp}`,
    );
    return undefined;
  }
  const result = parseRegexp(pattern.text);
  if (result.ok) return result.groups;
  setup.refuse(
    'rewrite-regex',
    pattern,
    `This is no regular expression that CoreDNS can read: ${result.error}. Put it right.`,
    says(result.error),
  );
  return undefined;
}

function judgeName(setup: Setup, at: Word, args: readonly Word[]): void {
  const refuse = (word: Word | undefined, message: string, says: string): void =>
    setup.refuse('rewrite', word ?? at, message, says);
  const [first, second, third] = args;
  if (first === undefined || second === undefined) {
    refuse(at, 'A name rule takes FROM and TO. Add what is missing.', 'too few arguments for a name rule');
    return;
  }
  if (third === undefined) {
    if (matchTypes.has(first.text.toLowerCase())) {
      setup.warn(
        'rewrite',
        first,
        `Only one name follows "${first.text}", so CoreDNS rewrites the name "${first.text}" itself. Add the name that is to be rewritten.`,
      );
    }
    judgeGroups(setup, second, first, true);
    return;
  }
  const matchType = first.text.toLowerCase();
  if (args.length > 3) judgeAnswers(setup, matchType, args.slice(3), refuse);
  if (mayBeReplaced(first)) return;
  if (!matchTypes.has(matchType)) {
    if (args.length === 3 || matchTypes.size === 0) {
      refuse(
        first,
        `"${first.text}" is no way to match a name. Use exact, prefix, suffix, substring or regex, or write two names only.`,
        `name rule supports only exact, prefix, suffix, substring, and regex name matching, received: ${matchType}`,
      );
    }
    return;
  }
  if (matchType === 'regex') {
    judgeGroups(setup, second, third, false);
    const never = mayBeReplaced(second) ? undefined : neverMatches(second.text);
    if (never !== undefined) setup.warn('rewrite-regex', second, never.message, never.fixes(second), never.severity);
  } else if (matchType === 'exact') {
    judgeGroups(setup, third, second, true);
  }
}

/** Reports groups such as `{2}` in `to` that `from` does not have. `isSilent`: the pattern is a plain name. */
function judgeGroups(setup: Setup, from: Word, to: Word, isSilent: boolean, says = ''): void {
  if (mayBeReplaced(from)) return;
  const result = parseRegexp(from.text);
  const prefix = says === '' ? '' : `${says}: `;
  if (!result.ok && isSilent && /\{\d+\}/.test(from.text)) {
    const message = `"${from.text}" uses groups, but only a regex rule has any. Write "regex" before the names.`;
    setup.refuse('rewrite-regex', from, message, `invalid regex matching pattern: ${from.text}`);
    return;
  }
  if (!result.ok) {
    judgeRegexp(setup, from, () => `${prefix}invalid regex matching pattern: ${from.text}`);
    return;
  }
  if (judgeRegexp(setup, from, () => '') === undefined && from.text.length > maxRegexp) return;
  const used = new Set((to.text.match(/\{(?:\d|[1-9]\d|100)\}/g) ?? []).map(String)).size;
  if (mayBeReplaced(to)) return;
  const count = result.groups === 1 ? '1 group' : `${result.groups} groups`;
  if (used <= result.groups) {
    // CoreDNS counts the groups that are used and not which they are.
    const beyond = /\{(\d+)\}/g;
    const missing = [...to.text.matchAll(beyond)].find(([, index]) => Number(index) > result.groups)?.[0];
    if (missing !== undefined && !isSilent) {
      const message = `The pattern has ${count}, so "${missing}" stays in the name as it is. Number the groups from {1}.`;
      setup.warn('rewrite-regex', to, message);
    }
    return;
  }
  const message = isSilent
    ? `"${to.text}" uses groups, but only a regex rule has any. Write "regex" before the names.`
    : `"${to.text}" uses ${used} different groups, but the pattern has ${count}. Add groups in parentheses, or use fewer.`;
  setup.refuse(
    'rewrite-regex',
    to,
    message,
    `${prefix}the rewrite regex pattern (${to.text}) uses more subexpressions than its corresponding matching regex pattern (${from.text})`,
  );
}

function judgeAnswers(
  setup: Setup,
  matchType: string,
  args: readonly Word[],
  refuse: (word: Word | undefined, message: string, says: string) => void,
): void {
  const [first] = args;
  if (first === undefined) return;
  if (args.length < 2) {
    refuse(
      first,
      `"${first.text}" is one word too many for a ${matchType} rule. Remove it, or write a whole answer rule such as "answer auto".`,
      `invalid arguments for ${matchType} rule`,
    );
    return;
  }
  let hasAuto = false;
  let nameRule: Word | undefined;
  for (let i = 0; i < args.length; ) {
    let word = args[i];
    if (i === 0 && word?.text !== 'answer') {
      refuse(
        word,
        `"${word?.text ?? ''}" is one word too many for a ${matchType} rule: only "answer" may follow. Remove it.`,
        `exceeded the number of arguments for a non-answer rule argument for ${matchType} rule`,
      );
      return;
    }
    if (word?.text === 'answer') {
      i++;
      const next = args[i];
      if (next === undefined) {
        refuse(
          word,
          'Nothing follows "answer". Write "auto", or "name" or "value" with FROM and TO.',
          `type missing for answer rule for ${matchType} rule`,
        );
        return;
      }
      word = next;
    }
    if (word === undefined) return;
    i++;
    if (word.text === 'auto') {
      hasAuto = true;
    } else if (word.text === 'name' || word.text === 'value') {
      const [from, to] = [args[i], args[i + 1]];
      if (from === undefined || to === undefined) {
        refuse(
          word,
          `An answer rule of "${word.text}" takes FROM and TO. Add what is missing.`,
          `${word.text} answer rule for ${matchType} rule: 2 arguments required`,
        );
        return;
      }
      judgeGroups(setup, from, to, false, `${word.text} answer rule for ${matchType} rule`);
      if (word.text === 'name') nameRule = word;
      i += 2;
    } else {
      refuse(
        word,
        `"${word.text}" is no kind of answer rule. Use auto, name or value.`,
        `invalid type "${word.text}" for answer rule for ${matchType} rule`,
      );
      return;
    }
  }
  if (hasAuto && nameRule !== undefined) {
    refuse(
      nameRule,
      '"answer auto" already rewrites the names of answers. Remove this rule, or "answer auto".',
      'auto name answer rule cannot be combined with explicit name anwer rules',
    );
  }
}

function isTtl(text: string): boolean {
  const parts = text.split('-');
  if (parts.length === 1) return parseUnsigned(text, 32).ok;
  const [low = '', high = ''] = parts;
  if (parts.length !== 2 || (low === '' && high === '')) return false;
  const [min, max] = [low === '' ? 0 : numberOf(low), high === '' ? 2147483647 : numberOf(high)];
  return min !== undefined && max !== undefined && min <= max;
}

function numberOf(text: string): number | undefined {
  const result = parseUnsigned(text, 32);
  return result.ok ? result.value : undefined;
}

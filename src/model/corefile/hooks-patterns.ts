import type { ArgumentSyntax } from '../coredns-syntax.ts';
import type { Word } from '../dns.ts';
import { mayBeReplaced } from '../dns-queries.ts';
import type { Setup, SetupHooks } from './setup.ts';
import { regexpProblem } from './values.ts';

const duration: ArgumentSyntax = {
  name: 'DURATION',
  kind: 'duration',
  values: [],
  ignoresCase: false,
  least: '',
  most: '',
  min: 1,
  max: 1,
};

export const errorsHooks: SetupHooks = {
  property(setup, name) {
    if (name.text !== 'consolidate') return false;
    const index = setup.cursor.index;
    const [period, pattern, ...options] = setup.cursor.remainingArgs();
    const isRecent = !setup.isBefore('1.14.0');
    if (period === undefined || pattern === undefined || options.length > (isRecent ? 2 : 1)) {
      if (pattern === undefined) {
        setup.cursor.rewind(index);
        return false;
      }
      const surplus = options[isRecent ? 2 : 1] ?? pattern;
      setup.refuse(
        'argument-count',
        surplus,
        `"consolidate" takes DURATION REGEXP [LEVEL]${isRecent ? ' [show_first]' : ''}, and "${surplus.text}" is one too many. Remove it.`,
        setup.argErrText(),
        true,
      );
      return true;
    }
    const names = { refusal: { message: '{err}', namesLine: true }, rangeRefusal: undefined };
    if (!setup.checkValue(duration, period, names)) return true;
    if (judgeLength(setup, pattern)) return true;
    const problem = mayBeReplaced(pattern) ? undefined : regexpProblem(pattern.text);
    if (problem !== undefined)
      setup.refuseValue(pattern, problem, { message: 'error parsing regexp: {err}', namesLine: true });
    else judgeConsolidateOptions(setup, options, isRecent);
    return true;
  },
};

function judgeConsolidateOptions(setup: Setup, options: readonly Word[], isRecent: boolean): void {
  let hasLevel = false;
  let showsFirst = false;
  for (const word of options) {
    if (mayBeReplaced(word)) return;
    if (/^(?:warning|error|info|debug)$/.test(word.text)) {
      if (hasLevel)
        setup.refuse(
          'invalid-value',
          word,
          `A level stands here already. Remove "${word.text}".`,
          'multiple log levels specified in consolidate',
          true,
        );
      else if (showsFirst)
        setup.refuse(
          'invalid-value',
          word,
          'The level stands before "show_first". Swap the two.',
          'log level must come before show_first in consolidate',
          true,
        );
      hasLevel = true;
    } else if (word.text === 'show_first' && isRecent) {
      showsFirst = true;
    } else {
      const says = isRecent
        ? `unknown option in consolidate: ${word.text}`
        : `unknown log level argument in consolidate: ${word.text}`;
      setup.refuse(
        'invalid-value',
        word,
        `"${word.text}" is no level. Use warning, error, info or debug${isRecent ? ', or "show_first"' : ''}.`,
        says,
        true,
      );
    }
  }
}

/** Reports a pattern that is longer than CoreDNS takes since 1.14.0; true where it does. */
function judgeLength(setup: Setup, word: Word): boolean {
  const { text } = word;
  if (text.length <= 10_000 || setup.isBefore('1.14.0')) return false;
  setup.refuse(
    'invalid-value',
    word,
    `This pattern has ${text.length} characters. CoreDNS takes at most 10000.`,
    `regex pattern too long: ${text.length} > 10000`,
    true,
  );
  return true;
}

export const templateHooks: SetupHooks = {
  property(setup, name) {
    if (name.text !== 'match') return false;
    const index = setup.cursor.index;
    for (const pattern of setup.cursor.remainingArgs()) judgeLength(setup, pattern);
    setup.cursor.rewind(index);
    return false;
  },
};

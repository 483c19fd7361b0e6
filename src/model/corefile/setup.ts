import { nearestWord } from '../../base/near-miss.ts';
import type { Fix } from '../change.ts';
import {
  type ArgumentSyntax,
  argumentBounds,
  formatArguments,
  hasProperty,
  type LineSyntax,
  type PluginSyntax,
  type PropertySyntax,
  type ValueRefusal,
} from '../coredns-syntax.ts';
import type { Word } from '../dns.ts';
import { compareVersions, mayBeReplaced } from '../dns-queries.ts';
import type { DirectiveCursor } from './cursor.ts';
import { templateProblem } from './go-template.ts';
import {
  type PluginProblem,
  type ProblemKind,
  removeOption,
  removeWord,
  replaceInside,
  replaceWord,
} from './problem.ts';
import { countText, specialRefusal, unknownPropertyText } from './refusal-texts.ts';
import { SetupReport, StopSignal } from './setup-report.ts';
import { expressionValueProblem, type ValueProblem, valueProblem } from './values.ts';

/** What a plugin does besides what its syntax says; every part is optional. */
export interface SetupHooks {
  /** Judges the arguments of the plugin's own line in place of the general checks of values. */
  line?(setup: Setup, args: readonly Word[]): void;
  /** Judges a property; true where the general checks are not to be made. Arguments are read by `setup.cursor`. */
  property?(setup: Setup, name: Word): boolean;
  /** Judges the whole after the block. */
  end?(setup: Setup, name: Word): void;
  /** Properties are compared without regard to case. */
  readonly ignoresCase?: boolean;
  /** Whether a property that the plugin does not know is passed over silently. */
  passesOver?(version: string): boolean;
}

/** Where the words stand. */
export interface SetupPlace {
  /** The keys of the server block. */
  readonly zones: readonly string[];
  /** Whether a tool decides which lines CoreDNS gets to see. */
  readonly isTemplated: boolean;
  /** Whether the CoreDNS of AKS reads them: then its container is known. */
  readonly isAks: boolean;
}

/** The recorded verdicts on these take options of later releases, whose own sources do not have them. */
function isDisputed(plugin: string): boolean {
  return plugin === 'etcd' || plugin === 'nomad';
}

/** The setup of one plugin in one server block, as CoreDNS does it, but without stopping at the first problem. */
export class Setup extends SetupReport {
  /** The arguments of each property of the instance that is being read. */
  readonly seen = new Map<string, { readonly name: Word; readonly args: readonly Word[] }>();
  /** The arguments on the line of the instance that is being read. */
  lineArgs: readonly Word[] = [];
  /** The property before, and whether it leaves surplus words to be read as properties. */
  private before: PropertySyntax | undefined;
  readonly place: SetupPlace;
  private readonly syntax: PluginSyntax;
  private readonly hooks: SetupHooks;

  constructor(
    plugin: string,
    syntax: PluginSyntax,
    hooks: SetupHooks,
    cursor: DirectiveCursor,
    version: string,
    place: SetupPlace,
  ) {
    super(plugin, cursor, version);
    this.syntax = syntax;
    this.hooks = hooks;
    this.place = place;
  }

  run(): readonly PluginProblem[] {
    try {
      this.instances();
    } catch (error) {
      if (!(error instanceof StopSignal)) throw error;
    }
    return this.problems;
  }

  isBefore(version: string): boolean {
    return compareVersions(this.version, version) < 0;
  }

  private instances(): void {
    const { cursor, syntax } = this;
    if (syntax.loop === 'ignored') return;
    let count = 0;
    while (cursor.next()) {
      const name = cursor.word;
      const isStray = name.text !== this.plugin;
      if (count > 0 && (syntax.loop === 'once' || syntax.loop === 'single')) {
        // A second one by name has a rule of its own.
        if (isStray && this.plugin === 'metadata') cursor.next();
        if (isStray) {
          const isOnce = syntax.loop === 'once';
          const says = isOnce ? 'this plugin can only be used once per Server Block' : this.argErrText();
          this.refuseStray(name, says, isOnce ? undefined : cursor.word);
        }
        return;
      }
      if (isStray && count > 0) this.stray ??= name;
      count++;
      this.instance(name);
      if (syntax.loop === 'first') return;
    }
  }

  private instance(name: Word): void {
    this.seen.clear();
    this.before = undefined;
    const args = this.readArgs(this.syntax.line);
    this.lineArgs = args;
    this.checkCount(name, args, this.syntax.line);
    if (this.hooks.line !== undefined) this.hooks.line(this, args);
    else this.checkValues(this.syntax.line, args);
    if (this.syntax.takesBlock) while (this.cursor.nextBlock()) this.property(this.cursor.word);
    if (!this.place.isTemplated) this.hooks.end?.(this, name);
  }

  private property(name: Word): void {
    const { cursor, hooks } = this;
    if (name.text === 'import' && cursor.isFirstOfLine) {
      // What stands in its place is not known.
      cursor.remainingArgs();
      return;
    }
    if (mayBeReplaced(name)) {
      this.skipLine();
      return;
    }
    const text = hooks.ignoresCase === true ? name.text.toLowerCase() : name.text;
    const property = this.syntax.properties.find((each) => each.name === text);
    if (property === undefined || !hasProperty(property, this.version)) {
      if (hooks.property?.(this, name) === true) return;
      this.unknownProperty(name, property);
      return;
    }
    const before = this.seen.get(property.name);
    if (before !== undefined && property.isOnceOnly && !this.place.isTemplated) {
      const says =
        this.plugin === 'prometheus'
          ? 'tls block already specified'
          : `${name.text} already defined for this server block`;
      this.refuse(
        'repeated-property',
        name,
        `"${name.text}" stands twice in this block. Remove one of the two.`,
        says,
        true,
      );
    }
    if (hooks.property?.(this, name) === true) {
      this.seen.set(property.name, { name, args: [] });
      this.before = undefined;
      return;
    }
    const args = this.readArgs(property.line);
    this.seen.set(property.name, { name, args });
    this.before = property;
    if (this.checkCount(name, args, property.line)) this.checkValues(property.line, args);
  }

  private unknownProperty(name: Word, property: PropertySyntax | undefined): void {
    const says = unknownPropertyText(this.plugin, name.text, this.version, () => this.argErrText());
    const passesOver =
      this.hooks.passesOver?.(this.version) === true || (property?.since !== undefined && isDisputed(this.plugin));
    const surplus = this.before;
    const saysAt = this.cursor.word;
    const isNested = name.text === '{';
    const isSurplus = surplus?.line.surplus === 'next' && !this.cursor.isFirstOfLine && property === undefined;
    const names = this.syntax.properties.filter((each) => hasProperty(each, this.version)).map((each) => each.name);
    const nearest = nearestWord(name.text.toLowerCase(), names);
    const fixes = this.unknownPropertyFixes(name, isSurplus, property?.removedIn !== undefined, nearest);
    const effect = passesOver ? ` CoreDNS passes over it in silence.` : '';
    const message = isSurplus
      ? `${this.takes(surplus.name, surplus.line)}, and "${name.text}" is read as another option. Remove it.`
      : isNested
        ? `"${this.plugin}" takes no blocks inside its block. Remove the braces.`
        : property?.removedIn !== undefined
          ? `"${this.plugin}" has no option "${name.text}" since CoreDNS ${property.removedIn}. Remove the line.`
          : property?.since !== undefined
            ? `The option "${name.text}" of "${this.plugin}" came with CoreDNS ${property.since}, but ${this.version} is assumed here. Remove it, or state the version that you run.`
            : `"${name.text}" is not an option of "${this.plugin}".${effect} ${nearest === undefined ? 'Remove it.' : `Did you mean "${nearest}"?`}`;
    const kind: ProblemKind = isSurplus
      ? 'argument-count'
      : property?.removedIn !== undefined
        ? 'removed-property'
        : 'unknown-property';
    this.report(
      kind,
      name,
      message,
      passesOver ? 'warning' : 'error',
      passesOver ? undefined : says.text,
      says.namesLine ? saysAt : undefined,
      fixes,
    );
    if (isNested && !passesOver) throw new StopSignal();
    this.skipLine();
    this.before = undefined;
  }

  private unknownPropertyFixes(
    name: Word,
    isSurplus: boolean,
    isRemoved: boolean,
    nearest: string | undefined,
  ): readonly Fix[] {
    if (isSurplus) return [removeWord(name)];
    if (!isRemoved) return nearest === undefined ? [] : [replaceWord(name, nearest)];
    const { index } = this.cursor;
    const args = this.cursor.remainingArgs();
    this.cursor.rewind(index);
    return [removeOption(name, args)];
  }

  /** Reads the arguments that a line takes; what is left is read as CoreDNS reads it. */
  readArgs(line: LineSyntax): readonly Word[] {
    if (line.surplus === 'refused-brace') {
      const args: Word[] = [];
      while (this.cursor.nextArg()) args.push(this.cursor.word);
      return args;
    }
    if (line.surplus !== 'next') return this.cursor.remainingArgs();
    const args: Word[] = [];
    const { max } = argumentBounds(line);
    while (args.length < max && this.cursor.nextArg()) {
      if (this.cursor.word.text === '{') {
        this.cursor.rewind(this.cursor.index - 1);
        break;
      }
      args.push(this.cursor.word);
    }
    return args;
  }

  /** Reports too few or too many words; false where the values cannot be judged for it. */
  checkCount(name: Word, args: readonly Word[], line: LineSyntax): boolean {
    const { min, max } = argumentBounds(line);
    if (args.length < min) {
      // A forward without servers has a rule of its own.
      if (this.plugin === 'forward' && line === this.syntax.line) return false;
      // A deployment tool may put several words in the place of one; the environment puts one.
      if (!args.some((arg) => mayBeReplaced(arg) && !/^\{[$%]/.test(arg.text))) {
        const missing = line.args
          .filter((argument) => argument.min > 0)
          .slice(args.length)
          .map((argument) => argument.name);
        this.refuse(
          'argument-count',
          name,
          `${this.takes(name.text, line)}, and ${missing.join(' ') || 'something'} is missing here. Add it.`,
          countText(this.plugin, name.text) ?? this.argErrText(),
          true,
        );
      }
      return false;
    }
    const surplus = args[max];
    const isUpstream = line === this.syntax.line && /^(?:forward|grpc)$/.test(this.plugin);
    if (surplus === undefined || line.surplus === 'ignored' || isUpstream) return true;
    const fixes = surplus.text === '{' ? [] : [removeWord(surplus)];
    const message =
      surplus.text === '{'
        ? `"${name.text}" takes no block. Remove it.`
        : `${this.takes(name.text, line)}, and "${surplus.text}" is one too many. Remove it.`;
    this.refuse(
      'argument-count',
      surplus,
      message,
      this.argErrText(surplus.text === '{' ? surplus : this.cursor.word),
      true,
      fixes,
    );
    return false;
  }

  private takes(name: string, line: LineSyntax): string {
    const text = formatArguments(line);
    return text === '' ? `"${name}" takes no arguments` : `"${name}" takes ${text}`;
  }

  /** Judges the words by the kinds of the arguments that they stand for. */
  checkValues(line: LineSyntax, args: readonly Word[]): void {
    let index = 0;
    for (const [position, argument] of line.args.entries()) {
      const isShort = args.length < argumentBounds(line).min;
      const later = isShort ? 0 : line.args.slice(position + 1).reduce((sum, { min }) => sum + min, 0);
      const stop = Math.min(index + argument.max, args.length - later);
      if (argument.kind === 'expr') {
        this.checkExpression(args.slice(index, stop), line.refusal);
        index = stop;
      }
      for (; index < stop; index++) {
        const word = args[index];
        if (word !== undefined) this.checkValue(argument, word, line);
      }
    }
  }

  /** Judges one word; false where it is refused. */
  checkValue(argument: ArgumentSyntax, word: Word, line: Pick<LineSyntax, 'refusal' | 'rangeRefusal'>): boolean {
    // Templates have braces of their own; only the environment is not known.
    const isTemplate = argument.kind === 'go-template';
    if (isTemplate && !this.place.isTemplated && /\{\{-?\$/.test(word.text)) return this.checkGluedVariable(word);
    const isUnknown = isTemplate ? this.place.isTemplated || /\{[$%]/.test(word.text) : mayBeReplaced(word);
    if (isUnknown) return true;
    const problem = valueProblem(argument, word.text, this.version);
    if (problem !== undefined) {
      const own = specialRefusal(this.plugin, argument.name, problem);
      this.refuseValue(word, problem, own ?? (problem.isOutOfRange ? line.rangeRefusal : line.refusal));
    }
    return problem === undefined;
  }

  /** `{{$x}}` holds `{$x}`, which CoreDNS takes for a reference to the environment and replaces by nothing. */
  private checkGluedVariable(word: Word): boolean {
    const [reference = ''] = /\{\$[^}]*\}/.exec(word.text) ?? [];
    const seen = word.text.replace(/\{\$[^}]+\}/g, '');
    const problem = templateProblem(seen, this.version);
    const message = `CoreDNS takes "${reference}" for an environment variable and puts nothing in its place. Put a space between "{{" and "$".`;
    const fixes = [
      replaceInside(
        word,
        word.text.replace(/\{\{(-?)\$/g, (_, dash: string) => `{{${dash} $`),
        'Put a space before "$"',
      ),
    ];
    if (problem === undefined) this.warn('invalid-value', word, message, fixes);
    else
      this.refuse(
        'invalid-value',
        word,
        message,
        `could not compile template: ${seen}, template: ${problem.error}`,
        true,
        fixes,
      );
    return false;
  }

  private checkExpression(words: readonly Word[], refusal: ValueRefusal | undefined): void {
    const [first] = words;
    if (first === undefined || words.some(mayBeReplaced)) return;
    const problem = expressionValueProblem(words.map(({ text }) => text).join(' '));
    if (problem !== undefined) this.refuseValue(first, problem, refusal);
  }

  refuseValue(word: Word, problem: ValueProblem, refusal?: ValueRefusal): void {
    const says =
      refusal?.message
        .replaceAll('{v}', word.text)
        .replaceAll('{err}', problem.error)
        .replaceAll('{lastToken}', this.cursor.word.text) ?? problem.error;
    const fixes = problem.replacement === undefined ? [] : [replaceWord(word, problem.replacement)];
    const isUnsaid = says === '';
    this.refuse(
      'invalid-value',
      word,
      problem.message,
      isUnsaid ? this.argErrText() : says,
      refusal?.namesLine ?? isUnsaid,
      fixes,
    );
  }

  /** Goes past the rest of the line. */
  skipLine(): void {
    while (this.cursor.nextArg());
  }
}

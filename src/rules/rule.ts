import type { Location } from '../base/span.ts';
import type { Fix } from '../model/change.ts';
import type { Model } from '../model/model.ts';
import type { Origin } from '../model/value.ts';
import type { NamedRanges } from '../net/named-ranges.ts';

export type Severity = 'error' | 'warning' | 'information';

/** What the text at fault is, whatever its severity: on its way out, or without effect. Editors show it struck through or faded. */
export type Tag = 'deprecated' | 'unnecessary';

/** The languages a rule speaks about; `coredns` is ConfigMap YAML and plain Corefiles. */
export type Language = 'bicep' | 'arm' | 'coredns';

/** Facts that a person or a project states and no file declares. */
export interface RuleSettings {
  /** Next hops (IPv4 addresses) whose appliance already allows what AKS nodes need to reach. */
  readonly egressNextHops: readonly string[];
  /** The CoreDNS version to judge by, such as `1.13.1`; undefined stands for the newest that AKS runs. */
  readonly corednsVersion: string | undefined;
  /**
   * Ranges that are taken although no file declares them, such as those of a data centre. Nothing of the files may
   * overlap them, and no fix may propose addresses of them. `statedPrefixes` of `net/` reads them.
   */
  readonly reserved: readonly NamedRanges[];
  /** Networks that the networks of the files are peered with and that no file declares. */
  readonly peeredNetworks: readonly NamedRanges[];
}

/** Settings that say nothing. */
export const defaultRuleSettings: RuleSettings = {
  egressNextHops: [],
  corednsVersion: undefined,
  reserved: [],
  peeredNetworks: [],
};

export interface RelatedPlace {
  readonly at: Location | Origin;
  readonly text: string;
}

/** Messages by id; each takes the rule's own data and returns what is wrong, then what to do. */
export type Messages = Readonly<Record<string, (data: never) => string>>;

/** A finding as the engine gets it: the message is written out. */
export interface Finding {
  /** An origin is reported at the literal that spells the value. */
  readonly at: Location | Origin;
  readonly text: string;
  readonly related: readonly RelatedPlace[];
  /** Best first; computed when someone asks for them. */
  readonly fixes: () => readonly Fix[];
  readonly severity: Severity;
  /** What the service answers to this very mistake, see {@link RuleDefinition.serviceError}. */
  readonly serviceError: string | undefined;
}

/** A finding as a rule reports it, tied to the rule's own messages. */
export type Report<M extends Messages> = {
  [K in keyof M]: {
    /** An origin is reported at the literal that spells the value. */
    readonly at: Location | Origin;
    readonly message: K;
    readonly data: Parameters<M[K]>[0];
    readonly related?: readonly RelatedPlace[];
    /** Best first. A function where computing them takes effort: nobody asks for the fixes of most findings. */
    readonly fixes?: readonly Fix[] | (() => readonly Fix[]);
    /** Where a case is milder or harder than the rule's own severity. */
    readonly severity?: Severity;
  };
}[keyof M];

export interface RuleExample {
  readonly language: Language;
  /** What `aksnet.jsonc` says beside it, where the rule needs that. */
  readonly settings?: Partial<RuleSettings>;
  /** A whole file that makes this rule, and no other, report. */
  readonly bad: string;
  /** The same file put right: no rule reports. */
  readonly good: string;
}

/** What a rule says of itself. */
export interface RuleDescription {
  /** Kebab-case, names the problem, equals the file name. */
  readonly id: string;
  readonly severity: Severity;
  /** Only where it is true of every value that the rule reports. */
  readonly tag?: Tag;
  /** The best fix that the rule ever offers. */
  readonly fixable: 'safe' | 'unsafe' | 'never';
  readonly since: string;
  readonly languages: readonly Language[];
  readonly summary: string;
  /** When the rule reports, in a sentence or two. */
  readonly condition: string;
  readonly why: string;
  readonly examples: readonly RuleExample[];
  readonly references: readonly string[];
}

/** A rule as the engine runs it. */
export interface Rule extends RuleDescription {
  /** All that the service answers to what the rule finds; empty where nothing is documented. */
  readonly serviceErrors: readonly string[];
  check(model: Model, report: (finding: Finding) => void, settings: RuleSettings): void;
}

/** A rule as its file declares it. */
export interface RuleDefinition<M extends Messages> extends RuleDescription {
  readonly messages: M;
  /**
   * The error code with which Azure answers, or the words of CoreDNS, where they are documented: one for all messages, or
   * one for each message that has any.
   */
  readonly serviceError?: string | { readonly [K in keyof M]?: string };
  check(model: Model, report: (finding: Report<M>) => void, settings: RuleSettings): void;
}

/** A rule from its declaration; the type ties `message` and `data` of each report to the rule's own messages. */
export function defineRule<const M extends Messages>(definition: RuleDefinition<M>): Rule {
  const { messages, check, serviceError, ...description } = definition;
  const errorOf = (message: keyof M): string | undefined =>
    typeof serviceError === 'object' ? serviceError[message] : serviceError;
  const write = (finding: Report<M>): string =>
    withoutMiddle((messages[finding.message] as (data: unknown) => string)(finding.data));
  return {
    ...description,
    serviceErrors: distinct(typeof serviceError === 'object' ? Object.values(serviceError) : [serviceError]),
    check: (model, report, settings) =>
      check(
        model,
        (finding) =>
          report({
            at: finding.at,
            text: write(finding),
            related: finding.related ?? [],
            fixes: listOf(finding.fixes),
            severity: finding.severity ?? description.severity,
            serviceError: errorOf(finding.message),
          }),
        settings,
      ),
  };
}

/** Characters of a message: what it quotes of a file may be megabytes long. */
const maxLength = 2_000;

/** A message begins with what is wrong and ends with what to do. */
function withoutMiddle(text: string): string {
  const half = maxLength / 2;
  return text.length <= maxLength ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
}

function listOf(fixes: readonly Fix[] | (() => readonly Fix[]) | undefined): () => readonly Fix[] {
  return typeof fixes === 'function' ? fixes : () => fixes ?? [];
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts)].filter((text) => text !== undefined);
}

import type { Location } from '../base/span.ts';

/** A model value: computed, or not computable with the reason why. Absence is `undefined`, see {@link Property}. */
export type Value<T> = KnownValue<T> | UnknownValue;

export interface KnownValue<T> {
  readonly kind: 'known';
  readonly value: T;
  readonly origin: Origin;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  readonly origin: Origin;
}

/** A property of a resource: a value, or `undefined` where it is proven not to be set. */
export type Property<T> = Value<T> | undefined;

/** Where a model value was written. */
export interface Origin {
  /** The expression that stands in the property. */
  readonly at: Location;
  /**
   * The literal that spells the value: `at` itself, or a variable, parameter default or argument behind it.
   * Strings are without their quotes. Absent when the value is computed (`cidrSubnet()`, interpolation), so no
   * single literal can be edited.
   */
  readonly from?: Location;
  /**
   * The expression that computes the text or number, where parameters, variables or arguments stand between it and `at`.
   * Absent where there is `from`.
   */
  readonly computedAt?: Location;
  /** The module calls that lead to the file of `at`, outermost first; absent in the entry file. */
  readonly via?: readonly Location[];
  /** The parameter whose default the value rests on: a deployment may override it. */
  readonly parameterDefault?: string;
}

/** Why a value is unknown. */
export interface UnknownReason {
  readonly code:
    | 'parameter-without-default'
    | 'deploy-time'
    | 'existing-resource'
    | 'module-output'
    | 'unresolved-name'
    | 'unsupported'
    | 'unknown-condition'
    | 'invalid-argument'
    | 'wrong-type'
    | 'cycle'
    | 'too-large'
    | 'syntax-error'
    | 'templated';
  /** One plain sentence without a full stop, for hovers and `aksnet model`. */
  readonly text: string;
}

/** A list of a resource. `isComplete` is false when further items may exist that are not in `items`. */
export interface Collection<T> {
  readonly items: readonly T[];
  readonly isComplete: boolean;
  /** The literal that holds the items, where one does; new items are appended here. */
  readonly origin?: Origin;
}

/** The place to underline for a value: the literal that spells it, or else the expression that computes it. */
export function valueLocation(origin: Origin): Location {
  return origin.from ?? origin.computedAt ?? origin.at;
}

/** The value if it is known, otherwise undefined: for rules that need nothing but the value. */
export function knownValue<T>(property: Property<T>): T | undefined {
  return property?.kind === 'known' ? property.value : undefined;
}

export function known<T>(value: T, origin: Origin): KnownValue<T> {
  return { kind: 'known', value, origin };
}

export function unknown(reason: UnknownReason, origin: Origin): UnknownValue {
  return { kind: 'unknown', reason, origin };
}

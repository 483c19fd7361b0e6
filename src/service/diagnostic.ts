import type { Location } from '../base/span.ts';
import type { Fix } from '../model/change.ts';
import type { Severity, Tag } from '../rules/rule.ts';

/** One reported finding. */
export interface Diagnostic {
  /** The rule, or `bicep-syntax`, `arm-syntax`, `corefile-syntax`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Absent where the text at fault is neither. */
  readonly tag?: Tag | undefined;
  readonly message: string;
  /** Never spans lines. */
  readonly location: Location;
  readonly related: readonly RelatedInformation[];
  /** Best first; only fixes that can be written as edits. Computed when they are first read. */
  readonly fixes: readonly Fix[];
}

/** A finding as a rule made it, before the settings and the text of its document are looked at. */
export interface RawFinding extends Omit<Diagnostic, 'fixes'> {
  /** The error code with which Azure answers, where one is documented; the message does not tell of it yet. */
  readonly azureError?: string | undefined;
  /** The parameters on whose defaults the finding rests; the message does not tell of them yet. */
  readonly defaults?: readonly string[];
  /** Where the value is used, if it is spelled elsewhere. */
  readonly usedAt?: Location;
  /** The parameter files from which it comes; none where the same is found without one. */
  readonly parameterFiles?: readonly Location[];
  /** Every fix of the rule, whether it can be written or not. */
  readonly listFixes: () => readonly Fix[];
}

export interface RelatedInformation {
  readonly location: Location;
  readonly text: string;
}

import type { Location } from '../base/span.ts';
import type { Fix } from '../model/change.ts';
import type { Severity } from '../rules/rule.ts';

/** One reported finding. */
export interface Diagnostic {
  /** The rule, or `bicep-syntax`, `arm-syntax`, `corefile-syntax`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Never spans lines. */
  readonly location: Location;
  readonly related: readonly RelatedInformation[];
  /** Best first; only fixes that can be written as edits. */
  readonly fixes: readonly Fix[];
}

export interface RelatedInformation {
  readonly location: Location;
  readonly text: string;
}

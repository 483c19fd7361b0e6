import type { Location } from '../base/span.ts';
import type { Fix } from '../model/change.ts';
import type { PluginProblem } from '../model/corefile/problem.ts';
import type { RelatedPlace, Severity } from './rule.ts';

/** The messages of a rule that passes on what the setup of a plugin says. */
export const problemMessages = {
  problem: (d: { text: string }) => d.text,
};

/** A finding as such a rule reports it. */
export interface ProblemReport {
  readonly at: Location;
  readonly message: 'problem';
  readonly data: { readonly text: string };
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  readonly severity: Severity;
}

/** The problem with CoreDNS's own words at the line that CoreDNS names, or at the cause where it names none. */
export function problemReport({ at, message, severity, says, saysAt, fixes }: PluginProblem): ProblemReport {
  const related = says === undefined ? [] : [{ at: (saysAt ?? at).location, text: `CoreDNS says: ${says}` }];
  return { at: at.location, message: 'problem', data: { text: message }, related, fixes, severity };
}

import { compareLocations, type Location } from '../base/span.ts';
import type { Model } from '../model/model.ts';
import { type Origin, valueLocation } from '../model/value.ts';
import type { Finding, Rule } from '../rules/rule.ts';
import type { RawFinding, RelatedInformation } from './diagnostic.ts';
import type { DocumentLanguage } from './parsed-document.ts';
import { relevantRules } from './relevant-rules.ts';
import type { Settings } from './settings.ts';

/** What to do with an exception in a rule: a bug of ours that must not hide the findings of the other rules. */
export type OnRuleFailure = (ruleId: string, uri: string, error: unknown) => void;

/** The findings of all rules of a language over a model, wherever they are; severities and suppressions come later. */
export function runRules(
  language: DocumentLanguage,
  model: Model,
  settings: Settings,
  uri: string,
  onRuleFailure: OnRuleFailure,
): RawFinding[] {
  const found: RawFinding[] = [];
  for (const rule of relevantRules(language, model, settings)) {
    try {
      runRule(rule, model, settings, found);
    } catch (error) {
      onRuleFailure(rule.id, uri, error);
    }
  }
  return found;
}

function runRule(rule: Rule, model: Model, settings: Settings, found: RawFinding[]): void {
  rule.check(
    model,
    (finding) =>
      found.push({
        rule: rule.id,
        severity: finding.severity,
        tag: rule.tag,
        message: finding.text,
        // What CoreDNS says is quoted beside a finding, as it takes more words.
        azureError: rule.languages.includes('coredns') ? undefined : finding.serviceError,
        defaults: defaultsOf(finding),
        location: placeOf(finding.at),
        ...useOf(finding.at),
        related: [
          ...finding.related.map((related) => ({ location: placeOf(related.at), text: related.text })),
          ...usesOf(finding.at),
        ],
        listFixes: finding.fixes,
      }),
    settings,
  );
}

/** The parameters whose defaults take part. */
function defaultsOf({ at, related }: Finding): string[] {
  const places = [at, ...related.map((item) => item.at)];
  return [...new Set(places.flatMap((place) => ('uri' in place ? [] : (place.parameterDefault ?? []))))];
}

function placeOf(at: Location | Origin): Location {
  return 'uri' in at ? at : valueLocation(at);
}

function useOf(at: Location | Origin): Pick<RawFinding, 'usedAt'> {
  return isSpelledElsewhere(at) ? { usedAt: at.at } : {};
}

function isSpelledElsewhere(at: Location | Origin): at is Origin {
  return !('uri' in at) && compareLocations(valueLocation(at), at.at) !== 0;
}

/** A value that is spelled or computed elsewhere is reported there; the place that uses it and the calls that lead to it follow. */
function usesOf(at: Location | Origin): RelatedInformation[] {
  if ('uri' in at) return [];
  const calls = (at.via ?? []).map((location) => ({ location, text: 'The module is called here.' }));
  if (!isSpelledElsewhere(at)) return calls;
  const text =
    at.parameterDefault === undefined || at.from === undefined
      ? 'The value is used here.'
      : `The default of parameter "${at.parameterDefault}" is used here.`;
  return [{ location: at.at, text }, ...calls];
}

/** One finding per rule, place and message, however many resources or entries lead to it; their other places are joined. */
export function distinctDiagnostics(diagnostics: readonly RawFinding[]): RawFinding[] {
  const byKey = new Map<string, RawFinding>();
  for (const diagnostic of diagnostics) {
    const { uri, span } = diagnostic.location;
    const key = `${diagnostic.rule} ${uri} ${span.start} ${span.end} ${diagnostic.message}`;
    const twin = byKey.get(key);
    if (twin === undefined) byKey.set(key, diagnostic);
    else byKey.set(key, join(twin, diagnostic));
  }
  return [...byKey.values()];
}

/** Where one of two files replaces a default and the finding stays, it does not rest on that default. */
function join(a: RawFinding, b: RawFinding): RawFinding {
  return {
    ...a,
    related: joinRelated(a.related, b.related),
    defaults: (a.defaults ?? []).filter((name) => b.defaults?.includes(name)),
    parameterFiles: joinParameterFiles(a.parameterFiles ?? [], b.parameterFiles ?? []),
  };
}

/** A file does not cause what is found without it. */
function joinParameterFiles(a: readonly Location[], b: readonly Location[]): readonly Location[] {
  return a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])];
}

/** Places named beside one finding: a value that a thousand resources use is not listed a thousand times. */
const maxRelated = 20;

function joinRelated(a: readonly RelatedInformation[], b: readonly RelatedInformation[]): RelatedInformation[] {
  const isNew = (item: RelatedInformation): boolean =>
    !a.some((other) => other.text === item.text && compareLocations(other.location, item.location) === 0);
  return [...a, ...b.filter(isNew)].slice(0, maxRelated);
}

import { emptyModel, type Model } from '../model/model.ts';
import { rules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import type { DocumentLanguage } from './parsed-document.ts';
import type { Settings } from './settings.ts';

/** A rule, with one bit for each part of a model that it looks at in an empty one. */
interface Candidate {
  readonly rule: Rule;
  readonly parts: number;
}

const partNames = Object.keys(emptyModel) as (keyof Model)[];
const everyPart = 2 ** partNames.length - 1;

/**
 * The rules of a language that may have something to say of a model. Most look for something that most templates have not
 * got, such as a cluster. Rules depend on nothing but model and settings; so one that looked at some parts of the empty
 * model, and found nothing to report there, does the same over any model in which those parts are empty.
 */
export function relevantRules(language: DocumentLanguage, model: Model, settings: Settings): readonly Rule[] {
  const held = heldParts(model);
  const relevant: Rule[] = [];
  for (const { rule, parts } of candidates(language, settings)) if ((parts & held) !== 0) relevant.push(rule);
  return relevant;
}

function heldParts(model: Model): number {
  let held = 0;
  for (const [index, name] of partNames.entries()) if (model[name].length > 0) held |= 1 << index;
  return held;
}

const known = new WeakMap<Settings, Map<DocumentLanguage, readonly Candidate[]>>();

/** Found out once for the settings, as rules may look further for what they say. */
function candidates(language: DocumentLanguage, settings: Settings): readonly Candidate[] {
  const byLanguage = known.get(settings) ?? new Map<DocumentLanguage, readonly Candidate[]>();
  const found =
    byLanguage.get(language) ??
    rules
      .filter(({ id, languages }) => languages.some((own) => own === language) && settings.severities[id] !== 'off')
      .map((rule) => ({ rule, parts: partsLookedAt(rule, settings) }));
  known.set(settings, byLanguage.set(language, found));
  return found;
}

function partsLookedAt(rule: Rule, settings: Settings): number {
  let parts = 0;
  const watched = new Proxy(emptyModel, {
    get: (model, name) => {
      parts |= 1 << partNames.indexOf(name as keyof Model);
      return model[name as keyof Model];
    },
  });
  let reports = false;
  try {
    rule.check(
      watched,
      () => {
        reports = true;
      },
      settings,
    );
  } catch {
    // The failure is told where the rule runs over a model of somebody's.
    return everyPart;
  }
  return reports ? everyPart : parts;
}

import type { Resource, ResourceReference, Section } from '../model/network.ts';
import type { Collection, Property, Value } from '../model/value.ts';
import type { Prefix } from '../net/prefix.ts';

/**
 * A value as `aksnet model` prints it: known with its text, unknown with the code of its reason and a sentence, or not
 * set. `default` names the parameter whose default the value rests on, which a deployment may override.
 */
export type ValueView =
  | { readonly state: 'known'; readonly text: string; readonly default?: string }
  | { readonly state: 'unknown'; readonly reason: string; readonly text: string }
  | { readonly state: 'absent' };

/** A list; `complete` is false where it may have items that are not here. */
export interface ListView<T> {
  readonly complete: boolean;
  readonly items: readonly T[];
}

/** Plain JSON. */
export type View = string | boolean | ValueView | readonly View[] | { readonly [key: string]: View };

/** An object of plain JSON. */
export interface ObjectView {
  readonly [key: string]: View;
}

/** What is proven not to be set. */
export const absent: ValueView = { state: 'absent' };

/** A property as known, unknown or absent; `textOf` gives the text of what is known. */
export function viewValue<T>(property: Property<T>, textOf: (value: T) => string = String): ValueView {
  if (property === undefined) return absent;
  if (property.kind === 'unknown')
    return { state: 'unknown', reason: property.reason.code, text: property.reason.text };
  const parameter = property.origin.parameterDefault;
  return { state: 'known', text: textOf(property.value), ...(parameter === undefined ? {} : { default: parameter }) };
}

/** An address prefix as it is written. */
export function viewPrefix(property: Property<Prefix>): ValueView {
  return viewValue(property, (prefix) => prefix.text);
}

/** The id of a resource. */
export function viewReference(property: Property<ResourceReference>): ValueView {
  return viewValue(property, (reference) => reference.id);
}

/** A list with each of its items. */
export function viewList<T, V extends View>(
  list: Collection<T>,
  viewItem: (item: T) => V,
): { complete: boolean; items: V[] } {
  return { complete: list.isComplete, items: list.items.map(viewItem) };
}

/** A list of texts. */
export function viewTexts(list: Collection<Value<string>>): View {
  return viewList(list, (value) => viewValue(value));
}

/** A list of address prefixes. */
export function viewPrefixes(list: Collection<Value<Prefix>>): View {
  return viewList(list, viewPrefix);
}

/** A list of resource ids. */
export function viewReferences(list: Collection<Value<ResourceReference>>): View {
  return viewList(list, viewReference);
}

/** Whether an object that groups properties is set. */
export function viewSection(section: Section): ObjectView {
  return { state: section.presence === 'set' ? 'known' : section.presence };
}

/** What every resource has. */
export function viewResource(resource: Resource): ObjectView {
  return {
    type: resource.type,
    name: viewValue(resource.name),
    id: resource.id,
    existing: resource.isExisting,
    condition: resource.deployment.kind === 'always' ? absent : { state: 'known', text: resource.deployment.key },
  };
}

import type { TextEdit } from '../base/text-edit.ts';
import type { TemplateChange } from '../model/change.ts';
import type { BicepFile } from './syntax.ts';

/** The edits that make the change in the file; undefined where it cannot be written there. */
export function renderBicepChange(_file: BicepFile, _change: TemplateChange): readonly TextEdit[] | undefined {
  return undefined;
}

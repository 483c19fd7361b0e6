import type { Location } from '../base/span.ts';
import type { FileLoad } from '../template/template.ts';
import type { DocumentContent } from './parsed-document.ts';
import { resolvePath } from './paths.ts';

/** The files of data that a document loads, with the calls that do. */
export function loadsOf(uri: string, content: DocumentContent): Map<string, Location[]> {
  const calls = new Map<string, Location[]>();
  for (const { path, span } of loadsIn(content)) {
    const target = resolvePath(uri, path);
    if (target !== undefined) calls.set(target, [...(calls.get(target) ?? []), { uri, span }]);
  }
  return calls;
}

/** The first of these calls for each file. */
export function firstLoads(uri: string, content: DocumentContent): Map<string, Location> {
  return new Map([...loadsOf(uri, content)].flatMap(([file, [first]]) => (first === undefined ? [] : [[file, first]])));
}

function loadsIn(content: DocumentContent): readonly FileLoad[] {
  if (content.kind === 'template') return content.template.loads ?? [];
  return content.kind === 'parameters' ? (content.parameters.loads ?? []) : [];
}

import { compareLocations, type Location } from '../base/span.ts';
import type { RawFinding } from './diagnostic.ts';
import type { ParsedDocument } from './parsed-document.ts';
import type { ReferenceIndex } from './references.ts';
import type { Workspace } from './workspace.ts';

/**
 * The findings that a document shows: its own, and those in files that nobody has opened and that may be no documents of
 * their own, where it uses what they speak of or else names the file, which `namedAt` says.
 */
export function findingsToShow(
  workspace: Workspace,
  references: ReferenceIndex,
  { document: { uri }, content }: ParsedDocument,
  namedAt: ReadonlyMap<string, Location>,
  findings: readonly RawFinding[],
): RawFinding[] {
  return findings.flatMap((finding) => {
    const place = finding.location.uri;
    if (place === uri) return [content.kind === 'data' ? withLoaders(finding, references) : finding];
    const name = namedAt.get(place);
    const isModule = name === undefined && workspace.parse(place) !== undefined;
    if (isModule || references.isShown(place)) return [];
    const use = finding.usedAt?.uri === uri ? finding.usedAt : name;
    return use === undefined ? [] : [movedTo(use, finding)];
  });
}

/** Of a value that is loaded with much else and never named it is known only where that happens. */
function withLoaders(finding: RawFinding, references: ReferenceIndex): RawFinding {
  if (finding.usedAt !== undefined) return finding;
  const loaders = references
    .loadersOf(finding.location.uri)
    .map((location) => ({ location, text: 'The file is loaded here.' }));
  return { ...finding, related: [...finding.related, ...loaders] };
}

function movedTo(use: Location, finding: RawFinding): RawFinding {
  const others = finding.related.filter(({ location }) => compareLocations(location, use) !== 0);
  return {
    ...finding,
    // Something else stands at this place.
    tag: undefined,
    location: use,
    related: [{ location: finding.location, text: 'It stands here.' }, ...others],
  };
}

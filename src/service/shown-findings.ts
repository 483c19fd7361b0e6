import { LineIndex } from '../base/line-index.ts';
import { compareLocations, type Location } from '../base/span.ts';
import type { RawFinding } from './diagnostic.ts';
import type { ParsedDocument } from './parsed-document.ts';
import type { ReferenceIndex } from './references.ts';
import { findSuppressions, silencer } from './suppressions.ts';
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
  const uses = new Uses(workspace, references);
  return findings.flatMap((finding) => {
    const place = finding.location.uri;
    if (place === uri) {
      if (content.kind !== 'data') return [finding];
      return uses.areSilenced(finding) ? [] : [withLoaders(finding, references)];
    }
    const name = namedAt.get(place);
    const isModule = name === undefined && workspace.parse(place) !== undefined;
    const use = finding.usedAt?.uri === uri ? finding.usedAt : name;
    if (isModule || use === undefined) return [];
    // What is silenced here is listed for the comment that does it, wherever it would be shown.
    const isHere = references.isData(place) && uses.isSilenced(finding.rule, use);
    return isHere || !(references.isShown(place) || uses.areSilenced(finding)) ? [movedTo(use, finding)] : [];
  });
}

/** The places where templates use what stands in files of data, in which there may be no comments. */
class Uses {
  readonly #workspace: Workspace;
  readonly #references: ReferenceIndex;
  readonly #silencers = new Map<string, ReturnType<typeof silencer>>();

  constructor(workspace: Workspace, references: ReferenceIndex) {
    this.#workspace = workspace;
    this.#references = references;
  }

  /** Whether comments silence a finding in a file of data where it is used, or else wherever that file is loaded. */
  areSilenced({ rule, usedAt, location }: RawFinding): boolean {
    if (!this.#references.isData(location.uri)) return false;
    if (usedAt !== undefined && this.isSilenced(rule, usedAt)) return true;
    const loads = this.#references.loadersOf(location.uri).filter(({ uri }) => uri !== usedAt?.uri);
    return loads.length > 0 && loads.every((load) => this.isSilenced(rule, load));
  }

  isSilenced(rule: string, { uri, span }: Location): boolean {
    const isSilenced = this.#silencers.get(uri) ?? this.#silencerOf(uri);
    this.#silencers.set(uri, isSilenced);
    return isSilenced(rule, span.start);
  }

  #silencerOf(uri: string): ReturnType<typeof silencer> {
    const parsed = this.#workspace.parse(uri);
    if (parsed === undefined) return () => false;
    const { text } = parsed.document;
    const lines = new LineIndex(text);
    return silencer(findSuppressions(parsed.comments, text, lines), lines);
  }
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

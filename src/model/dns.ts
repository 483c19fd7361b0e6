import type { Location } from '../base/span.ts';

/** A Kubernetes ConfigMap that holds Corefile text, as its YAML document spells it. */
export interface ConfigMap {
  readonly name: Text | undefined;
  readonly namespace: Text | undefined;
  /** The value of `kind`, or the first thing in the document: what to underline when something is missing. */
  readonly header: Location;
  readonly metadata: Location | undefined;
  /** The `data` key; undefined where the document has none. */
  readonly data: Location | undefined;
  readonly entries: readonly ConfigMapEntry[];
  readonly problems: readonly ConfigMapProblem[];
}

/** Text of a scalar with its place, quotes excluded. */
export interface Text {
  readonly text: string;
  readonly location: Location;
}

/** One key of a ConfigMap whose value is, or should be, Corefile text. */
export interface ConfigMapEntry {
  readonly key: Text;
  /** What AKS does with the key: pastes it into `.:53`, stands it beside, mounts it as the whole file, or ignores it. */
  readonly role: 'override' | 'server' | 'corefile' | 'ignored';
  /** Whether the key stands under `data`, where Kubernetes reads it. */
  readonly isUnderData: boolean;
  readonly style: 'literal' | 'folded' | 'plain' | 'single-quoted' | 'double-quoted' | 'mapping' | 'missing';
  /** The `|`, `>` ... of a block scalar with its modifiers, or where one belongs. */
  readonly indicator: Location;
  /** Undefined where the value is not text. */
  readonly corefile: Corefile | undefined;
}

/** A shape of the YAML that Kubernetes refuses or misreads. */
export interface ConfigMapProblem {
  readonly kind: 'yaml' | 'metadata-key-missing' | 'too-large';
  readonly message: string;
  readonly location: Location;
}

/** Corefile text parsed as CoreDNS would read it, keeping what CoreDNS would refuse. */
export interface Corefile {
  readonly role: 'override' | 'server' | 'corefile' | 'ignored';
  readonly serverBlocks: readonly ServerBlock[];
  /** Plugins outside any server block: the content of an override. */
  readonly plugins: readonly Plugin[];
  readonly braceProblems: readonly BraceProblem[];
  /** The whole text. */
  readonly location: Location;
}

export interface ServerBlock {
  readonly keys: readonly Word[];
  readonly plugins: readonly Plugin[];
  readonly isSnippet: boolean;
  /** From the first key to the closing brace, or to where the text ends without one. */
  readonly location: Location;
}

/** A directive: the plugin's name, its arguments and its block. */
export interface Plugin {
  readonly name: Word;
  readonly args: readonly Word[];
  /** Undefined where there is no `{`. */
  readonly block: readonly PluginProperty[] | undefined;
  readonly location: Location;
}

/** One line of a plugin's block. */
export interface PluginProperty {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly location: Location;
}

/** A token: `text` after quotes and escapes are taken away, `location` as written with its quotes. */
export interface Word {
  readonly text: string;
  readonly location: Location;
}

/** A `{` without its `}`, or the reverse. */
export interface BraceProblem {
  readonly kind: 'unclosed' | 'unopened' | 'not-at-line-end' | 'glued';
  /** The brace, or the word that it is glued to. */
  readonly location: Location;
  /** For an unclosed block: the plugin or server block that it belongs to. */
  readonly owner: Location | undefined;
  /** Where the missing brace belongs: the last line of the block. */
  readonly insertAfter: Location | undefined;
  /** Nesting depth of the line that the missing brace would close, 0 for a server block in a server key. */
  readonly depth: number;
}

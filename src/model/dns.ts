import type { Location } from '../base/span.ts';

/** A Kubernetes ConfigMap that holds Corefile text, as its YAML document spells it. */
export interface ConfigMap {
  readonly name: Text | undefined;
  readonly namespace: Text | undefined;
  /** The value of `kind`, or the first thing in the document: what to underline when something is missing. */
  readonly header: Location;
  /** The `metadata` key; undefined where the document has none. */
  readonly metadata: Location | undefined;
  /** The `data` key; undefined where the document has none. */
  readonly data: Location | undefined;
  readonly entries: readonly ConfigMapEntry[];
  readonly problems: readonly ConfigMapProblem[];
  /** Whether a tool fills in parts of the document: keys that are not seen here may be there in the end. */
  readonly isTemplated: boolean;
  /** How Kustomize makes it; undefined for a ConfigMap that the document itself spells. */
  readonly generator: ConfigMapGenerator | undefined;
}

/** What a generator of Kustomize does besides listing the keys. */
export interface ConfigMapGenerator {
  /** Whether it adds a hash to the name. */
  readonly isHashed: boolean;
  /** Whether it has options of its own. */
  readonly hasOptions: boolean;
}

/** Text of a scalar with its place, quotes excluded. */
export interface Text {
  readonly text: string;
  readonly location: Location;
}

/** What CoreDNS on AKS does with a text: pastes it into `.:53`, stands it beside, reads it as the whole, or nothing. */
export type CorefileRole = 'override' | 'server' | 'corefile' | 'ignored';

/** One key of a ConfigMap whose value is, or should be, Corefile text. */
export interface ConfigMapEntry {
  readonly key: Text;
  readonly role: CorefileRole;
  /** The mapping that holds the key; Kubernetes reads only `data`. */
  readonly parent: 'data' | 'metadata' | 'document';
  readonly style: 'literal' | 'folded' | 'plain' | 'single-quoted' | 'double-quoted' | 'mapping' | 'file' | 'list-item';
  /** Where a generator of Kustomize reads the text from, relative to its own file; undefined for any other style. */
  readonly path: string | undefined;
  /** Undefined where the value cannot become a block scalar by an indicator alone. */
  readonly indicator: BlockIndicator | undefined;
  /**
   * What the style does to the line breaks: keeps every one, joins lines so that CoreDNS reads something else, or
   * joins them so that CoreDNS refuses the text.
   */
  readonly lineBreaks: 'kept' | 'lost' | 'refused';
  /**
   * The value with every line break kept, whatever the style does to it. Undefined where the value is no text, cannot
   * be carried back to its characters, or stands in a file that was not read.
   */
  readonly corefile: Corefile | undefined;
  /** For the keys of kube-dns, which CoreDNS does not read, the zones that they name; undefined for any other key. */
  readonly kubeDns: readonly StubDomain[] | undefined;
  /** From the key to the end of its value. */
  readonly location: Location;
}

/** A zone with the servers that kube-dns would ask for it. */
export interface StubDomain {
  readonly zone: string;
  readonly servers: readonly string[];
}

/** The `|`, `>` ... of a block scalar with its modifiers, or the empty place where one belongs. */
export interface BlockIndicator {
  readonly location: Location;
  /** What has to stand there for every line break to be kept. */
  readonly literal: string;
}

/** What Kubernetes or Kustomize refuses or misreads. */
export interface ConfigMapProblem {
  readonly kind: 'yaml' | 'duplicate-key' | 'metadata-key-missing' | 'too-large' | 'missing-file';
  /** What is wrong and what to do, ready to show. */
  readonly message: string;
  readonly location: Location;
}

/** Corefile text parsed as CoreDNS would read it, keeping what CoreDNS would refuse. */
export interface Corefile {
  readonly role: CorefileRole;
  readonly serverBlocks: readonly ServerBlock[];
  /** Plugins outside any server block: the content of an override. */
  readonly plugins: readonly Plugin[];
  readonly braceProblems: readonly BraceProblem[];
  /** Whether a tool decides which of its lines CoreDNS gets to see, so that no two of them are known to stand together. */
  readonly isTemplated: boolean;
  /** The whole text. */
  readonly location: Location;
}

export interface ServerBlock {
  readonly keys: readonly Word[];
  readonly plugins: readonly Plugin[];
  /** Whether it is `(name) { ... }`, which acts only where it is imported. */
  readonly isSnippet: boolean;
  /** Whether it has no braces: then it takes everything up to the end of the text as its own. */
  readonly isBraceless: boolean;
  /** From the first key to the closing brace, or to where the block ends without one. */
  readonly location: Location;
}

/** A directive: the plugin's name, its arguments and its block. `import` is one too. */
export interface Plugin {
  readonly name: Word;
  readonly args: readonly Word[];
  /** Undefined where there is no `{`. */
  readonly block: readonly PluginProperty[] | undefined;
  /** Every word as CoreDNS reads it: the name, the arguments, the braces, what is in the block and what stands behind it. */
  readonly words: readonly Word[];
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
  /** One-based line in its Corefile, on which the word begins. */
  readonly line: number;
}

/** A brace that CoreDNS would miss, refuse or read as something else. */
export interface BraceProblem {
  /**
   * `unclosed`: a `{` without its `}`. `unopened`: the reverse. `glued`: a brace that is part of a word.
   * `one-line`: a block whose content stands on the line of its braces. `next-line`: a plugin's `{` below its line.
   * `trailing`: a `}` behind other words. `ownerless`: a `{` that no plugin or zone stands before.
   * `braceless`: a server block without braces although another one follows.
   */
  readonly kind: 'unclosed' | 'unopened' | 'glued' | 'one-line' | 'next-line' | 'trailing' | 'ownerless' | 'braceless';
  /** The brace, or the word that it is glued to. */
  readonly location: Location;
  /** The text at `location`. */
  readonly text: string;
  /** The plugin or first key of the block that the brace belongs to. */
  readonly owner: Word | undefined;
  /** For an unclosed block its last line, behind which the brace belongs; for `next-line` the word before the brace. */
  readonly insertAfter: Location | undefined;
  /** Whether CoreDNS refuses the text for it; otherwise it reads something that was not meant. */
  readonly isRefused: boolean;
  /** Where CoreDNS's own reader gives up, and its words for it. */
  readonly refusal: Refusal | undefined;
}

/** Where CoreDNS gives up on a text, and what it says. */
export interface Refusal {
  readonly message: string;
  readonly location: Location;
}

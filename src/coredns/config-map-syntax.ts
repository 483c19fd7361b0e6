import type { OffsetMap } from '../base/offset-map.ts';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { ConfigMapEntry, ConfigMapGenerator, ConfigMapProblem, CorefileRole } from '../model/dns.ts';
import type { CorefileSyntax } from './corefile-syntax.ts';

/** A ConfigMap as its YAML spells it. Spans count in the file. */
export interface ConfigMapSyntax {
  readonly name: TextSyntax | undefined;
  readonly namespace: TextSyntax | undefined;
  readonly header: Span;
  readonly metadata: Span | undefined;
  readonly data: Span | undefined;
  readonly entries: readonly EntrySyntax[];
  readonly problems: readonly ProblemSyntax[];
  readonly isTemplated: boolean;
  readonly generator: ConfigMapGenerator | undefined;
}

/** Text of a scalar without its quotes. */
export interface TextSyntax {
  readonly text: string;
  readonly span: Span;
}

/** One key that holds, or should hold, Corefile text; see `ConfigMapEntry`. */
export interface EntrySyntax {
  readonly key: TextSyntax;
  readonly role: CorefileRole;
  readonly parent: ConfigMapEntry['parent'];
  readonly style: ConfigMapEntry['style'];
  readonly path: string | undefined;
  readonly indicator: { readonly span: Span; readonly literal: string } | undefined;
  readonly lineBreaks: ConfigMapEntry['lineBreaks'];
  readonly corefile: EmbeddedCorefile | undefined;
  readonly kubeDns: ConfigMapEntry['kubeDns'];
  readonly span: Span;
}

/** A Corefile's tree with the way from its offsets to those of the file. */
export interface EmbeddedCorefile {
  readonly syntax: CorefileSyntax;
  readonly map: OffsetMap;
  /** Whether a tool decides which of its lines there are; then its braces prove nothing. */
  readonly isTemplated: boolean;
}

/** What is wrong with the YAML around the Corefiles. */
export interface ProblemSyntax {
  readonly kind: ConfigMapProblem['kind'];
  readonly message: string;
  readonly span: Span;
}

/** What was read from one YAML file. */
export interface ConfigMapFile {
  readonly configMaps: readonly ConfigMapSyntax[];
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
}

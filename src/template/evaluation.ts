import type { Location } from '../base/span.ts';
import type { Deployment } from '../model/network.ts';
import type { Data, ResourceHandle } from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { Expression } from './expression.ts';
import type { DeploymentScope } from './functions/library.ts';
import type { LoopRounds } from './loops.ts';
import type { ModuleInstance } from './modules.ts';
import type { EvaluatedResource, ResourceBase } from './resources.ts';
import type { Scope } from './scope.ts';
import type { Part, Session } from './session.ts';
import type { LoopDeclaration, ResourceDeclaration, Template } from './template.ts';

/** What a module path leads to. */
export type ResolvedModule =
  | { readonly kind: 'template'; readonly template: Template }
  /** `isMissing`: the file is known not to exist; otherwise it was not, or cannot be, read. */
  | { readonly kind: 'unread'; readonly text: string; readonly isMissing: boolean };

/** A file of plain values. */
export interface DataFile {
  readonly uri: string;
  /** Literals, arrays and objects alone, each at its place; undefined where the text is malformed. */
  readonly value: Expression | undefined;
}

/** The files around a template. Paths are as the file `from` writes them. */
export interface TemplateFiles {
  module(from: string, path: string): ResolvedModule;
  /** Whether a path leads to a file that is known not to exist. */
  isMissing(from: string, path: string): boolean;
  /** The text of any file; undefined where it is not known. */
  text(from: string, path: string): string | undefined;
  /** What a file of JSON or YAML holds; undefined where its text is not known. */
  data(from: string, path: string): DataFile | undefined;
}

/** Where the files around templates come from. */
export interface FileSource {
  /** `read` hears of every URI that an answer depends on. */
  files(read: (uri: string) => void): TemplateFiles;
  /** What stands under a URI now: equal stamps mean that nothing has changed. Undefined while it is not known. */
  stamp(uri: string): string | undefined;
}

export interface EvaluationInput {
  readonly template: Template;
  /** Values given from outside, by name, in lower case for ARM. */
  readonly parameters: ReadonlyMap<string, Data>;
  /** Whether more parameters may be given than are known. */
  readonly isOpen: boolean;
}

/** The resources of a template and of all modules that it deploys. */
export interface EvaluatedTemplate {
  readonly resources: readonly EvaluatedResource[];
  /**
   * Evaluates what reading the resources does not: outputs. To be called after their properties were read; only then is
   * all noted that there is to note.
   */
  finish(): void;
}

/** One template with one set of parameter values: the entry, or one call of a module. */
export interface Evaluation {
  readonly session: Session;
  readonly part: Part;
  readonly template: Template;
  readonly evaluator: Evaluator;
  readonly scope: DeploymentScope;
  /** Whether the template itself is deployed. */
  readonly deployment: Deployment;
  /** URIs of the templates around it, itself included; a module among them would call itself. */
  readonly ancestors: readonly string[];
  readonly callers: readonly Location[];
  readonly keyPrefix: string;
  handleAt(index: number): ResourceHandle | undefined;
  /** Position of the resource that is declared by this symbol inside the resource at `index`. */
  nested(index: number, symbol: string): number | undefined;
  /** Prepares the evaluation of a module. */
  start(input: EvaluationStart): Evaluation;
  /** The resources of the template and of the modules it calls. */
  collect(): EvaluatedResource[];
  /** Evaluates the outputs of the modules it calls. */
  finish(): void;
  /** Names and ids of resources outside of loops, by position. */
  readonly bases: Map<number, ResourceBase>;
  readonly runningResources: Set<number>;
  /** Members of the bodies of resources outside of loops, see `bodyMember`. */
  readonly members: Map<ResourceDeclaration, Map<string, Data | undefined>>;
  readonly moduleInstances: Map<number, readonly ModuleInstance[]>;
  readonly runningModules: Set<number>;
  readonly rounds: Map<LoopDeclaration, LoopRounds>;
}

/** What an evaluation starts from. */
export interface EvaluationStart {
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, Data>;
  readonly isOpen: boolean;
  readonly scope: DeploymentScope;
  readonly deployment: Deployment;
  readonly ancestors: readonly string[];
  readonly callers: readonly Location[];
  readonly keyPrefix: string;
  readonly outer: Evaluator | undefined;
  /** The loop around a nested deployment with outer scope. */
  readonly outerScope?: Scope | undefined;
}

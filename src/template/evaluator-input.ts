import type { Location } from '../base/span.ts';
import type { ArmReferences } from './arm-references.ts';
import type { Data, ResourceHandle } from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { DeploymentScope } from './functions/library.ts';
import type { Imports } from './imports.ts';
import type { Scope } from './scope.ts';
import type { Part } from './session.ts';
import type { Template } from './template.ts';

/** What an evaluator of one template is made from. */
export interface EvaluatorInput {
  readonly template: Template;
  /** Values given from outside, by the name the template declares. */
  readonly parameters: ReadonlyMap<string, Data>;
  /** Reads the files that `load...Content()` names, notes arguments that functions refuse, and pays for the work. */
  readonly part: Part;
  /** Whether more parameters may be given than are known. */
  readonly isOpen: boolean;
  /** Finds a resource or module by its symbolic name. */
  readonly handle: (name: string) => ResourceHandle | undefined;
  /** Finds what `reference()` names in an ARM template. */
  readonly references?: () => ArmReferences;
  /** Finds what the file imports. */
  readonly imports: Imports;
  readonly scope: DeploymentScope;
  /** The module calls that lead to the template, outermost first. */
  readonly callers: readonly Location[];
  /** Tells the unknown parameters of one module call from those of another; empty for the entry file. */
  readonly keyPrefix: string;
  /** The evaluator whose parameters and variables a nested deployment with outer scope sees. */
  readonly outer: Evaluator | undefined;
  /** The `copy` loop that such a deployment stands in. */
  readonly outerScope?: Scope | undefined;
}

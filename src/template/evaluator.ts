import type { Location, Span } from '../base/span.ts';
import type { ExpressionProblem } from '../model/model.ts';
import type { Origin } from '../model/value.ts';
import type { ArmReferences } from './arm-references.ts';
import type { Data, Place } from './data.ts';
import type { Expression } from './expression.ts';
import type { DeploymentScope } from './functions/library.ts';
import type { CopyIndex, Scope } from './scope.ts';
import type { Template } from './template.ts';
import type { Work } from './work.ts';

/** Evaluates the expressions of one template with one set of parameter values. */
export interface Evaluator {
  readonly template: Template;
  evaluate(expression: Expression, scope?: Scope): Data;
  /** The value of a parameter as the template sees it, given or default; undefined when it declares no such name. */
  parameter(name: string): Data | undefined;
  variable(name: string): Data | undefined;
  /** The template whose parameters and variables are seen: for a nested one with outer scope the one around it. */
  readonly seen: Template;
  /** Notes what Resource Manager refuses, unless it stands where it may never be evaluated. */
  note(problem: ExpressionProblem): void;
  /** What both branches of a condition that is not known give: Resource Manager evaluates one of them. */
  evaluateBranches(branches: readonly [Expression, Expression], scope: Scope): readonly [Data, Data];
  /** The declarations that `reference()` can name; undefined where there are none. */
  references(): ArmReferences | undefined;
  /** The index of a `copy` loop around the whole template: that of a nested deployment with outer scope. */
  copyIndex(name: string): CopyIndex | undefined;
  /** The scope that `resourceGroup()` and its like speak of. */
  readonly deploymentScope: DeploymentScope;
  /** Calls a function that the template declares; undefined when it declares no such name. */
  callDeclared(name: string, args: readonly Data[], place: Origin): Data | undefined;
  locate(span: Span): Location;
  /** Pays for an operation on values. */
  startWork(): Work;
  /** The origin of something computed at a place of the template. */
  place(span: Span): Place;
  /** The origin of a literal at a place of the template. */
  literalPlace(span: Span): Place;
}

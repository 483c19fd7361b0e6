import type { Location } from '../../base/span.ts';
import type { Origin } from '../../model/value.ts';
import type { Data, LambdaData, UnknownData } from '../data.ts';
import type { Equals } from '../equality.ts';
import type { DataFile } from '../evaluation.ts';
import type { CallExpression } from '../expression.ts';
import type { Template } from '../template.ts';
import type { Work } from '../work.ts';

/** What a built-in function gets beside its arguments. */
export interface CallContext {
  /** The call itself: the origin of whatever it computes. */
  readonly origin: Origin;
  readonly call: CallExpression;
  /** Where the arguments stand, in order. */
  argumentAt(index: number): Location;
  /** Applies a lambda to arguments. */
  apply(lambda: LambdaData, args: readonly Data[]): Data;
  /** An unknown result: `text` says why, without a full stop. Keeps the call's canonical key. */
  unknown(code: UnknownData['reason']['code'], text: string): UnknownData;
  /**
   * An argument that the service would refuse: noted as a problem at the argument, and the call is unknown.
   * `message` is one or two sentences, ready to show.
   */
  refuse(argument: number, message: string): UnknownData;
  /** The text of a file that the template names; undefined where it is not known. */
  readText(path: string): string | undefined;
  /** The same of the values in a file, see `TemplateFiles`. */
  readData(path: string): DataFile | undefined;
  /** The work of the call, where it may be more than its arguments look like. */
  readonly work: Work;
  /** Compares values. */
  readonly equals: Equals;
  /** Where the template is deployed to; without one, a resource group of which nothing is known. */
  readonly deployment?: DeploymentScope;
}

/**
 * The scope that `resourceGroup()`, `subscription()` and `resourceId()` speak of. A module with its own `scope` has
 * another one than its caller. What is absent here is unknown under its canonical key (`resourceGroup().name`).
 */
export interface DeploymentScope {
  readonly kind: Template['targetScope'];
  readonly subscriptionId?: Data;
  readonly resourceGroupName?: Data;
  readonly managementGroupName?: Data;
}

/**
 * A built-in function of Bicep and ARM templates. It gets evaluated arguments, of which any may be unknown, and returns
 * what can be known of the result; it never throws.
 */
export type BuiltInFunction = (args: readonly Data[], context: CallContext) => Data;

/** Functions of one topic. Names in lower case: ARM looks functions up without regard to case. */
export type FunctionTable = Readonly<Record<string, BuiltInFunction>>;

import type { Deployment } from '../model/network.ts';
import { keyOf } from './data.ts';
import type { Evaluation } from './evaluation.ts';
import type { Expression } from './expression.ts';
import type { Scope } from './scope.ts';

/** What a condition says of deployment; undefined where it is known to be false. */
export function conditionOf(
  evaluation: Evaluation,
  condition: Expression | undefined,
  scope: Scope,
): Deployment | undefined {
  if (condition === undefined) return { kind: 'always' };
  const value = evaluation.evaluator.evaluate(condition, scope);
  if (value.kind === 'boolean') return value.value ? { kind: 'always' } : undefined;
  return { kind: 'conditional', key: keyOf(value) ?? `${evaluation.keyPrefix}condition@${condition.span.start}` };
}

/** The deployment of something that also hangs on what `key` stands for. */
export function conditionalOn(deployment: Deployment, key: string): Deployment {
  return { kind: 'conditional', key: deployment.kind === 'always' ? key : `${deployment.key} && ${key}` };
}

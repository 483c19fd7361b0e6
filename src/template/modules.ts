import type { Deployment } from '../model/network.ts';
import type { Origin } from '../model/value.ts';
import { findProperty } from './access.ts';
import { type Data, objectFromEntries, unknownData } from './data.ts';
import { evaluateModuleScope } from './deployment-scope.ts';
import { conditionalOn, conditionOf } from './deployments.ts';
import type { Evaluation, EvaluationStart } from './evaluation.ts';
import { declarationRounds } from './loops.ts';
import type { EvaluatedResource } from './resources.ts';
import type { Scope } from './scope.ts';
import type { Part } from './session.ts';
import type { ModuleDeclaration, Template } from './template.ts';
import { asItIs, transformData } from './transform.ts';

/** Modules inside each other before the innermost count as not read. */
const maxDepth = 50;

/** One call of a module: for a loop there is one in each round. */
export interface ModuleInstance {
  /** Position of its round in the loop, 0 without one. Rounds whose condition is false have no call. */
  readonly round: number;
  /** What the module deploys, its own modules included. */
  resources(): readonly EvaluatedResource[];
  /** The `outputs` object; open where the module was not read. */
  outputs(place: Origin): Data;
  /** Evaluates the outputs, whether or not anyone asks for them. */
  finish(): void;
}

/** A module with its arguments: the part of a call that does not depend on who calls. */
export interface ModuleCall {
  readonly part: Part;
  resources(): readonly EvaluatedResource[];
  /** Names and values of the outputs; undefined while they are being evaluated. */
  outputs(): readonly (readonly [string, Data])[] | undefined;
  finish(): void;
}

/** The calls of the module at a position; none where it is never deployed. Evaluated once. */
export function evaluateModules(evaluation: Evaluation, index: number): readonly ModuleInstance[] {
  const known = evaluation.moduleInstances.get(index);
  const declaration = evaluation.template.modules[index];
  // A module whose arguments use its own outputs cannot be evaluated; Bicep refuses it.
  if (known !== undefined || declaration === undefined || evaluation.runningModules.has(index)) return known ?? [];
  evaluation.runningModules.add(index);
  try {
    const instances = startModules(evaluation, declaration, index);
    evaluation.moduleInstances.set(index, instances);
    return instances;
  } finally {
    evaluation.runningModules.delete(index);
  }
}

function startModules(evaluation: Evaluation, declaration: ModuleDeclaration, index: number): ModuleInstance[] {
  const template = sourceTemplate(evaluation, declaration);
  if (template === undefined) return [];
  const rounds = declarationRounds(evaluation, declaration.loop);
  const instances: ModuleInstance[] = [];
  for (const [round, scope] of rounds.scopes.entries()) {
    const own = conditionOf(evaluation, declaration.condition, scope);
    if (own === undefined) continue;
    if (round > 0 && !evaluation.part.account.spendModule()) {
      evaluation.part.unreadParts.push(evaluation.evaluator.locate(declaration.nameSpan));
      break;
    }
    const deployment = rounds.isComplete ? own : conditionalOn(own, `loop@${declaration.span.start}`);
    const keyPrefix = `${evaluation.keyPrefix}m${index}.${round}.`;
    instances.push({ round, ...startModule(evaluation, declaration, template, scope, deployment, keyPrefix) });
  }
  return instances;
}

function startModule(
  evaluation: Evaluation,
  declaration: ModuleDeclaration,
  template: Template,
  scope: Scope,
  own: Deployment,
  keyPrefix: string,
): Omit<ModuleInstance, 'round'> {
  const { evaluator } = evaluation;
  const given = declaration.parameters === undefined ? undefined : evaluator.evaluate(declaration.parameters, scope);
  const { deployment: around } = evaluation;
  const isOuter = declaration.source.kind === 'inline' && declaration.source.scope === 'outer';
  const start: EvaluationStart = {
    template,
    parameters: argumentsOf(given, template),
    isOpen: given !== undefined && (given.kind !== 'object' || given.isOpen),
    scope: evaluateModuleScope(evaluator, declaration.scope, scope, evaluation.scope),
    deployment: around.kind === 'always' ? own : conditionalOn(own, around.key),
    ancestors: evaluation.ancestors,
    // Calls inside a template that nobody can look at are part of the call that leads to it.
    callers: evaluation.template.isStandIn
      ? evaluation.callers
      : [...evaluation.callers, evaluator.locate(declaration.nameSpan)],
    keyPrefix,
    ...(isOuter ? { outer: evaluator, outerScope: scope } : { outer: undefined }),
  };
  const call = evaluation.session.call(start, () => callModule(evaluation.start(start)));
  evaluation.part.calls.push(call.part);
  return {
    resources: call.resources,
    outputs: (place) => {
      const outputs = call.outputs();
      if (outputs === undefined) return unknownData('cycle', 'the outputs of the module use themselves', place);
      const entries = outputs.map(([name, value]) => [name, objectFromEntriesOf(evaluation, value, place)] as const);
      return objectFromEntries(entries, place);
    },
    finish: call.finish,
  };
}

/** Everything of a module is evaluated when it is first asked for. */
function callModule(inner: Evaluation): ModuleCall {
  const { part, template } = inner;
  let resources: readonly EvaluatedResource[] | undefined;
  let outputs: readonly (readonly [string, Data])[] | undefined;
  let isRunning = false;
  let isFinished = false;
  const evaluateOutputs = (): readonly (readonly [string, Data])[] | undefined => {
    if (isRunning) return undefined;
    if (outputs !== undefined) return outputs;
    isRunning = true;
    outputs = template.outputs.map(({ name, value }) => [name, inner.evaluator.evaluate(value)] as const);
    isRunning = false;
    part.isReusable = outputs.every(([, value]) => isPlain(value));
    return outputs;
  };
  return {
    part,
    resources: () => {
      resources ??= inner.collect();
      return resources;
    },
    outputs: evaluateOutputs,
    finish: () => {
      if (isFinished) return;
      isFinished = true;
      evaluateOutputs();
      inner.finish();
    },
  };
}

/** Whether nothing in a value can be asked for more than it shows. */
function isPlain(data: Data): boolean {
  let isPlainSoFar = true;
  transformData(data, {
    ...asItIs,
    scalar: (part) => {
      if (part.kind === 'resource' || part.kind === 'lambda') isPlainSoFar = false;
      return part;
    },
  });
  return isPlainSoFar;
}

/** Bicep reads `outputs.x`, ARM `outputs.x.value`. */
function objectFromEntriesOf(caller: Evaluation, value: Data, place: Origin): Data {
  return caller.template.language === 'bicep' ? value : objectFromEntries([['value', value]], place);
}

/** The arguments by the names that the module declares them under. */
function argumentsOf(given: Data | undefined, template: Template): Map<string, Data> {
  const values = new Map<string, Data>();
  if (given?.kind !== 'object') return values;
  for (const { name } of template.parameters) {
    const property = findProperty(given, name);
    if (property !== undefined) values.set(template.language === 'arm' ? name.toLowerCase() : name, property.value);
  }
  return values;
}

/** The template of a module; undefined, with the reason noted, where it is not known. */
function sourceTemplate(evaluation: Evaluation, declaration: ModuleDeclaration): Template | undefined {
  const { source } = declaration;
  const { part, evaluator, ancestors } = evaluation;
  const skip = (): undefined => {
    part.unreadParts.push(evaluator.locate(declaration.nameSpan));
    return undefined;
  };
  if (source.kind === 'unknown' || !part.account.spendModule() || ancestors.length > maxDepth) return skip();
  if (source.kind === 'inline') return source.template;
  const resolved = part.files.module(evaluation.template.uri, source.path);
  const location = evaluator.locate(source.pathSpan);
  if (resolved.kind === 'unread') {
    if (resolved.isMissing && source.isAssumed !== true)
      part.referenceProblems.push({ kind: 'missing', location, path: source.path });
    return skip();
  }
  if (ancestors.includes(resolved.template.uri)) {
    part.referenceProblems.push({ kind: 'cycle', location, path: source.path });
    return skip();
  }
  return resolved.template;
}

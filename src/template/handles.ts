import type { Origin } from '../model/value.ts';
import { type Data, type ResourceHandle, stringData, unknownData, withKeys } from './data.ts';
import type { Evaluation } from './evaluation.ts';
import { declarationRounds, type LoopRounds } from './loops.ts';
import { evaluateModules } from './modules.ts';
import { PropertyList } from './properties.ts';
import { bodyMember, computeBase, type ResourceBase, resourceBase } from './resources.ts';
import { emptyScope, type Scope } from './scope.ts';
import { serviceKey, withServiceValues } from './service-values.ts';
import type { ResourceDeclaration } from './template.ts';
import { asItIs, type Transformation, transformData } from './transform.ts';

/** What expressions can ask about a declared resource. */
export function createResourceHandle(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
): ResourceHandle {
  const isLoop = declaration.loop !== undefined;
  const members: Members = new Map();
  const roundHandles = new Map<number, ResourceHandle>();
  const handleOf = (round: number): ResourceHandle | undefined => {
    const rounds = isLoop ? declarationRounds(evaluation, declaration.loop) : undefined;
    const scope = rounds?.isComplete === true ? rounds.scopes[round] : undefined;
    if (scope === undefined) return undefined;
    const known = roundHandles.get(round);
    if (known !== undefined) return known;
    const own: Members = new Map();
    const handle: ResourceHandle = {
      member: (name, place) =>
        once(own, name, () => {
          const base = computeBase(evaluation, declaration, scope, round);
          return memberOf(evaluation, declaration, index, scope, base, name, place);
        }),
      nested: () => undefined,
      round: () => undefined,
      ...conditionIn(evaluation, declaration, scope),
    };
    roundHandles.set(round, handle);
    return handle;
  };
  return {
    member: (name, place) =>
      isLoop && !['id', 'name', 'type', 'apiVersion'].includes(name)
        ? unknownData('unsupported', 'the round of the loop is not known', place)
        : once(members, name, () =>
            memberOf(evaluation, declaration, index, emptyScope, resourceBase(evaluation, index), name, place),
          ),
    nested: (name) => {
      const found = evaluation.nested(index, name);
      return found === undefined ? undefined : evaluation.handleAt(found);
    },
    round: handleOf,
    ...(isLoop
      ? { rounds: () => allRounds(declarationRounds(evaluation, declaration.loop), handleOf) }
      : conditionIn(evaluation, declaration, emptyScope)),
  };
}

/** The members of one resource that were asked for: evaluating one again would cost as much as its whole body. */
type Members = Map<string, Data>;

function once(members: Members, name: string, compute: () => Data): Data {
  const known = members.get(name);
  if (known !== undefined) return known;
  const value = compute();
  // Inside itself a resource is not known yet; from outside it is.
  if (value.kind !== 'unknown' || value.reason.code !== 'cycle') members.set(name, value);
  return value;
}

/** What expressions can ask about a module. */
export function createModuleHandle(evaluation: Evaluation, index: number): ResourceHandle {
  const declaration = evaluation.template.modules[index];
  const label = declaration?.symbol ?? '';
  const loop = declaration?.loop;
  const scopeOf = (round: number): Scope | undefined => declarationRounds(evaluation, loop).scopes[round];
  const ask = (round: number, name: string, place: Origin): Data => {
    if (name === 'name' && declaration?.name !== undefined) {
      return evaluation.evaluator.evaluate(declaration.name, scopeOf(round));
    }
    if (name !== 'outputs') return unknownData('deploy-time', `"${name}" is known only at deployment`, place);
    const instance = evaluateModules(evaluation, index).find((call) => call.round === round);
    if (instance !== undefined) return instance.outputs(place);
    const isDeployed = conditionIn(evaluation, declaration, scopeOf(round)).condition?.();
    const why = isDeployed?.kind === 'boolean' && !isDeployed.value ? 'is not deployed' : 'was not read';
    return unknownData('module-output', `the module "${label}" ${why}`, place);
  };
  const handles = new Map<number, ResourceHandle>();
  const handleOf = (round: number): ResourceHandle | undefined => {
    if (loop === undefined) return undefined;
    const known = handles.get(round) ?? {
      member: (name, place) => ask(round, name, place),
      nested: () => undefined,
      round: () => undefined,
      ...conditionIn(evaluation, declaration, scopeOf(round)),
    };
    handles.set(round, known);
    return known;
  };
  return {
    member: (name, place) =>
      loop === undefined
        ? ask(0, name, place)
        : unknownData('unsupported', 'the round of the loop is not known', place),
    nested: () => undefined,
    round: handleOf,
    ...(loop === undefined
      ? conditionIn(evaluation, declaration, emptyScope)
      : { rounds: () => allRounds(declarationRounds(evaluation, loop), handleOf) }),
  };
}

/** The condition of one round of a declaration. */
function conditionIn(
  { evaluator }: Evaluation,
  declaration: Pick<ResourceDeclaration, 'condition'> | undefined,
  scope: Scope | undefined,
): Pick<ResourceHandle, 'condition'> {
  const condition = declaration?.condition;
  if (condition === undefined || scope === undefined) return {};
  return { condition: () => evaluator.evaluate(condition, scope) };
}

function allRounds(
  { scopes, isComplete }: LoopRounds,
  handleOf: (round: number) => ResourceHandle | undefined,
): readonly ResourceHandle[] | undefined {
  return isComplete ? scopes.flatMap((_, round) => handleOf(round) ?? []) : undefined;
}

function memberOf(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
  scope: Scope,
  base: ResourceBase,
  name: string,
  place: Origin,
): Data {
  switch (name) {
    case 'id':
      return base.id;
    case 'name':
      return base.name;
    case 'type':
      return stringData(declaration.type, place);
    case 'apiVersion':
      return stringData(declaration.apiVersion ?? '', place);
    default:
      return runtimeMember(evaluation, declaration, index, scope, base, name, place);
  }
}

/** A member as it can be read at deployment: what the body sets, and more that only the service knows. */
function runtimeMember(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
  scope: Scope,
  base: ResourceBase,
  name: string,
  place: Origin,
): Data {
  if (evaluation.runningResources.has(index)) return unknownData('cycle', 'the resource refers to itself', place);
  evaluation.runningResources.add(index);
  try {
    const value = bodyMember(evaluation, declaration, scope, name);
    const key = serviceKey(base.id, name);
    if (value === undefined) return unknownData('deploy-time', `"${name}" is set by the service`, place, key);
    const opened = openForService(key === undefined ? value : withKeys(value, key));
    if (name !== 'properties' || opened.kind !== 'object') return opened;
    return withServiceValues(declaration.type, opened, base.id);
  } finally {
    evaluation.runningResources.delete(index);
  }
}

/** The service adds properties to every object it returns, so absence from the body, or null there, proves nothing. */
function openForService(data: Data): Data {
  return transformData(data, serviceOpening);
}

const serviceOpening: Transformation = {
  ...asItIs,
  object: (data, properties) => {
    const isWhole = properties.list.every(({ value }) => value.kind !== 'null');
    const set = isWhole ? properties : new PropertyList(properties.list.filter(({ value }) => value.kind !== 'null'));
    return { ...data, properties: set, isOpen: true };
  },
};

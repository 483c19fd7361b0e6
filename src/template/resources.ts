import type { Location } from '../base/span.ts';
import type { ExpressionProblem } from '../model/model.ts';
import type { Deployment } from '../model/network.ts';
import { findProperty } from './access.ts';
import {
  type ArrayData,
  type Data,
  keyOf,
  type ObjectData,
  objectFromEntries,
  type PropertyData,
  type ResourceHandle,
  stringData,
  unknownData,
} from './data.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import { loopRounds, loopScope } from './loops.ts';
import { childId, resourceId, type ScopeId } from './resource-ids.ts';
import { emptyScope, type Scope } from './scope.ts';
import type { ModuleDeclaration, ResourceDeclaration, Template } from './template.ts';

/** A resource with its name, id and condition evaluated; its properties are evaluated when they are asked for. */
export interface EvaluatedResource {
  readonly declaration: ResourceDeclaration;
  /** Full type in the spelling of the file. */
  readonly type: string;
  /** The last segment of the name. */
  readonly name: Data;
  readonly id: Data;
  readonly header: Location;
  readonly deployment: Deployment;
  /** False where a loop over something unknown may create more resources like this one. */
  readonly isWholeLoop: boolean;
  /** A top-level property of the body, such as `properties`; undefined where it is proven not to be set. */
  member(name: string): Data | undefined;
  /** The object literal of the body, where it is one. */
  readonly body: Location | undefined;
}

export interface EvaluatedTemplate {
  readonly resources: readonly EvaluatedResource[];
  readonly problems: readonly ExpressionProblem[];
  readonly evaluator: Evaluator;
}

/** Rounds of one resource loop that are evaluated: Resource Manager's own limit for copies is 800. */
const maxCopies = 800;

/** Evaluates the resources of a template, given values for its parameters. Resources that are never deployed are left out. */
export function evaluateTemplate(
  template: Template,
  parameters: ReadonlyMap<string, Data> = new Map(),
): EvaluatedTemplate {
  const bySymbol = new Map<string, number>();
  template.resources.forEach((resource, index) => {
    if (resource.symbol !== undefined && resource.enclosing === undefined) bySymbol.set(resource.symbol, index);
  });
  const modules = new Map(
    template.modules.flatMap((module) => (module.symbol === undefined ? [] : [[module.symbol, module] as const])),
  );
  const handles = new Map<number, ResourceHandle>();
  const handleAt = (index: number): ResourceHandle | undefined => {
    const known = handles.get(index);
    const declaration = template.resources[index];
    if (known !== undefined || declaration === undefined) return known;
    const handle = createHandle(evaluation, declaration, index);
    handles.set(index, handle);
    return handle;
  };
  const evaluator = createEvaluator({
    template,
    parameters,
    handle: (name) => {
      const index = bySymbol.get(name);
      if (index !== undefined) return handleAt(index);
      const module = modules.get(name);
      return module === undefined ? undefined : moduleHandle(module);
    },
  });
  const evaluation: Evaluation = { template, evaluator, handleAt, bases: new Map(), running: new Set() };
  const resources = template.resources.flatMap((declaration, index) => expand(evaluation, declaration, index));
  return { resources, problems: evaluator.problems, evaluator };
}

interface Evaluation {
  readonly template: Template;
  readonly evaluator: Evaluator;
  readonly handleAt: (index: number) => ResourceHandle | undefined;
  /** Names and ids of resources outside of loops, by position. */
  readonly bases: Map<number, ResourceBase>;
  readonly running: Set<number>;
}

interface ResourceBase {
  readonly name: Data;
  readonly id: Data;
}

function expand(evaluation: Evaluation, declaration: ResourceDeclaration, index: number): EvaluatedResource[] {
  const { loop } = declaration;
  if (loop === undefined) {
    const resource = evaluateResource(evaluation, declaration, index, emptyScope, true);
    return resource === undefined ? [] : [resource];
  }
  const over = evaluation.evaluator.evaluate(loop.over);
  const rounds = loopRounds(over, loop.kind === 'count' ? { copyName: loop.copyName ?? '' } : {}, (item, round) =>
    loopScope(emptyScope, loop, item, round),
  );
  if (rounds.scopes.length === 0 && !rounds.isComplete) {
    const unknownItem = unknownData('unsupported', 'the items of the loop are not known', {
      at: evaluation.evaluator.locate(loop.over.span),
    });
    const resource = evaluateResource(
      evaluation,
      declaration,
      index,
      loopScope(emptyScope, loop, unknownItem, undefined),
      false,
    );
    return resource === undefined ? [] : [resource];
  }
  return rounds.scopes.slice(0, maxCopies).flatMap((scope) => {
    const resource = evaluateResource(evaluation, declaration, index, scope, rounds.isComplete);
    return resource === undefined ? [] : [resource];
  });
}

function evaluateResource(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
  scope: Scope,
  isWholeLoop: boolean,
): EvaluatedResource | undefined {
  const { evaluator } = evaluation;
  const deployment = deploymentOf(evaluation, declaration, scope);
  if (deployment === undefined) return undefined;
  const { name, id } = scope === emptyScope ? baseOf(evaluation, index) : computeBase(evaluation, declaration, scope);
  const { body } = declaration;
  return {
    declaration,
    type: declaration.type,
    name,
    id,
    header: evaluator.locate(declaration.nameSpan),
    deployment: isWholeLoop ? deployment : conditionalOn(deployment, `loop@${declaration.span.start}`),
    isWholeLoop,
    member: (key) => bodyMember(evaluation, declaration, scope, key),
    body: body.kind === 'object' ? evaluator.locate(body.span) : undefined,
  };
}

/** Evaluates one member of the body without the others, which may be large and of no interest. */
function bodyMember(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  scope: Scope,
  key: string,
): Data | undefined {
  const { evaluator } = evaluation;
  const { body } = declaration;
  if (
    body.kind === 'object' &&
    body.properties.every((property) => property.kind === 'property' && typeof property.key === 'string')
  ) {
    const lower = key.toLowerCase();
    for (const property of body.properties) {
      if (property.kind !== 'property' || typeof property.key !== 'string' || property.key.toLowerCase() !== lower)
        continue;
      const value = evaluator.evaluate(property.value, scope);
      return value.kind === 'null' ? undefined : value;
    }
    return declaration.isExisting ? existingMember(evaluation, declaration, key) : undefined;
  }
  const value = evaluator.evaluate(body, scope);
  if (value.kind !== 'object') return unknownData('unsupported', 'the resource body is not known', value.origin);
  const property = findProperty(value, key);
  if (property !== undefined) return property.value.kind === 'null' ? undefined : property.value;
  return value.isOpen
    ? unknownData('unsupported', 'not all properties of the resource are known', value.origin)
    : undefined;
}

function existingMember(evaluation: Evaluation, declaration: ResourceDeclaration, key: string): Data {
  const at = evaluation.evaluator.locate(declaration.nameSpan);
  return unknownData('existing-resource', `the resource exists already and its "${key}" is not in the files`, { at });
}

function baseOf(evaluation: Evaluation, index: number): ResourceBase {
  const known = evaluation.bases.get(index);
  if (known !== undefined) return known;
  const declaration = evaluation.template.resources[index];
  if (declaration === undefined || evaluation.running.has(index)) {
    const at = evaluation.evaluator.locate(declaration?.nameSpan ?? { start: 0, end: 0 });
    const lost = unknownData('cycle', 'the name of the resource refers to itself', { at });
    return { name: lost, id: lost };
  }
  evaluation.running.add(index);
  const base = computeBase(evaluation, declaration, loopPlaceholder(evaluation, declaration));
  evaluation.running.delete(index);
  evaluation.bases.set(index, base);
  return base;
}

/** A looped resource that is named without an index has no single name: its loop variables are unknown. */
function loopPlaceholder(evaluation: Evaluation, declaration: ResourceDeclaration): Scope {
  const { loop } = declaration;
  if (loop === undefined) return emptyScope;
  const at = evaluation.evaluator.locate(loop.over.span);
  return loopScope(
    emptyScope,
    loop,
    unknownData('unsupported', 'the round of the loop is not known', { at }),
    undefined,
  );
}

function computeBase(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): ResourceBase {
  const { evaluator } = evaluation;
  const name = evaluator.evaluate(declaration.name, scope);
  const at = evaluator.locate(declaration.nameSpan);
  const segment = declaration.type.slice(declaration.type.lastIndexOf('/') + 1);
  const parent = parentId(evaluation, declaration, scope);
  if (parent !== undefined) return { name, id: childId(parent, segment, name, { at }) };
  return resourceId(scopeOf(evaluation, declaration, scope), declaration.type, name, { at });
}

function parentId(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): Data | undefined {
  if (declaration.parent !== undefined) {
    const parent = evaluation.evaluator.evaluate(declaration.parent, scope);
    const at = evaluation.evaluator.locate(declaration.parent.span);
    return parent.kind === 'resource'
      ? parent.handle.member('id', at)
      : unknownData('unresolved-name', 'the parent is not known', { at });
  }
  if (declaration.enclosing === undefined || evaluation.template.language === 'arm') return undefined;
  return baseOf(evaluation, declaration.enclosing).id;
}

function scopeOf(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): ScopeId {
  const { evaluator, template } = evaluation;
  const own: ScopeId = template.targetScope === 'resourceGroup' ? 'resource-group' : 'other';
  if (declaration.scope === undefined) return own;
  const expression = declaration.scope;
  if (expression.kind === 'call' && expression.name.toLowerCase() === 'resourcegroup' && expression.args.length > 0) {
    const args = expression.args.map((arg) => evaluator.evaluate(arg, scope));
    const [group, subscription] = [args[args.length - 1], args.length > 1 ? args[0] : undefined];
    return group === undefined ? own : { group, subscription };
  }
  const value = evaluator.evaluate(expression, scope);
  if (value.kind === 'resource') return { id: value.handle.member('id', evaluator.locate(expression.span)) };
  if (value.kind === 'object') {
    const id = findProperty(value, 'id')?.value;
    if (id !== undefined) return { id };
  }
  return value.kind === 'string' || value.kind === 'partial' ? { id: value } : own;
}

function deploymentOf(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): Deployment | undefined {
  const own = conditionOf(evaluation, declaration, scope);
  if (own === undefined || declaration.enclosing === undefined) return own;
  const outer = evaluation.template.resources[declaration.enclosing];
  if (outer === undefined) return own;
  const around = deploymentOf(evaluation, outer, emptyScope);
  if (around === undefined) return undefined;
  return around.kind === 'always' ? own : conditionalOn(own, around.key);
}

function conditionOf(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): Deployment | undefined {
  if (declaration.condition === undefined) return { kind: 'always' };
  const value = evaluation.evaluator.evaluate(declaration.condition, scope);
  if (value.kind === 'boolean') return value.value ? { kind: 'always' } : undefined;
  return { kind: 'conditional', key: keyOf(value) ?? `condition@${declaration.condition.span.start}` };
}

function conditionalOn(deployment: Deployment, key: string): Deployment {
  return { kind: 'conditional', key: deployment.kind === 'always' ? key : `${deployment.key} && ${key}` };
}

function createHandle(evaluation: Evaluation, declaration: ResourceDeclaration, index: number): ResourceHandle {
  const member = (name: string, at: Location): Data => {
    switch (name) {
      case 'id':
        return baseOf(evaluation, index).id;
      case 'name':
        return baseOf(evaluation, index).name;
      case 'type':
        return stringData(declaration.type, { at });
      case 'apiVersion':
        return stringData(declaration.apiVersion ?? '', { at });
      default:
        return runtimeMember(evaluation, declaration, index, name, at);
    }
  };
  const nested = (name: string): ResourceHandle | undefined => {
    const found = evaluation.template.resources.findIndex(
      (other) => other.enclosing === index && other.symbol === name,
    );
    return found < 0 ? undefined : evaluation.handleAt(found);
  };
  return { member, nested };
}

/** A member as it can be read at deployment: what the body sets, and more that only the service knows. */
function runtimeMember(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
  name: string,
  at: Location,
): Data {
  if (declaration.loop !== undefined) {
    return unknownData('unsupported', 'the round of the loop is not known', { at });
  }
  if (evaluation.running.has(index)) return unknownData('cycle', 'the resource refers to itself', { at });
  evaluation.running.add(index);
  try {
    const value = bodyMember(evaluation, declaration, emptyScope, name);
    if (value === undefined) return unknownData('deploy-time', `"${name}" is set by the service`, { at });
    const opened = openForService(value);
    const isNetwork = declaration.type.toLowerCase() === 'microsoft.network/virtualnetworks';
    return isNetwork && name === 'properties' && opened.kind === 'object'
      ? withSubnetIds(opened, evaluation.bases.get(index)?.id ?? computeBase(evaluation, declaration, emptyScope).id)
      : opened;
  } finally {
    evaluation.running.delete(index);
  }
}

/** The service adds properties to every object it returns, so absence from the body proves nothing. */
function openForService(data: Data): Data {
  if (data.kind === 'array') return { ...data, items: data.items.map(openForService) };
  if (data.kind !== 'object') return data;
  const properties = new Map<string, PropertyData>();
  for (const [key, property] of data.properties)
    properties.set(key, { ...property, value: openForService(property.value) });
  return { ...data, properties, isOpen: true };
}

/** `vnet.properties.subnets[0].id` is known as soon as the name of the subnet is. */
function withSubnetIds(properties: ObjectData, networkId: Data): ObjectData {
  const subnets = findProperty(properties, 'subnets');
  if (subnets?.value.kind !== 'array') return properties;
  const items = subnets.value.items.map((item): Data => {
    const name = item.kind === 'object' ? findProperty(item, 'name')?.value : undefined;
    if (item.kind !== 'object' || name === undefined) return item;
    const id: PropertyData = {
      key: 'id',
      keyLocation: undefined,
      value: childId(networkId, 'subnets', name, item.origin),
    };
    return { ...item, properties: new Map([...item.properties, ['id', id]]) };
  });
  const value: ArrayData = { ...subnets.value, items };
  return { ...properties, properties: new Map([...properties.properties, [subnets.key, { ...subnets, value }]]) };
}

function moduleHandle(module: ModuleDeclaration): ResourceHandle {
  return {
    member: (name, at) => {
      const label = module.symbol ?? 'the module';
      if (name === 'outputs') {
        return objectFromEntries([], { at }, true);
      }
      return unknownData('module-output', `the module "${label}" is not followed`, { at });
    },
    nested: () => undefined,
  };
}

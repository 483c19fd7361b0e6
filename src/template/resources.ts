import type { Location } from '../base/span.ts';
import type { Deployment } from '../model/network.ts';
import { valueLocation } from '../model/value.ts';
import { findProperty } from './access.ts';
import { type Data, unknownData, withKeys } from './data.ts';
import { evaluateScope } from './deployment-scope.ts';
import { conditionalOn, conditionOf } from './deployments.ts';
import type { Evaluation } from './evaluation.ts';
import { declarationRounds, loopScope } from './loops.ts';
import { childId, countNames, type ResourceScope, resourceId } from './resource-ids.ts';
import { emptyScope, type Scope } from './scope.ts';
import type { ResourceDeclaration } from './template.ts';

/** A resource with its name, id and condition evaluated; its properties are evaluated when they are asked for. */
export interface EvaluatedResource {
  readonly declaration: ResourceDeclaration;
  /** Key of the template call that deploys it: different for every call of a module, empty in the entry file. */
  readonly call: string;
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
  /**
   * What `read` makes of the resource. The same function is called once: a resource is read again whenever another part
   * of its entry has changed, so `read` must depend on nothing else.
   */
  once<T>(read: (resource: EvaluatedResource) => T): T;
}

export interface ResourceBase {
  readonly name: Data;
  readonly id: Data;
}

/** The resources that a declaration stands for: none, one, or one for each round of its loop. */
export function expandResource(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  index: number,
): EvaluatedResource[] {
  const { part } = evaluation;
  // Modules repeat what is written, as loops do.
  if (evaluation.callers.length > 0 && !part.account.spendCopies(1)) {
    part.unreadParts.push(evaluation.evaluator.locate(declaration.nameSpan));
    return [];
  }
  const rounds = declarationRounds(evaluation, declaration.loop);
  return rounds.scopes.flatMap((scope, round) => {
    const deployment = deploymentOf(evaluation, declaration, scope);
    if (deployment === undefined) return [];
    const isWhole = rounds.isComplete;
    return [
      new LazyResource(evaluation, declaration, scope, {
        base: () =>
          scope === emptyScope ? resourceBase(evaluation, index) : computeBase(evaluation, declaration, scope, round),
        deployment: isWhole ? deployment : conditionalOn(deployment, `loop@${declaration.span.start}`),
        isWholeLoop: isWhole,
      }),
    ];
  });
}

/** Most resources are none that the model reads, so nothing of one is evaluated before it is asked for. */
class LazyResource implements EvaluatedResource {
  readonly declaration: ResourceDeclaration;
  readonly call: string;
  readonly type: string;
  readonly deployment: Deployment;
  readonly isWholeLoop: boolean;
  readonly #evaluation: Evaluation;
  readonly #scope: Scope;
  readonly #compute: () => ResourceBase;
  #members: Map<string, Data | undefined> | undefined;
  #readings: Map<unknown, unknown> | undefined;
  #base: ResourceBase | undefined;

  constructor(
    evaluation: Evaluation,
    declaration: ResourceDeclaration,
    scope: Scope,
    start: Pick<EvaluatedResource, 'deployment' | 'isWholeLoop'> & { readonly base: () => ResourceBase },
  ) {
    this.declaration = declaration;
    this.call = evaluation.keyPrefix;
    this.type = declaration.type;
    this.deployment = start.deployment;
    this.isWholeLoop = start.isWholeLoop;
    this.#evaluation = evaluation;
    this.#scope = scope;
    this.#compute = start.base;
  }

  get name(): Data {
    return this.#named().name;
  }

  get id(): Data {
    return this.#named().id;
  }

  get header(): Location {
    return headerOf(this.#evaluation, this.declaration, () => this.name);
  }

  get body(): Location | undefined {
    const { body } = this.declaration;
    const { template, evaluator } = this.#evaluation;
    return body.kind === 'object' && template.isStandIn !== true ? evaluator.locate(body.span) : undefined;
  }

  member(name: string): Data | undefined {
    this.#members ??= new Map();
    if (!this.#members.has(name)) {
      this.#members.set(name, bodyMember(this.#evaluation, this.declaration, this.#scope, name));
    }
    return this.#members.get(name);
  }

  once<T>(read: (resource: EvaluatedResource) => T): T {
    this.#readings ??= new Map();
    if (!this.#readings.has(read)) this.#readings.set(read, read(this));
    return this.#readings.get(read) as T;
  }

  #named(): ResourceBase {
    this.#base ??= this.#compute();
    return this.#base;
  }
}

/** Of the many resources of a hidden loop each is known by the name that the caller gives it. */
function headerOf({ evaluator, template }: Evaluation, declaration: ResourceDeclaration, name: () => Data): Location {
  const isNamed = template.isStandIn === true && declaration.loop !== undefined;
  return isNamed ? valueLocation(name().origin) : evaluator.locate(declaration.nameSpan);
}

/** One member of the body, evaluated without the others, which may be large and of no interest; outside of loops once. */
export function bodyMember(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  scope: Scope,
  key: string,
): Data | undefined {
  if (scope !== emptyScope) return evaluateMember(evaluation, declaration, scope, key);
  const members = evaluation.members.get(declaration) ?? new Map<string, Data | undefined>();
  if (members.has(key)) return members.get(key);
  const value = evaluateMember(evaluation, declaration, scope, key);
  // What is read while another resource is evaluated may lack what that one would give.
  if (evaluation.runningResources.size <= 1) evaluation.members.set(declaration, members.set(key, value));
  return value;
}

function evaluateMember(
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
  const place = evaluation.evaluator.place(declaration.nameSpan);
  return unknownData('existing-resource', `the resource exists already and its "${key}" is not in the files`, place);
}

/** Name and id of a resource; those of a loop are without the parts that its rounds set. Evaluated once. */
export function resourceBase(evaluation: Evaluation, index: number): ResourceBase {
  const known = evaluation.bases.get(index);
  if (known !== undefined) return known;
  const declaration = evaluation.template.resources[index];
  if (declaration === undefined || evaluation.runningResources.has(index)) {
    const place = evaluation.evaluator.place(declaration?.nameSpan ?? { start: 0, end: 0 });
    const lost = unknownData('cycle', 'the name of the resource refers to itself', place);
    return { name: lost, id: lost };
  }
  evaluation.runningResources.add(index);
  const base = computeBase(evaluation, declaration, loopPlaceholder(evaluation, declaration));
  evaluation.runningResources.delete(index);
  evaluation.bases.set(index, base);
  return base;
}

/** A looped resource that is named without an index has no single name: its loop variables are unknown. */
function loopPlaceholder(evaluation: Evaluation, declaration: ResourceDeclaration): Scope {
  const { loop } = declaration;
  if (loop === undefined) return emptyScope;
  const place = evaluation.evaluator.place(loop.over.span);
  return loopScope(
    emptyScope,
    loop,
    unknownData('unsupported', 'the round of the loop is not known', place),
    undefined,
  );
}

/** Name and id in one round of the resource's loop, or outside of loops in the empty scope. */
export function computeBase(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  scope: Scope,
  round?: number,
): ResourceBase {
  const { evaluator } = evaluation;
  const name = evaluator.evaluate(declaration.name, scope);
  const place = evaluator.place(declaration.nameSpan);
  const segment = declaration.type.slice(declaration.type.lastIndexOf('/') + 1);
  const parent = parentId(evaluation, declaration, scope, name);
  const inside = (): ResourceScope => evaluateScope(evaluator, declaration.scope, scope, evaluation.scope);
  const base =
    parent === undefined
      ? resourceId(inside(), declaration.type, name, place)
      : { name, id: childId(parent, segment, name, place) };
  // Whatever its id turns out to be, the resource has one: all who refer to the declaration mean the same.
  const isOne = declaration.loop === undefined || round !== undefined;
  const key = `${evaluation.keyPrefix}${declaration.type}@${declaration.span.start}[${round ?? 0}]`;
  return isOne ? { ...base, id: withKeys(base.id, key) } : base;
}

function parentId(
  evaluation: Evaluation,
  declaration: ResourceDeclaration,
  scope: Scope,
  name: Data,
): Data | undefined {
  if (declaration.parent !== undefined) {
    const parent = evaluation.evaluator.evaluate(declaration.parent, scope);
    const place = evaluation.evaluator.place(declaration.parent.span);
    if (parent.kind === 'resource') return parent.handle.member('id', place);
    // Our own texts may name a parent by its id.
    const isId = evaluation.template.isStandIn === true && parent.kind !== 'unknown';
    return isId ? parent : unknownData('unresolved-name', 'the parent is not known', place);
  }
  if (declaration.enclosing === undefined) return undefined;
  // In ARM a resource inside another may give its own name alone, or with the names of its parents before it.
  if (evaluation.template.language === 'arm' && countNames(name) > 1) return undefined;
  return resourceBase(evaluation, declaration.enclosing).id;
}

/** Whether a resource is deployed: its own condition, that of the resource it is declared in, and of the module. */
function deploymentOf(evaluation: Evaluation, declaration: ResourceDeclaration, scope: Scope): Deployment | undefined {
  const own = conditionOf(evaluation, declaration.condition, scope);
  const outer = declaration.enclosing === undefined ? undefined : evaluation.template.resources[declaration.enclosing];
  const around = outer === undefined ? evaluation.deployment : deploymentOf(evaluation, outer, emptyScope);
  if (own === undefined || around === undefined) return undefined;
  return around.kind === 'always' ? own : conditionalOn(own, around.key);
}

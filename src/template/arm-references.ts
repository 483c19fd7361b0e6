import type { Origin } from '../model/value.ts';
import { findProperty } from './access.ts';
import { arrayData, type Data, identityOf, type ResourceHandle, unknownData } from './data.ts';
import { evaluateModuleScope } from './deployment-scope.ts';
import { conditionOf } from './deployments.ts';
import type { Evaluation } from './evaluation.ts';
import { createModuleHandle } from './handles.ts';
import { declarationRounds } from './loops.ts';
import { resourceId } from './resource-ids.ts';
import { computeBase, resourceBase } from './resources.ts';
import { emptyScope, type Scope } from './scope.ts';
import type { LoopDeclaration } from './template.ts';

/** Finds the declarations of one ARM template that `reference()`, `references()` and `resourceInfo()` name. */
export interface ArmReferences {
  /** A resource or deployment by its symbolic name, name or id; undefined where it is not declared here, or not only once. */
  find(target: Data): ArmTarget | undefined;
  /** The rounds of a loop by its symbolic name; undefined where they are not all known. */
  loop(symbol: string): readonly ArmTarget[] | undefined;
}

/** What a name or id leads to. */
export interface ArmTarget {
  readonly handle: ResourceHandle;
  /** A nested or linked deployment: it has outputs instead of properties. */
  readonly isDeployment: boolean;
}

/** Prepares the search; the names of the template are evaluated when the first one is asked for. */
export function createArmReferences(evaluation: Evaluation): ArmReferences {
  let index: ReferenceIndex | undefined;
  let isBuilding = false;
  const built = (): ReferenceIndex | undefined => {
    // Names and ids cannot use reference(): Resource Manager needs them before it deploys anything.
    if (index !== undefined || isBuilding) return index;
    isBuilding = true;
    index = buildIndex(evaluation);
    isBuilding = false;
    return index;
  };
  return {
    find: (target) => {
      const text = target.kind === 'unknown' ? undefined : identityOf(target)?.toLowerCase();
      const known = text === undefined ? undefined : built();
      if (text === undefined || known === undefined) return undefined;
      return known.targets.get(text) ?? subnetOf(known, text);
    },
    loop: (symbol) => built()?.loops.get(symbol.toLowerCase()),
  };
}

interface ReferenceIndex {
  /** By symbol, name, id and the part of the id behind the provider, in lower case; undefined for what is not unique. */
  readonly targets: Map<string, ArmTarget | undefined>;
  readonly loops: Map<string, readonly ArmTarget[]>;
}

function buildIndex(evaluation: Evaluation): ReferenceIndex {
  const { template } = evaluation;
  const index: ReferenceIndex = { targets: new Map(), loops: new Map() };
  template.resources.forEach((declaration, position) => {
    const handle = evaluation.handleAt(position);
    if (handle === undefined) return;
    addRounds(evaluation, index, declaration, { handle, isDeployment: false }, (scope) => [
      // Outside of loops the base is evaluated once; its rounds need one each.
      (scope === emptyScope ? resourceBase(evaluation, position) : computeBase(evaluation, declaration, scope)).id,
      evaluation.evaluator.evaluate(declaration.name, scope),
    ]);
  });
  template.modules.forEach((declaration, position) => {
    const { name } = declaration;
    const target = { handle: createModuleHandle(evaluation, position), isDeployment: true };
    addRounds(evaluation, index, declaration, target, (scope) => {
      if (name === undefined) return [];
      const { evaluator } = evaluation;
      const named = evaluator.evaluate(name, scope);
      const around = evaluateModuleScope(evaluator, declaration.scope, scope, evaluation.scope);
      return [resourceId(around, 'Microsoft.Resources/deployments', named, evaluator.place(name.span)).id, named];
    });
  });
  return index;
}

interface Declared {
  readonly symbol?: string | undefined;
  readonly loop?: LoopDeclaration | undefined;
  readonly condition?: Parameters<typeof conditionOf>[1];
}

/** Adds a declaration, or each round of its loop, under its names. What is never deployed is left out. */
function addRounds(
  evaluation: Evaluation,
  { targets, loops }: ReferenceIndex,
  declaration: Declared,
  target: ArmTarget,
  namesOf: (scope: Scope) => readonly Data[],
): void {
  const symbol = declaration.symbol?.toLowerCase();
  const rounds = declarationRounds(evaluation, declaration.loop);
  if (declaration.loop !== undefined && !rounds.isComplete) return;
  const found = rounds.scopes.map((scope, round): ArmTarget | undefined => {
    const handle = declaration.loop === undefined ? target.handle : target.handle.round(round);
    const isDeployed = conditionOf(evaluation, declaration.condition, scope) !== undefined;
    if (handle === undefined || !isDeployed) return undefined;
    const added = { handle, isDeployment: target.isDeployment };
    for (const text of textsOf(namesOf(scope))) targets.set(text, targets.has(text) ? undefined : added);
    if (symbol !== undefined && declaration.loop !== undefined) targets.set(`${symbol}[${round}]`, added);
    return added;
  });
  if (symbol === undefined) return;
  if (declaration.loop === undefined) targets.set(symbol, found[0]);
  const whole = found.filter((item) => item !== undefined);
  if (declaration.loop !== undefined && whole.length === found.length) loops.set(symbol, whole);
}

/** The texts that name a resource: those of its id and name, and `Microsoft.Network/virtualNetworks/name`. */
function textsOf(names: readonly Data[]): Set<string> {
  const texts = new Set<string>();
  for (const name of names) {
    const text = name.kind === 'unknown' ? undefined : identityOf(name)?.toLowerCase();
    if (text === undefined) continue;
    texts.add(text);
    const provider = text.lastIndexOf('/providers/');
    if (provider >= 0) texts.add(text.slice(provider + 11));
  }
  return texts;
}

/** A subnet that is declared inside its network, by its id. */
function subnetOf(index: ReferenceIndex, id: string): ArmTarget | undefined {
  const at = id.lastIndexOf('/subnets/');
  const network = at < 0 ? undefined : index.targets.get(id.slice(0, at));
  if (network === undefined) return undefined;
  const name = id.slice(at + 9);
  const member = (key: string, place: Origin): Data => {
    const properties = network.handle.member('properties', place);
    const subnets = properties.kind === 'object' ? findProperty(properties, 'subnets')?.value : undefined;
    const same = subnets?.kind === 'array' ? subnets.items.filter((item) => textOfName(item) === name) : [];
    const [subnet] = same;
    const property = subnet?.kind === 'object' && same.length === 1 ? findProperty(subnet, key) : undefined;
    return (
      property?.value ?? unknownData('deploy-time', 'what a resource looks like is known only at deployment', place)
    );
  };
  return { handle: { member, nested: () => undefined, round: () => undefined }, isDeployment: false };
}

function textOfName(item: Data): string | undefined {
  const name = item.kind === 'object' ? findProperty(item, 'name')?.value : undefined;
  return name === undefined ? undefined : identityOf(name)?.toLowerCase();
}

/**
 * What `reference()` gives of a declaration: its properties as far as they are declared, or with `'Full'` the resource.
 * Of a deployment the properties are its outputs and what only Resource Manager knows.
 */
export function readTarget({ handle, isDeployment }: ArmTarget, isFull: boolean, place: Origin): Data {
  if (!isDeployment) {
    return isFull
      ? { kind: 'resource', handle: lowerCased(handle), origin: place }
      : handle.member('properties', place);
  }
  const properties: Data = { kind: 'resource', handle: lowerCased(handle), origin: place };
  if (!isFull) return properties;
  const member = (name: string, at: Origin): Data =>
    name.toLowerCase() === 'properties' ? properties : unknownData('deploy-time', `"${name}" is set at deployment`, at);
  return { kind: 'resource', handle: { member, nested: () => undefined, round: () => undefined }, origin: place };
}

/** What `references()` gives of a loop. */
export function readTargets(targets: readonly ArmTarget[], isFull: boolean, place: Origin): Data {
  return arrayData(
    targets.map((target) => readTarget(target, isFull, place)),
    place,
  );
}

/** ARM finds members without regard to case, and calls the id of a whole resource its `resourceId`. */
function lowerCased(handle: ResourceHandle): ResourceHandle {
  const own = new Map(['id', 'name', 'type', 'apiVersion', 'outputs'].map((name) => [name.toLowerCase(), name]));
  return {
    member: (name, place) => {
      const lower = name.toLowerCase();
      return handle.member(lower === 'resourceid' ? 'id' : (own.get(lower) ?? name), place);
    },
    nested: (name) => handle.nested(name),
    round: (round) => handle.round(round),
  };
}

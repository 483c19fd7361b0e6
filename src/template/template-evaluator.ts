import type { Location, Span } from '../base/span.ts';
import type { ExpressionProblem } from '../model/model.ts';
import { type Origin, valueLocation } from '../model/value.ts';
import { accessMember, isInSafeChain } from './access.ts';
import { evaluateArmCall } from './arm-calls.ts';
import type { ArmReferences } from './arm-references.ts';
import { beyondBudget, paidFor } from './budget.ts';
import {
  arrayData,
  asArray,
  booleanData,
  type Data,
  joinParts,
  type LambdaData,
  nullData,
  numberData,
  type Place,
  seenFrom,
  unknownData,
  withKeys,
} from './data.ts';
import { type Declarations, indexDeclarations } from './declarations.ts';
import { EvaluatedCall } from './evaluated-call.ts';
import type { Evaluator } from './evaluator.ts';
import type { EvaluatorInput } from './evaluator-input.ts';
import type { CallExpression, ConditionalExpression, Expression, ForExpression } from './expression.ts';
import { builtInFunction } from './functions/index.ts';
import type { DeploymentScope } from './functions/library.ts';
import { isBuiltInNamespace, namespaceOf } from './imported-namespace.ts';
import { evaluateArray, evaluateObject } from './literals.ts';
import { loopRounds, loopScope } from './loops.ts';
import { applyBinary, applyUnary, decidedByLeft, eitherOf } from './operators.ts';
import { restingOnDefault, restingOnSame } from './parameter-defaults.ts';
import { type CopyIndex, emptyScope, findCopyIndex, findLocal, innerScope, type Scope } from './scope.ts';
import type { ParameterDeclaration, Template } from './template.ts';
import { literalString, tokenData } from './tokens.ts';
import { Work } from './work.ts';

/** Nested evaluations before a value counts as too deep. The parsers' own limit on nesting is far below it. */
const maxDepth = 600;

export function createEvaluator(input: EvaluatorInput): Evaluator {
  return new TemplateEvaluator(input);
}

class TemplateEvaluator implements Evaluator {
  readonly template: Template;
  readonly deploymentScope: DeploymentScope;
  readonly seen: Template;
  readonly #input: EvaluatorInput;
  readonly #isEntry: boolean;
  readonly #declarations: Declarations;
  readonly #hasOwnFunctions: boolean;
  readonly #parameterValues = new Map<string, Data>();
  readonly #variableValues = new Map<string, Data>();
  readonly #running = new Set<string>();
  #depth = 0;
  /** Conditions around the present expression that are not known. */
  #undecided = 0;
  /** The call of a declared function that is being evaluated: what its body computes is computed there. */
  #runningCall: Place | undefined;
  readonly #noted = new Set<string>();

  constructor(input: EvaluatorInput) {
    this.#input = input;
    this.template = input.template;
    this.deploymentScope = input.outer?.deploymentScope ?? input.scope;
    this.seen = input.outer?.seen ?? input.template;
    this.#declarations = indexDeclarations(input.template);
    this.#hasOwnFunctions = input.template.functions.length > 0 || input.template.imports.length > 0;
    this.#isEntry = input.callers.length === 0 && input.template.isStandIn !== true;
  }

  locate(span: Span): Location {
    const call = this.template.isStandIn === true ? this.#input.callers.at(-1) : undefined;
    return call ?? { uri: this.template.uri, span };
  }

  // Both are called for every node, so they build plain objects at once.
  place(span: Span): Place {
    if (this.#runningCall !== undefined) return this.#runningCall;
    const at = this.locate(span);
    return this.#isEntry ? { at } : this.#placeOfModule(at);
  }

  literalPlace(span: Span): Place {
    const at = this.locate(span);
    if (this.#isEntry) return { at, from: at };
    return this.template.isStandIn === true ? this.#placeOfModule(at) : { at, from: at, via: this.#input.callers };
  }

  #placeOfModule(at: Location): Place {
    const { callers } = this.#input;
    if (this.template.isStandIn !== true) return { at, via: callers };
    return callers.length <= 1 ? { at, isHidden: true } : { at, via: callers.slice(0, -1), isHidden: true };
  }

  evaluate(expression: Expression, scope: Scope = emptyScope): Data {
    if (this.#depth >= maxDepth) {
      return unknownData('too-large', 'the expression is nested too deeply', this.#origin(expression));
    }
    // Outside of loops and functions everything is evaluated once, so its cost is bounded by the text.
    if (scope !== emptyScope && !this.#input.part.account.spendSteps(1)) return beyondBudget(this.#origin(expression));
    this.#depth++;
    try {
      return this.#dispatch(expression, scope);
    } finally {
      this.#depth--;
    }
  }

  parameter(name: string): Data | undefined {
    if (this.#input.outer !== undefined) return this.#input.outer.parameter(name);
    const key = this.#lookupKey(name);
    const known = this.#parameterValues.get(key);
    if (known !== undefined) return known;
    const declaration = this.#declarations.parameters.get(key);
    if (declaration === undefined) return undefined;
    return this.#once(this.#parameterValues, 'parameter', key, declaration, (ownKey) =>
      this.#givenOrDefault(declaration, this.#input.parameters.get(key), ownKey),
    );
  }

  variable(name: string): Data | undefined {
    if (this.#input.outer !== undefined) return this.#input.outer.variable(name);
    const key = this.#lookupKey(name);
    const known = this.#variableValues.get(key);
    if (known !== undefined) return known;
    const declaration = this.#declarations.variables.get(key);
    if (declaration === undefined) return undefined;
    return this.#once(this.#variableValues, 'variable', key, declaration, () => this.evaluate(declaration.value));
  }

  startWork(): Work {
    return new Work(this.#input.part.account);
  }

  references(): ArmReferences | undefined {
    return this.#input.outer === undefined ? this.#input.references?.() : this.#input.outer.references();
  }

  copyIndex(name: string): CopyIndex | undefined {
    const { outer, outerScope } = this.#input;
    return (outerScope === undefined ? undefined : findCopyIndex(outerScope, name)) ?? outer?.copyIndex(name);
  }

  #paid(value: Data): Data {
    return paidFor(this.#input.part.account, value);
  }

  #lookupKey(name: string): string {
    return this.template.language === 'arm' ? name.toLowerCase() : name;
  }

  #origin(expression: Expression): Place {
    return this.place(expression.span);
  }

  /** The value of a parameter; `ownKey` names it where it is not known. */
  #givenOrDefault(declaration: ParameterDeclaration, given: Data | undefined, ownKey: string): Data {
    const place = this.place(declaration.nameSpan);
    const { defaultValue } = declaration;
    // Resource Manager takes null for a parameter with a default as if it were not given.
    if (given !== undefined && (given.kind !== 'null' || defaultValue === undefined)) return given;
    if (given === undefined && this.#input.isOpen)
      return unknownData('unsupported', `parameter "${declaration.name}" may be given`, place, ownKey);
    if (defaultValue !== undefined) {
      const value = this.evaluate(defaultValue);
      return place.isHidden === true ? value : restingOnDefault(value, declaration.name);
    }
    if (declaration.isNullable) return nullData(place);
    return unknownData('parameter-without-default', `parameter "${declaration.name}" has no default`, place, ownKey);
  }

  /**
   * Computes the value of a declaration, which is kept under `key`, so that what is not known of it is the same wherever
   * it is read: it gets a key of its own for a name.
   */
  #once(
    kept: Map<string, Data>,
    kind: 'parameter' | 'variable',
    key: string,
    { name, nameSpan }: { readonly name: string; readonly nameSpan: Span },
    compute: (ownKey: string) => Data,
  ): Data {
    const what = `${kind} ${name}`;
    if (this.#running.has(what)) return unknownData('cycle', `${what} refers to itself`, this.place(nameSpan));
    const ownKey = `${this.#input.keyPrefix}${kind}s.${key}`;
    const runningCall = this.#runningCall;
    const undecided = this.#undecided;
    this.#running.add(what);
    this.#runningCall = undefined;
    this.#undecided = 0;
    try {
      const value = withKeys(compute(ownKey), ownKey);
      kept.set(key, value);
      return value;
    } finally {
      this.#running.delete(what);
      this.#runningCall = runningCall;
      this.#undecided = undecided;
    }
  }

  #dispatch(expression: Expression, scope: Scope): Data {
    switch (expression.kind) {
      case 'literal':
        return this.#literal(expression.value, this.literalPlace(expression.span));
      case 'interpolation': {
        const pieces = expression.parts.map((part) => (typeof part === 'string' ? part : this.evaluate(part, scope)));
        const joined = joinParts(pieces, this.#origin(expression));
        return this.#paid(restingOnSame(joined, pieces));
      }
      case 'array':
        return this.#paid(evaluateArray(this, expression, scope));
      case 'object':
        return this.#paid(evaluateObject(this, expression, scope));
      case 'name':
        return this.#name(expression.name, expression, scope);
      case 'call':
        return this.#call(expression, scope);
      case 'access': {
        const base = this.evaluate(expression.base, scope);
        if (base.kind === 'null' && isInSafeChain(expression)) return nullData(this.#origin(expression));
        const key = this.evaluate(expression.key, scope);
        return accessMember(base, key, expression, this.#origin(expression));
      }
      case 'nested-resource': {
        const base = this.evaluate(expression.base, scope);
        const handle = base.kind === 'resource' ? base.handle.nested(expression.name) : undefined;
        if (handle !== undefined) return { kind: 'resource', handle, origin: this.#origin(expression) };
        return unknownData(
          'unresolved-name',
          `no nested resource "${expression.name}" is declared`,
          this.#origin(expression),
        );
      }
      case 'conditional':
        return this.#conditional(expression, scope);
      case 'binary': {
        const left = this.evaluate(expression.left, scope);
        const decided = decidedByLeft(expression.operator, left);
        if (decided !== undefined) return seenFrom(decided, this.#origin(expression));
        const right = this.evaluate(expression.right, scope);
        const result = applyBinary(expression.operator, left, right, this.#origin(expression), this.startWork());
        return restingOnSame(result, [left, right]);
      }
      case 'unary':
        return applyUnary(expression.operator, this.evaluate(expression.operand, scope), this.#origin(expression));
      case 'lambda':
        return { kind: 'lambda', lambda: expression, scope, origin: this.#origin(expression) };
      case 'for':
        return this.#loop(expression, scope);
      case 'invalid':
        if (expression.token !== undefined) return tokenData(expression.token, this.#origin(expression));
        return unknownData('syntax-error', 'the expression has a syntax error', this.#origin(expression));
    }
  }

  #literal(value: string | number | boolean | null, origin: Origin): Data {
    if (typeof value === 'string') return literalString(value, origin);
    if (typeof value === 'number') return numberData(value, origin);
    return value === null ? nullData(origin) : booleanData(value, origin);
  }

  #name(name: string, expression: Expression, scope: Scope): Data {
    const place = this.#origin(expression);
    const found = findLocal(scope, name) ?? this.parameter(name) ?? this.variable(name) ?? this.#importedVariable(name);
    if (found !== undefined) return seenFrom(found, place);
    const handle = this.#input.handle(name) ?? namespaceOf(name, this.#input.imports(name));
    if (handle !== undefined) return { kind: 'resource', handle, origin: place };
    return unknownData('unresolved-name', `"${name}" is not declared in the files that were read`, place, name);
  }

  #conditional(expression: ConditionalExpression, scope: Scope): Data {
    const condition = this.evaluate(expression.condition, scope);
    const place = this.#origin(expression);
    if (condition.kind === 'boolean') {
      const chosen = this.evaluate(condition.value ? expression.whenTrue : expression.whenFalse, scope);
      return restingOnSame(seenFrom(chosen, place), [condition]);
    }
    const [a, b] = this.evaluateBranches([expression.whenTrue, expression.whenFalse], scope);
    return seenFrom(eitherOf(condition, a, b, place, this.startWork()), place);
  }

  evaluateBranches([a, b]: readonly [Expression, Expression], scope: Scope): readonly [Data, Data] {
    this.#undecided++;
    const values = [this.evaluate(a, scope), this.evaluate(b, scope)] as const;
    this.#undecided--;
    return values;
  }

  #importedVariable(alias: string): Data | undefined {
    const imported = this.#input.imports(alias);
    return imported?.name === undefined ? undefined : imported.evaluator.variable(imported.name);
  }

  #call(expression: CallExpression, scope: Scope): Data {
    const mayBeOwn = this.#hasOwnFunctions || expression.base !== undefined;
    const own = mayBeOwn ? this.#callDeclaredOrImported(expression, scope) : undefined;
    if (own !== undefined) return own;
    if (this.template.language === 'arm') {
      const special = evaluateArmCall(this, expression, scope);
      if (special !== undefined) return special;
    }
    const builtIn = builtInFunction(expression.name);
    if (builtIn === undefined) {
      const text = this.template.isStandIn
        ? 'what the module makes of its arguments here is not modelled'
        : `the function ${expression.name}() is not evaluated`;
      return unknownData('unsupported', text, this.#origin(expression));
    }
    const values = this.#argumentsOf(expression, scope);
    for (const [index, value] of values.entries()) {
      if (value.kind === 'resource') values[index] = this.#paid(asArray(value));
    }
    const result = builtIn(values, new EvaluatedCall(this, this.#input.part.files, expression, values));
    return this.#paid(restingOnSame(result, values));
  }

  #argumentsOf({ args }: CallExpression, scope: Scope): Data[] {
    return args.map((arg) => this.evaluate(arg, scope));
  }

  /** A function of this file or of an imported one, or a method of a resource; undefined for built-in functions. */
  #callDeclaredOrImported(expression: CallExpression, scope: Scope): Data | undefined {
    const { base, name } = expression;
    const args = (): Data[] => this.#argumentsOf(expression, scope);
    const place = this.#origin(expression);
    if (base === undefined) {
      if (this.#declarations.functions.has(this.#lookupKey(name))) return this.callDeclared(name, args(), place);
      const imported = this.#input.imports(name);
      return imported?.name === undefined ? undefined : imported.evaluator.callDeclared(imported.name, args(), place);
    }
    if (base.kind === 'name' && findLocal(scope, base.name) === undefined) {
      if (isBuiltInNamespace(base.name)) return undefined;
      const imported = this.#input.imports(base.name);
      if (imported !== undefined) return imported.evaluator.callDeclared(name, args(), place);
      if (this.template.language === 'arm') return this.callDeclared(`${base.name}.${name}`, args(), place);
    }
    return unknownData('deploy-time', `${name}() is known only at deployment`, place);
  }

  /** Of the rounds of a loop that refuse what is computed at one place the first is noted. */
  note(problem: ExpressionProblem): void {
    if (this.#undecided > 0) return;
    const places = [problem.location, valueLocation(problem.origin)];
    const key = places.map(({ uri, span }) => `${uri} ${span.start} ${span.end}`).join(' ');
    if (!this.#noted.has(key)) this.#input.part.expressionProblems.push(problem);
    this.#noted.add(key);
  }

  /** Applies a lambda; missing arguments are unknown. */
  apply(lambda: LambdaData, args: readonly Data[]): Data {
    const locals = lambda.lambda.parameters.map((name, index) => {
      const value = args[index] ?? unknownData('unsupported', `the lambda's "${name}" is not known`, lambda.origin);
      return [name, value] as const;
    });
    return this.evaluate(lambda.lambda.body, innerScope(lambda.scope, locals));
  }

  callDeclared(name: string, args: readonly Data[], place: Origin): Data | undefined {
    if (this.#input.outer !== undefined) return this.#input.outer.callDeclared(name, args, place);
    const { functions } = this.#declarations;
    const key = this.#lookupKey(name);
    // What Bicep exports from a template that it compiled is in a namespace of its own there.
    const declared = functions.get(key) ?? functions.get(`__bicep.${key}`);
    if (declared === undefined) return undefined;
    const running = `function ${declared.name}`;
    if (this.#running.has(running)) return unknownData('cycle', `function ${declared.name} calls itself`, place);
    const values = declared.parameters.map((parameter, index) => {
      const missing = unknownData('wrong-type', `the argument "${parameter}" is missing`, place);
      return [this.#lookupKey(parameter), args[index] ?? missing] as const;
    });
    const outerCall = this.#runningCall;
    this.#running.add(running);
    this.#runningCall = place;
    try {
      const inner: Scope =
        this.template.language === 'arm'
          ? { locals: new Map(), parent: undefined, functionParameters: new Map(values) }
          : innerScope(emptyScope, values);
      return seenFrom(this.evaluate(declared.body, inner), place);
    } finally {
      this.#running.delete(running);
      this.#runningCall = outerCall;
    }
  }

  #loop(expression: ForExpression, scope: Scope): Data {
    const over = this.evaluate(expression.collection, scope);
    const origin = this.#origin(expression);
    const rounds = loopRounds(over, expression, (item, index) => loopScope(scope, expression, item, index));
    const items = rounds.scopes.map((round) => this.evaluate(expression.body, round));
    return this.#paid(arrayData(items, origin, !rounds.isComplete));
  }
}

import { type ArmReferences, createArmReferences } from './arm-references.ts';
import type { ResourceHandle } from './data.ts';
import type { EvaluatedTemplate, Evaluation, EvaluationInput, EvaluationStart } from './evaluation.ts';
import { createModuleHandle, createResourceHandle } from './handles.ts';
import { createImports } from './imports.ts';
import { evaluateModules } from './modules.ts';
import { type EvaluatedResource, expandResource } from './resources.ts';
import type { Part, Session } from './session.ts';
import { createEvaluator } from './template-evaluator.ts';

/**
 * Evaluates the resources of an entry template and of its modules. Resources that are never deployed are left out, and those
 * that the session does not collect.
 */
export function evaluateTemplate(input: EvaluationInput, session: Session): EvaluatedTemplate {
  const { template } = input;
  const start: EvaluationStart = {
    ...input,
    scope: { kind: template.targetScope },
    deployment: { kind: 'always' },
    ancestors: [],
    callers: [],
    keyPrefix: '',
    outer: undefined,
  };
  const evaluation = startEvaluation(session, session.start(), start);
  return {
    resources: evaluation.collect(),
    finish: () => {
      if (!session.mayHaveProblems) return;
      for (const output of template.outputs) evaluation.evaluator.evaluate(output.value);
      evaluation.finish();
    },
  };
}

function collectResources(evaluation: Evaluation): EvaluatedResource[] {
  const { template, session } = evaluation;
  return [
    ...template.resources.flatMap((declaration, index) =>
      session.collects(declaration.type) ? expandResource(evaluation, declaration, index) : [],
    ),
    ...template.modules.flatMap((_, index) =>
      evaluateModules(evaluation, index).flatMap((instance) => instance.resources()),
    ),
  ];
}

/** Evaluates the conditions and loops of the resources that are not collected: those of any type must hold. */
function expandUncollected(evaluation: Evaluation): void {
  evaluation.template.resources.forEach((declaration, index) => {
    if (!evaluation.session.collects(declaration.type)) expandResource(evaluation, declaration, index);
  });
}

/** Prepares the evaluation of one template; nothing is evaluated before it is asked for. */
function startEvaluation(session: Session, part: Part, start: EvaluationStart): Evaluation {
  const { template } = start;
  part.mayHaveProblems ||= template.mayHaveProblems;
  const symbols = new Map<string, () => ResourceHandle | undefined>();
  template.modules.forEach((module, index) => {
    if (module.symbol !== undefined) symbols.set(module.symbol, () => createModuleHandle(evaluation, index));
  });
  template.resources.forEach((resource, index) => {
    if (resource.symbol === undefined || resource.enclosing !== undefined) return;
    symbols.set(resource.symbol, () => evaluation.handleAt(index));
  });
  const handles = new Map<number, ResourceHandle>();
  let references: ArmReferences | undefined;
  let nestedSymbols: Map<string, number> | undefined;
  const nested = (): Map<string, number> => {
    nestedSymbols ??= new Map(
      template.resources.flatMap(({ symbol, enclosing }, index) =>
        symbol === undefined || enclosing === undefined ? [] : [[`${enclosing} ${symbol}`, index] as const],
      ),
    );
    return nestedSymbols;
  };
  const evaluator = createEvaluator({
    ...start,
    part,
    handle: (name) => symbols.get(name)?.(),
    references: () => {
      references ??= createArmReferences(evaluation);
      return references;
    },
    imports: createImports(part, template),
  });
  const evaluation: Evaluation = {
    session,
    part,
    template,
    evaluator,
    scope: start.scope,
    deployment: start.deployment,
    ancestors: [...start.ancestors, template.uri],
    callers: start.callers,
    keyPrefix: start.keyPrefix,
    handleAt: (index) => {
      const declaration = template.resources[index];
      if (declaration === undefined) return undefined;
      const handle = handles.get(index) ?? createResourceHandle(evaluation, declaration, index);
      handles.set(index, handle);
      return handle;
    },
    nested: (index, symbol) => nested().get(`${index} ${symbol}`),
    start: (input) => startEvaluation(session, session.openPart(input.keyPrefix), input),
    collect: () => collectResources(evaluation),
    finish: () => {
      expandUncollected(evaluation);
      for (const instances of evaluation.moduleInstances.values()) for (const instance of instances) instance.finish();
    },
    bases: new Map(),
    runningResources: new Set(),
    members: new Map(),
    moduleInstances: new Map(),
    runningModules: new Set(),
    rounds: new Map(),
  };
  return evaluation;
}

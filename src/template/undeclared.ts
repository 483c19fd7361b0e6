import { nearestWord } from '../base/near-miss.ts';
import type { Evaluator } from './evaluator.ts';
import type { CallExpression } from './expression.ts';
import { findFunctionParameters, type Scope } from './scope.ts';
import type { Template } from './template.ts';

/** Notes a call of an ARM expression that names what nothing declares: Resource Manager refuses the template. */
export function noteUndeclared(
  evaluator: Evaluator,
  { args, nameSpan }: CallExpression,
  what: 'parameter' | 'variable' | 'lambda variable',
  name: string,
  scope: Scope,
): void {
  const { seen, template } = evaluator;
  if (what === 'lambda variable' || seen.isPartial === true || template.isStandIn === true) return;
  const location = evaluator.locate(args[0]?.span ?? nameSpan);
  evaluator.note({ location, origin: { at: location }, message: describe(seen, template, what, name, scope) });
}

function describe(
  seen: Template,
  template: Template,
  what: 'parameter' | 'variable',
  name: string,
  scope: Scope,
): string {
  if (what === 'parameter' && findFunctionParameters(scope) !== undefined) {
    return `This function has no parameter "${name}", and functions see no others. Pass it as an argument.`;
  }
  if (seen !== template && namesOf(template, what).some((own) => own.toLowerCase() === name.toLowerCase())) {
    return `The ${what} "${name}" of this nested template is not seen, as its expressions are evaluated in the template around it. Set the scope of expressionEvaluationOptions to inner.`;
  }
  const near = nearestWord(name, namesOf(seen, what));
  return `The template declares no ${what} "${name}". ${near === undefined ? 'Declare it.' : `Write "${near}" if you mean that.`}`;
}

function namesOf(template: Template, what: 'parameter' | 'variable'): readonly string[] {
  return (what === 'parameter' ? template.parameters : template.variables).map(({ name }) => name);
}

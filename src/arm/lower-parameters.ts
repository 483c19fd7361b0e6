import type { Node } from 'jsonc-parser';
import type { CallExpression, Expression } from '../template/expression.ts';
import type { ParameterFile } from '../template/template.ts';
import { lowerRequired, lowerValue, type ValueContext } from './lower-value.ts';
import { contentSpan, memberOf, nodeSpan, propertiesOf, propertyOf, textOf } from './node.ts';
import type { ArmFile } from './parse.ts';

/** The values of a JSON parameter file. A file that is none has no values. */
export function lowerArmParameters(file: ArmFile, uri: string): ParameterFile {
  const context = { file, evaluates: false };
  const parameters = file.kind === 'parameters' ? memberOf(file.root, 'parameters') : undefined;
  return {
    uri,
    values: propertiesOf(parameters).map(({ name, key, value }) => ({
      name,
      nameSpan: contentSpan(key, file.text),
      value: lowerParameterValue(context, value, key),
    })),
    variables: [],
    imports: [],
  };
}

/** The value in `{ "value": ... }`, `{ "reference": { "keyVault": ... } }` or `{ "expression": ... }`. */
export function lowerParameterValue(context: ValueContext, node: Node, key: Node): Expression {
  const reference = propertyOf(node, 'reference');
  if (reference !== undefined) return lowerReference(context, reference.key, reference.value);
  const expression = memberOf(node, 'expression');
  if (expression !== undefined) return lowerValue({ ...context, evaluates: true }, expression);
  return lowerRequired(context, memberOf(node, 'value'), nodeSpan(key));
}

/** A Key Vault reference is what `getSecret(vault id, secret name)` would be: known at deployment only. */
function lowerReference(context: ValueContext, key: Node, reference: Node): CallExpression {
  const parts = [memberOf(memberOf(reference, 'keyVault'), 'id'), memberOf(reference, 'secretName')];
  return {
    kind: 'call',
    span: nodeSpan(reference),
    name: 'getSecret',
    nameSpan: contentSpan(key, context.file.text),
    args: parts.flatMap((part) =>
      textOf(part) === undefined || part === undefined ? [] : [lowerValue(context, part)],
    ),
  };
}

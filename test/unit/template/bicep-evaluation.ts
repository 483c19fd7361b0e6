import { lowerBicep, parseBicep } from '../../../src/bicep/index.ts';
import type { Data } from '../../../src/template/data.ts';
import { evaluateTemplate } from '../../../src/template/evaluate.ts';
import type { EvaluatedTemplate } from '../../../src/template/evaluation.ts';
import { readMember } from '../../../src/template/network/reader.ts';
import { sketch, withoutFiles } from './arm-evaluation.ts';

/** Evaluates a Bicep file without files around it or parameters. */
export function evaluateBicep(text: string): EvaluatedTemplate {
  const template = lowerBicep(parseBicep(text, 'bicep'), 'file:///main.bicep');
  return evaluateTemplate({ template, parameters: new Map(), isOpen: false }, withoutFiles());
}

/** What an expression evaluates to among those declarations, in short: see `probe` for ARM. */
export function probeBicep(expression: string, declarations = ''): unknown {
  return sketch(evaluateExpression(expression, declarations));
}

/** What an expression evaluates to among those declarations. */
export function evaluateExpression(expression: string, declarations = ''): Data | undefined {
  const text = `${declarations}\nresource probe 'Test.Probe/probes@2024-01-01' = {\n  name: 'probe'\n  properties: {\n    value: ${expression}\n  }\n}\n`;
  const file = parseBicep(text, 'bicep');
  if (file.errors.length > 0) throw new Error(`${file.errors[0]?.message}\n${text}`);
  const { resources } = evaluateBicep(text);
  const properties = resources.find(({ type }) => type === 'Test.Probe/probes')?.member('properties');
  return readMember(properties, 'value');
}

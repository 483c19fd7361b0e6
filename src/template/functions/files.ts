import { findProperty } from '../access.ts';
import { type Data, nullData, stringData } from '../data.ts';
import { readText } from './arguments.ts';
import { encodeBase64 } from './base64.ts';
import { readJson, readPlain } from './json-data.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * Functions that read files beside the template when it is compiled.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files
 */
export const fileFunctions: FunctionTable = {
  loadtextcontent: onFile((text, context) => stringData(text, context.origin)),
  loadfileasbase64: onFile((text, context) => stringData(encodeBase64(text), context.origin)),
  loadjsoncontent: onFile((text, context, path) => memberAt(readJson(text, context), path, context)),
  loadyamlcontent: onFile((text, context, path) => {
    const value = context.readYaml(text);
    if (value === undefined) return context.unknown('invalid-argument', 'the file is not YAML');
    return memberAt(readPlain(value, context), path, context);
  }),
};

/** A function of a path, and of a second argument that selects a part of the file. */
function onFile(compute: (text: string, context: CallContext, selector: Data | undefined) => Data): BuiltInFunction {
  return ([path, selector], context) => {
    const name = readText(path, context);
    if (typeof name !== 'string') return name;
    const text = context.readText(name);
    if (text === undefined) return context.unknown('unsupported', `the file "${name}" was not read`);
    return compute(text, context, selector);
  };
}

/** The part of a value that a JSONPath of plain members and indexes selects: `$.a.b[0]`, `.a.b`. */
function memberAt(value: Data, selector: Data | undefined, context: CallContext): Data {
  if (selector === undefined) return value;
  const path = readText(selector, context);
  if (typeof path !== 'string') return path;
  const steps = path.replace(/^\$/, '').match(/\.?[A-Za-z_][\w-]*|\[\d+\]|\['[^']*'\]/g) ?? [];
  if (steps.join('').length !== path.replace(/^\$/, '').length) {
    return context.unknown('unsupported', `the path "${path}" is not evaluated`);
  }
  return steps.reduce<Data>((at, step) => memberOf(at, step) ?? nullData(context.origin), value);
}

function memberOf(value: Data, step: string): Data | undefined {
  if (step.startsWith('[') && !step.startsWith("['")) {
    return value.kind === 'array' ? value.items[Number(step.slice(1, -1))] : undefined;
  }
  const name = step.replace(/^\.|^\['|'\]$/g, '');
  return value.kind === 'object' ? findProperty(value, name)?.value : undefined;
}

import { findProperty } from '../access.ts';
import { type Data, seenFrom, stringData } from '../data.ts';
import { readText } from './arguments.ts';
import { encodeBase64 } from './base64.ts';
import { readDataFile } from './data-file.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * Functions that read files beside the template when it is compiled.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-files
 */
export const fileFunctions: FunctionTable = {
  loadtextcontent: onText((text, context) => stringData(text, context.origin)),
  loadfileasbase64: onText((text, context) => stringData(encodeBase64(text), context.origin)),
  loadjsoncontent: onData('JSON'),
  loadyamlcontent: onData('YAML'),
};

/** What `json()` makes of a text that is loaded right there, each value with its place; undefined for any other text. */
export function readLoadedText(context: CallContext): Data | undefined {
  const [text] = context.call.args;
  const [path] = text?.kind === 'call' && text.name.toLowerCase() === 'loadtextcontent' ? text.args : [];
  if (path?.kind !== 'literal' || typeof path.value !== 'string') return undefined;
  const file = context.readData(path.value);
  return file?.value === undefined ? undefined : readDataFile(file, context, 'JSON');
}

type Compute<T> = (content: T, context: CallContext, selector: Data | undefined) => Data;

/** A function of a path, and of a second argument that selects a part of the file. */
function onFile<T>(read: (name: string, context: CallContext) => T | undefined, compute: Compute<T>): BuiltInFunction {
  return ([path, selector], context) => {
    const name = readText(path, context);
    if (typeof name !== 'string') return name;
    const content = read(name, context);
    if (content === undefined) return context.unknown('unsupported', `the file "${name}" was not read`);
    return compute(content, context, selector);
  };
}

function onData(language: 'JSON' | 'YAML'): BuiltInFunction {
  return onFile(
    (name, context) => context.readData(name),
    (file, context, path) => memberAt(readDataFile(file, context, language), path, context),
  );
}

function onText(compute: Compute<string>): BuiltInFunction {
  return onFile((name, context) => context.readText(name), compute);
}

/** A member or an index of a JSONPath; a name may hold whatever means nothing else there. */
const pathStep = /\.?[^\s.[\](){}'"*?@$,:]+|\[\d+\]|\['[^'\\]*'\]/g;

/** The part of a value that a JSONPath of plain members and indexes selects: `$.a.b[0]`, `.a.b`. */
function memberAt(value: Data, selector: Data | undefined, context: CallContext): Data {
  if (selector === undefined) return value;
  const path = readText(selector, context);
  if (typeof path !== 'string') return path;
  const written = path.replace(/^\$/, '');
  const steps = written.match(pathStep) ?? [];
  if (steps.join('').length !== written.length) {
    return context.unknown('unsupported', `the path "${path}" is not evaluated`);
  }
  const found = steps.reduce<Data | undefined>((at, step) => at && memberOf(at, step), value);
  // Bicep refuses to compile a path that leads nowhere.
  return found === undefined
    ? context.unknown('invalid-argument', `the file has nothing at "${path}"`)
    : seenFrom(found, context.origin);
}

function memberOf(value: Data, step: string): Data | undefined {
  if (step.startsWith('[') && !step.startsWith("['")) {
    return value.kind === 'array' ? value.items[Number(step.slice(1, -1))] : undefined;
  }
  const name = step.replace(/^\.|^\['|'\]$/g, '');
  return value.kind === 'object' ? findProperty(value, name)?.value : undefined;
}

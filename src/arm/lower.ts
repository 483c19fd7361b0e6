import type { Node } from 'jsonc-parser';
import type { Expression } from '../template/expression.ts';
import type {
  FunctionDeclaration,
  ModuleDeclaration,
  OutputDeclaration,
  ParameterDeclaration,
  ResourceDeclaration,
  Template,
  VariableDeclaration,
} from '../template/template.ts';
import { lowerExport } from './lower-export.ts';
import { lowerResources } from './lower-resources.ts';
import { copyItems, lowerCopy, lowerRequired, lowerValue, type ValueContext } from './lower-value.ts';
import {
  contentSpan,
  isNamed,
  type JsonProperty,
  memberOf,
  nodeSpan,
  propertiesOf,
  propertyOf,
  stringOf,
  textOf,
} from './node.ts';
import type { ArmFile } from './parse.ts';
import { scopeOfSchema } from './recognise.ts';

/** What a template file declares. A file that is no template declares nothing. */
export function lowerArm(file: ArmFile, uri: string): Template {
  if (file.kind === 'resources') return lowerExport(file, uri);
  return lowerTemplate({ file, evaluates: true }, file.kind === 'parameters' ? undefined : file.root, uri);
}

/** The values of a file that is read as plain data; undefined where it is malformed. */
export function lowerArmData(file: ArmFile): Expression | undefined {
  const { root, errors } = file;
  return root === undefined || errors.length > 0 ? undefined : lowerValue({ file, evaluates: false }, root);
}

/** What the template object at `root` declares: a file's, or one written inside a deployment resource. */
function lowerTemplate(context: ValueContext, root: Node | undefined, uri: string): Template {
  const resources: ResourceDeclaration[] = [];
  const modules: ModuleDeclaration[] = [];
  lowerResources(context, memberOf(root, 'resources'), {
    resources,
    modules,
    root,
    lowerTemplate: (node) => lowerTemplate(context, node, uri),
  });
  const { callsCidrFunctions, named } = context.file;
  const parameters = lowerParameters(context, root);
  const variables = lowerVariables(context, memberOf(root, 'variables'));
  const functions = lowerFunctions(context, memberOf(root, 'functions'));
  // A name that a nested template alone lacks may be one of the template around it, and functions see no parameters but theirs.
  const isAllDeclared = functions.length === 0 && named.areDeclaredIn({ parameters, variables });
  return {
    uri,
    language: 'arm',
    ...(isPartial(context, root, [...parameters, ...variables]) ? { isPartial: true } : {}),
    targetScope: scopeOfSchema(stringOf(root, '$schema') ?? ''),
    parameters,
    variables,
    functions,
    resources,
    modules,
    outputs: lowerOutputs(context, memberOf(root, 'outputs')),
    imports: [],
    mayHaveProblems: callsCidrFunctions || !isAllDeclared,
  };
}

/** Whether declarations may be missing, or be called something else than what is written. */
function isPartial(
  { file }: ValueContext,
  root: Node | undefined,
  declared: readonly { readonly name: string }[],
): boolean {
  if (file.errors.length > 0 || file.tokens.length > 0) return true;
  const sections = [memberOf(root, 'parameters'), memberOf(root, 'variables')];
  return (
    sections.some((section) => section !== undefined && section.type !== 'object') ||
    declared.some(({ name }) => name.startsWith('['))
  );
}

function lowerParameters(context: ValueContext, root: Node | undefined): readonly ParameterDeclaration[] {
  const definitions = memberOf(root, 'definitions');
  return propertiesOf(memberOf(root, 'parameters')).map(({ name, key, value }) => {
    const defaultValue = memberOf(value, 'defaultValue');
    const declared = resolveType(value, definitions);
    return {
      name,
      nameSpan: contentSpan(key, context.file.text),
      type: declared.type,
      isNullable: declared.isNullable,
      defaultValue: defaultValue === undefined ? undefined : lowerValue(context, defaultValue),
    };
  });
}

/** The plain type of a parameter, through `$ref`s to the template's own definitions. */
function resolveType(parameter: Node, definitions: Node | undefined): { type: string; isNullable: boolean } {
  let node: Node | undefined = parameter;
  let isNullable = false;
  for (let step = 0; node !== undefined && step < 20; step++) {
    isNullable ||= memberOf(node, 'nullable')?.value === true;
    const type = stringOf(node, 'type');
    if (type !== undefined) return { type: plainTypes.get(type.toLowerCase()) ?? type, isNullable };
    const target: string | undefined = /^#\/definitions\/(.+)$/.exec(stringOf(node, '$ref') ?? '')?.[1];
    node = target === undefined ? undefined : memberOf(definitions, unescapePointer(target));
  }
  return { type: stringOf(parameter, '$ref') ?? '', isNullable };
}

/** One step of a JSON pointer inside a URL fragment. */
function unescapePointer(step: string): string {
  let decoded = step;
  try {
    decoded = decodeURIComponent(step);
  } catch {
    // A stray percent sign stands for itself.
  }
  return decoded.replaceAll('~1', '/').replaceAll('~0', '~');
}

const plainTypes: ReadonlyMap<string, string> = new Map([
  ['string', 'string'],
  ['securestring', 'string'],
  ['int', 'int'],
  ['bool', 'bool'],
  ['object', 'object'],
  ['secureobject', 'object'],
  ['array', 'array'],
]);

function lowerVariables(context: ValueContext, variables: Node | undefined): readonly VariableDeclaration[] {
  const { text } = context.file;
  const properties = propertiesOf(variables);
  const lowered = ({ name, key, value }: JsonProperty): VariableDeclaration => ({
    name,
    nameSpan: contentSpan(key, text),
    value: lowerValue(context, value),
    isExported: false,
  });
  if (!properties.some(({ name }) => isNamed(name, 'copy'))) return properties.map(lowered);
  return properties.flatMap((property): VariableDeclaration[] => {
    const loops = isNamed(property.name, 'copy') ? copyItems(property.value) : undefined;
    if (loops === undefined) return [lowered(property)];
    return loops.map((loop) => {
      const nameNode = memberOf(loop, 'name') ?? loop;
      const loopName = textOf(nameNode) ?? '';
      return {
        name: loopName,
        nameSpan: contentSpan(nameNode, text),
        value: lowerCopy(context, loop, loopName),
        isExported: false,
      };
    });
  });
}

function lowerFunctions(context: ValueContext, functions: Node | undefined): readonly FunctionDeclaration[] {
  const namespaces = functions?.type === 'array' ? (functions.children ?? []) : [];
  return namespaces.flatMap((namespace) => {
    const prefix = stringOf(namespace, 'namespace') ?? '';
    return propertiesOf(memberOf(namespace, 'members')).map(({ name, key, value }): FunctionDeclaration => {
      const parameters = memberOf(value, 'parameters');
      const output = memberOf(value, 'output');
      return {
        name: `${prefix}.${name}`,
        nameSpan: contentSpan(key, context.file.text),
        parameters: (parameters?.children ?? []).map((parameter) => stringOf(parameter, 'name') ?? ''),
        body: lowerRequired(context, memberOf(output, 'value'), nodeSpan(key)),
      };
    });
  });
}

function lowerOutputs(context: ValueContext, outputs: Node | undefined): readonly OutputDeclaration[] {
  return propertiesOf(outputs).map(({ name, key, value }) => ({
    name,
    nameSpan: contentSpan(key, context.file.text),
    value: lowerOutputValue(context, value, key),
  }));
}

/** The value of an output; a loop has no name of its own, so its `copyName` is empty. */
function lowerOutputValue(context: ValueContext, output: Node, key: Node): Expression {
  const copy = propertyOf(output, 'copy');
  if (copy?.value.type === 'object') return lowerCopy(context, copy.value, stringOf(copy.value, 'name') ?? '');
  return lowerRequired(context, memberOf(output, 'value'), nodeSpan(key));
}

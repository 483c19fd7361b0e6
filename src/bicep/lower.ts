import type { Span } from '../base/span.ts';
import type { Expression, ObjectExpression } from '../template/expression.ts';
import type {
  FunctionDeclaration,
  ImportDeclaration,
  LoopDeclaration,
  ModuleDeclaration,
  OutputDeclaration,
  ParameterDeclaration,
  ParameterFile,
  ResourceDeclaration,
  Template,
  VariableDeclaration,
} from '../template/template.ts';
import { findLoads } from './loads.ts';
import type {
  BicepFile,
  DeclarationBody,
  Decorator,
  ImportStatement,
  ModuleStatement,
  ParameterStatement,
  ResourceStatement,
  TypeNode,
  VariableStatement,
} from './syntax.ts';

/** Functions of addresses are the only ones that refuse arguments. */
const addressFunction = /cidr/i;

/** What a Bicep template declares. Declarations without a name are left out; resources are kept, they have a type. */
export function lowerBicep(file: BicepFile, uri: string): Template {
  const parameters: ParameterDeclaration[] = [];
  const variables: VariableDeclaration[] = [];
  const functions: FunctionDeclaration[] = [];
  const resources: ResourceDeclaration[] = [];
  const modules: ModuleDeclaration[] = [];
  const outputs: OutputDeclaration[] = [];
  const imports: ImportDeclaration[] = [];
  let targetScope: Template['targetScope'] = 'resourceGroup';
  for (const statement of file.statements) {
    switch (statement.kind) {
      case 'target-scope':
        targetScope = lowerScope(statement.value);
        break;
      case 'parameter':
        if (statement.name.text !== '') parameters.push(lowerParameter(statement, file.text));
        break;
      case 'variable':
        if (statement.name.text !== '') variables.push(lowerVariable(statement));
        break;
      case 'function':
        if (statement.name.text !== '') {
          const { name, body } = statement;
          const names = statement.parameters.map((parameter) => parameter.name.text);
          functions.push({ name: name.text, nameSpan: name.span, parameters: names, body });
        }
        break;
      case 'resource':
        lowerResource(statement, resources);
        break;
      case 'module':
        modules.push(lowerModule(statement));
        break;
      case 'output':
        if (statement.name.text !== '') {
          const { name, value } = statement;
          outputs.push({ name: name.text, nameSpan: name.span, value });
        }
        break;
      case 'import':
        imports.push(...lowerImport(statement));
        break;
      default:
        break;
    }
  }
  return {
    uri,
    language: 'bicep',
    targetScope,
    parameters,
    variables,
    functions,
    resources,
    modules,
    outputs,
    imports,
    mayHaveProblems: imports.length > 0 || addressFunction.test(file.text),
    ...lowerLoads(file),
  };
}

/** What a `.bicepparam` file assigns. */
export function lowerBicepParameters(file: BicepFile, uri: string): ParameterFile {
  const values: { name: string; nameSpan: Span; value: Expression }[] = [];
  const variables: VariableDeclaration[] = [];
  const imports: ImportDeclaration[] = [];
  let using: ParameterFile['using'];
  let base: ParameterFile['base'];
  for (const statement of file.statements) {
    switch (statement.kind) {
      case 'using':
        using ??= statement.path === undefined ? undefined : lowerPath(statement.path);
        break;
      case 'extends':
        base ??= lowerPath(statement.path);
        break;
      case 'parameter-assignment': {
        const { name, value } = statement;
        if (name.text !== '') values.push({ name: name.text, nameSpan: name.span, value });
        break;
      }
      case 'variable':
        if (statement.name.text !== '') variables.push(lowerVariable(statement));
        break;
      case 'import':
        imports.push(...lowerImport(statement));
        break;
      default:
        break;
    }
  }
  return {
    uri,
    ...(using === undefined ? {} : { using }),
    ...(base === undefined ? {} : { base }),
    values,
    variables,
    imports,
    ...lowerLoads(file),
  };
}

function lowerLoads(file: BicepFile): Pick<Template, 'loads'> {
  const loads = findLoads(file);
  return loads.length === 0 ? {} : { loads };
}

function lowerScope(value: Expression): Template['targetScope'] {
  const scope = value.kind === 'literal' ? value.value : undefined;
  return scope === 'subscription' || scope === 'managementGroup' || scope === 'tenant' ? scope : 'resourceGroup';
}

function lowerParameter({ name, type, defaultValue }: ParameterStatement, text: string): ParameterDeclaration {
  const declaration = {
    name: name.text,
    nameSpan: name.span,
    type: type === undefined ? '' : typeName(type, text),
    isNullable: type?.isNullable ?? false,
  };
  return defaultValue === undefined ? declaration : { ...declaration, defaultValue };
}

/** The built-in type that the values of a type have, as far as the type alone tells; otherwise its text. */
function typeName(type: TypeNode, text: string): string {
  if (type.form === 'name' && type.name !== undefined) return type.name;
  if (type.form === 'object') return 'object';
  if (type.form === 'array' || type.form === 'tuple') return 'array';
  const kinds = new Set(type.literals?.map((literal) => typeof literal));
  if (kinds.size === 1) {
    if (kinds.has('string')) return 'string';
    return kinds.has('number') ? 'int' : 'bool';
  }
  return text.slice(type.span.start, type.span.end);
}

function lowerVariable({ name, value, decorators }: VariableStatement): VariableDeclaration {
  return { name: name.text, nameSpan: name.span, value, isExported: decorators.some(isExport) };
}

function isExport(decorator: Decorator): boolean {
  return decorator.name === 'export' || decorator.name === 'sys.export';
}

/** Adds the resource and then those declared inside of it. */
function lowerResource(
  statement: ResourceStatement,
  resources: ResourceDeclaration[],
  enclosing?: { readonly position: number; readonly resource: ResourceDeclaration },
): void {
  const { name, body } = statement;
  const properties = bodyProperties(body, 'name', 'parent', 'scope');
  const resource: ResourceDeclaration = {
    ...(name.text === '' ? {} : { symbol: name.text }),
    nameSpan: name.span,
    span: statement.span,
    ...lowerType(statement.type, enclosing?.resource),
    isExisting: statement.isExisting,
    name: properties.name ?? { kind: 'invalid', span: name.span },
    ...(enclosing === undefined ? {} : { enclosing: enclosing.position }),
    ...(properties.parent === undefined ? {} : { parent: properties.parent }),
    ...(properties.scope === undefined ? {} : { scope: properties.scope }),
    ...lowerHead(body),
    body: body.value,
  };
  const position = resources.push(resource) - 1;
  for (const nested of body.resources) lowerResource(nested, resources, { position, resource });
}

function lowerType(type: Expression, parent: ResourceDeclaration | undefined): { type: string; apiVersion?: string } {
  const text = type.kind === 'literal' && typeof type.value === 'string' ? type.value : '';
  const at = text.indexOf('@');
  const path = (at < 0 ? text : text.slice(0, at)).replace(/^az:/, '');
  const apiVersion = at < 0 ? parent?.apiVersion : text.slice(at + 1);
  const full = parent === undefined || path === '' ? path : `${parent.type}/${path}`;
  return apiVersion === undefined ? { type: full } : { type: full, apiVersion };
}

function lowerModule({ name, path, body, span }: ModuleStatement): ModuleDeclaration {
  const properties = bodyProperties(body, 'name', 'params', 'scope');
  const source = lowerPath(path);
  return {
    ...(name.text === '' ? {} : { symbol: name.text }),
    nameSpan: name.span,
    span,
    ...(properties.name === undefined ? {} : { name: properties.name }),
    source: source === undefined ? { kind: 'unknown' } : { kind: 'path', ...source },
    ...(properties.params === undefined ? {} : { parameters: properties.params }),
    ...(properties.scope === undefined ? {} : { scope: properties.scope }),
    ...lowerHead(body),
  };
}

function lowerHead({ condition, loop }: DeclarationBody): { condition?: Expression; loop?: LoopDeclaration } {
  return {
    ...(condition === undefined ? {} : { condition }),
    ...(loop === undefined
      ? {}
      : {
          loop: {
            ...(loop.item === undefined ? {} : { item: loop.item.text }),
            ...(loop.index === undefined ? {} : { index: loop.index.text }),
            over: loop.collection,
            kind: 'collection' as const,
          },
        }),
  };
}

/** The values of some properties of a body, the first one where a name repeats. */
function bodyProperties<K extends string>(body: DeclarationBody, ...keys: readonly K[]): { [key in K]?: Expression } {
  const found: { [key in K]?: Expression } = {};
  if (body.value.kind !== 'object') return found;
  for (const property of (body.value satisfies ObjectExpression).properties) {
    if (property.kind !== 'property') continue;
    const key = keys.find((name) => name === property.key);
    if (key !== undefined) found[key] ??= property.value;
  }
  return found;
}

function lowerPath(path: Expression): { path: string; pathSpan: Span } | undefined {
  if (path.kind !== 'literal' || typeof path.value !== 'string') return undefined;
  return { path: path.value, pathSpan: path.span };
}

function lowerImport({ items, path }: ImportStatement): ImportDeclaration[] {
  const source = lowerPath(path);
  if (source === undefined) return [];
  return items.map(({ name, alias }) => ({ ...source, name, alias: alias.text }));
}

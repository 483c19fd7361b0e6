import type { FunctionDeclaration, Template } from './template.ts';

/** The declarations of a template by name; ARM names are looked up in lower case. */
export interface Declarations {
  readonly parameters: ReadonlyMap<string, Template['parameters'][number]>;
  readonly variables: ReadonlyMap<string, Template['variables'][number]>;
  readonly functions: ReadonlyMap<string, FunctionDeclaration>;
}

/** Indexes what a template declares. */
export function indexDeclarations(template: Template): Declarations {
  const key = (name: string): string => (template.language === 'arm' ? name.toLowerCase() : name);
  const index = <T extends { readonly name: string }>(items: readonly T[]): Map<string, T> =>
    new Map(items.map((item) => [key(item.name), item]));
  return {
    parameters: index(template.parameters),
    variables: index(template.variables),
    functions: index(template.functions),
  };
}

import type { Template } from '../template/template.ts';

/** The parameters and variables that expressions name by a literal, in lower case. */
export class NamedDeclarations {
  readonly #parameters = new Set<string>();
  readonly #variables = new Set<string>();

  /** Takes in the argument of a call of `parameters()` or `variables()`; other functions name nothing. */
  add(functionName: string, name: string): void {
    const called = functionName.toLowerCase();
    if (called === 'parameters') this.#parameters.add(name.toLowerCase());
    else if (called === 'variables') this.#variables.add(name.toLowerCase());
  }

  /** Whether a template declares all of them. */
  areDeclaredIn({ parameters, variables }: Pick<Template, 'parameters' | 'variables'>): boolean {
    return areAmong(this.#parameters, parameters) && areAmong(this.#variables, variables);
  }
}

function areAmong(names: ReadonlySet<string>, declarations: readonly { readonly name: string }[]): boolean {
  if (names.size > declarations.length) return false;
  const declared = new Set(declarations.map(({ name }) => name.toLowerCase()));
  for (const name of names) if (!declared.has(name)) return false;
  return true;
}

import type { Template } from '../template/template.ts';

/** The parameters and variables that expressions name, in lower case. */
export class NamedDeclarations {
  readonly #parameters = new Set<string>();
  readonly #variables = new Set<string>();
  #areComputed = false;

  /**
   * Takes in the argument of a call of `parameters()` or `variables()`, undefined where it is no literal; other functions
   * name nothing.
   */
  add(functionName: string, name: string | undefined): void {
    const called = functionName.toLowerCase();
    if (called !== 'parameters' && called !== 'variables') return;
    if (name === undefined) this.#areComputed = true;
    else (called === 'parameters' ? this.#parameters : this.#variables).add(name.toLowerCase());
  }

  /** Whether a template declares all of them; false where some of the names are computed. */
  areDeclaredIn({ parameters, variables }: Pick<Template, 'parameters' | 'variables'>): boolean {
    if (this.#areComputed) return false;
    return areAmong(this.#parameters, parameters) && areAmong(this.#variables, variables);
  }
}

function areAmong(names: ReadonlySet<string>, declarations: readonly { readonly name: string }[]): boolean {
  if (names.size > declarations.length) return false;
  const declared = new Set(declarations.map(({ name }) => name.toLowerCase()));
  for (const name of names) if (!declared.has(name)) return false;
  return true;
}

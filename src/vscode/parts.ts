import type { Half } from '../service/halves.ts';

/** The parts of the engine: modules that lie beside the extension and are loaded when they are first needed. */
export interface Parts extends Record<Half, typeof import('../service/engine-part.ts')> {
  readonly extras: typeof import('../service/extras-part.ts');
  readonly calculator: typeof import('../service/calculator-part.ts');
  readonly help: typeof import('../service/help-part.ts');
}

/** Loads a module from the folder of the extension, as the host of the extension can. */
export type ImportModule = (file: string) => Promise<unknown>;

/** Loads each part once. */
export class PartLoader {
  private readonly importModule: ImportModule;
  private readonly started = new Map<keyof Parts, Promise<unknown>>();

  constructor(importModule: ImportModule) {
    this.importModule = importModule;
  }

  load<Name extends keyof Parts>(name: Name): Promise<Parts[Name]> {
    const known = this.started.get(name) ?? this.importModule(`${name}.mjs`);
    this.started.set(name, known);
    // What could not be read may be there the next time.
    known.catch(() => this.started.delete(name));
    return known as Promise<Parts[Name]>;
  }
}

/**
 * Remembers what belongs to one object: the last that was asked for. A `WeakMap` that lives as long as the program
 * would keep every object, and all that hangs on it, until the next full garbage collection; analyses of many files
 * then spend more time on collecting than on linting.
 */
export class LastEntry<K extends object, V> {
  #key: K | undefined;
  #value: V | undefined;

  /** The value of the object, if it is the last one. */
  get(key: K): V | undefined {
    return key === this.#key ? this.#value : undefined;
  }

  /** Sets the value of the object and forgets the one before. */
  set(key: K, value: V): void {
    this.#key = key;
    this.#value = value;
  }
}

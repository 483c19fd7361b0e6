/**
 * The few lines of a test runner that run inside VS Code's extension host, in Node and in a web worker alike. It reports
 * through the console, because that reaches the harness from every kind of host.
 */

/** What the harness reads; one console line each, `prefix` followed by JSON. `seq` tells repeated lines apart. */
export type TestEvent =
  | { readonly seq: number; readonly event: 'start'; readonly total: number; readonly host: 'node' | 'web' }
  | { readonly seq: number; readonly event: 'passed'; readonly name: string; readonly ms: number }
  | {
      readonly seq: number;
      readonly event: 'failed';
      readonly name: string;
      readonly ms: number;
      readonly error: string;
    }
  | { readonly seq: number; readonly event: 'end'; readonly passed: number; readonly failed: number };

/** Starts and ends the JSON of a `TestEvent`; nothing else prints it. */
export const eventMark = '@@aksnet-test@@';

/** Where the extension runs: in Node, as on the desktop, or in the worker of a browser. */
export const host = 'process' in globalThis && typeof process.pid === 'number' ? 'node' : 'web';

/** Milliseconds that one test may take if it does not say otherwise. */
export const defaultTimeout = 20_000;

type Body = () => unknown;

interface TestCase {
  readonly name: string;
  readonly body: Body;
  readonly timeout: number;
  readonly before: readonly Body[];
  readonly after: readonly Body[];
}

interface Suite {
  readonly name: string;
  readonly before: Body[];
  readonly after: Body[];
}

const cases: TestCase[] = [];
const open: Suite[] = [{ name: '', before: [], after: [] }];

/** Groups tests; its name is put before theirs. */
export function suite(name: string, define: () => void): void {
  open.push({ name, before: [], after: [] });
  define();
  open.pop();
}

/** Registers one test. They run one after the other, in the order of registration. */
export function test(name: string, body: Body, options: { readonly timeout?: number } = {}): void {
  cases.push({
    name: [...open.map((each) => each.name), name].filter((part) => part !== '').join(' > '),
    body,
    timeout: options.timeout ?? defaultTimeout,
    before: open.flatMap((each) => each.before),
    after: open.flatMap((each) => each.after).reverse(),
  });
}

/** Runs before every later test of the same suite. */
export function beforeEach(body: Body): void {
  open.at(-1)?.before.push(body);
}

/** Runs after every later test of the same suite, also after failed ones. */
export function afterEach(body: Body): void {
  open.at(-1)?.after.push(body);
}

/**
 * Runs the registered tests whose name contains `only`, reports each, and rejects if one failed or none was run, as VS
 * Code expects from a `run` function.
 */
export async function runTests(only = ''): Promise<void> {
  const chosen = cases.filter((each) => each.name.includes(only));
  let failed = 0;
  emit({
    event: 'start',
    total: chosen.length,
    host,
  });
  for (const each of chosen) {
    const started = Date.now();
    const error = await runCase(each);
    const ms = Date.now() - started;
    if (error === undefined) {
      emit({ event: 'passed', name: each.name, ms });
    } else {
      failed++;
      emit({ event: 'failed', name: each.name, ms, error });
    }
  }
  emit({ event: 'end', passed: chosen.length - failed, failed });
  if (chosen.length === 0) throw new Error('No test was run.');
  if (failed > 0) throw new Error(`${failed} of ${chosen.length} tests failed.`);
}

/**
 * Asks `probe` again and again until it gives something other than `undefined` or `false`, and returns that. What an
 * editor does in its own time is to be waited for like this, never with a fixed pause.
 */
export async function waitFor<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeout = 10_000,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms in vain for ${what}.`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The failure as text, or nothing. A failing `afterEach` fails a test that passed. */
async function runCase(each: TestCase): Promise<string | undefined> {
  let failure: string | undefined;
  for (const step of [...each.before, each.body]) {
    failure ??= await attempt(step, each.timeout);
  }
  for (const step of each.after) {
    const late = await attempt(step, each.timeout);
    failure ??= late;
  }
  return failure;
}

async function attempt(body: Body, timeout: number): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The test did not finish within ${timeout} ms.`)), timeout);
  });
  try {
    await Promise.race([body(), limit]);
    return undefined;
  } catch (error) {
    return describe(error);
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const text = `${error.name}: ${error.message}`;
  // Some engines repeat the message in the stack, some do not.
  if (error.stack === undefined) return text;
  return error.stack.includes(error.message) ? error.stack : `${text}\n${error.stack}`;
}

let emitted = 0;

type WithoutSeq<T> = T extends unknown ? Omit<T, 'seq'> : never;

function emit(event: WithoutSeq<TestEvent>): void {
  // The consoles in between take "%s" and the like for placeholders.
  const json = JSON.stringify({ seq: emitted++, ...event }).replaceAll('%', '\\u0025');
  console.log(`${eventMark}${json}${eventMark}`);
}

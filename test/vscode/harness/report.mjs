/** Must be the same as in `../suite/runner.ts`, which writes what is read here. */
const EVENT = /@@aksnet-test@@(\{.*\})@@aksnet-test@@/;

/**
 * Collects what the tests report through the editor's console, prints each result as it comes, and decides when the run
 * is over. Nothing counts as passed that the tests did not report themselves.
 *
 * @param {'node' | 'web'} expectedHost
 */
export function reporter(expectedHost) {
  const seen = /** @type {Set<number>} */ (new Set());
  const problems = /** @type {string[]} */ ([]);
  let passed = 0;
  let failed = 0;
  let ended = false;
  let exited = false;
  let finish = () => {};
  const finished = /** @type {Promise<void>} */ (new Promise((done) => (finish = done)));
  let timer = /** @type {NodeJS.Timeout | undefined} */ (undefined);

  /** @param {string} line */
  function line(line) {
    const json = EVENT.exec(line)?.[1];
    if (json === undefined) return;
    const event = /** @type {import('../suite/runner.ts').TestEvent} */ (JSON.parse(json));
    // The web worker's console may reach the page twice.
    if (seen.has(event.seq)) return;
    seen.add(event.seq);
    switch (event.event) {
      case 'start':
        console.log(`Running ${event.total} tests in the ${event.host} extension host.`);
        if (event.host !== expectedHost)
          problems.push(`The tests ran in the ${event.host} extension host, not in the ${expectedHost} one.`);
        break;
      case 'passed':
        passed++;
        console.log(`  ✓ ${event.name} (${event.ms} ms)`);
        break;
      case 'failed':
        failed++;
        console.log(`  ✗ ${event.name} (${event.ms} ms)\n${event.error.replace(/^/gm, '      ')}`);
        break;
      case 'end':
        ended = true;
        if (event.passed !== passed || event.failed !== failed)
          problems.push(
            `The tests counted ${event.passed} passed and ${event.failed} failed, but not all of them arrived here.`,
          );
        if (passed + failed === 0) problems.push('No test was run.');
        finish();
        break;
    }
  }

  /** @param {number} code What the extension host said about the tests as a whole. */
  function exit(code) {
    if (exited) return;
    exited = true;
    // The console may be a little slower than the exit.
    setTimeout(() => {
      if (!ended) problems.push(`The extension host ended with code ${code} before the tests had reported their end.`);
      finish();
    }, 1000);
  }

  return {
    line,
    exit,
    finished: finished.finally(() => clearTimeout(timer)),
    problem: (/** @type {string} */ text) => void problems.push(text),
    /** Gives the run this much time from now. */
    limit(/** @type {number} */ milliseconds) {
      timer = setTimeout(() => {
        const started = seen.size === 0 ? ' and no test was started' : '';
        problems.push(`The run did not end within ${milliseconds / 1000} s${started}.`);
        finish();
      }, milliseconds);
    },
    /** Ends the run at once. */
    abort(/** @type {string} */ text) {
      problems.push(text);
      exited = true;
      finish();
    },
    /** Prints everything that is wrong with the run as a whole, and the line that others read. */
    conclude() {
      for (const problem of problems) console.log(`\n${problem}`);
      // A run that went wrong must not look clean to a reader of the numbers.
      if (problems.length > 0 && failed === 0) failed = 1;
      console.log(`\n${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
    ok: () => problems.length === 0,
  };
}

import { cp } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import { type Lifetime, temporaryFolder } from './run-cascade.js';

/**
 * A folder that is made once, when the first test of a file asks for it; each test gets a copy of its own.
 *
 * @param make must throw where it fails.
 */
export function madeOnce(
  make: (lifetime: Lifetime) => Promise<string>,
): (t: ExecutionContext) => Promise<string> {
  const endings: (() => unknown)[] = [];
  test.after.always('what was made for all tests is removed', async () => {
    for (const end of endings) await end();
  });
  let original: Promise<string> | undefined;
  return async (t) => {
    original ??= make({ teardown: (end) => endings.push(end) });
    const copy = await temporaryFolder(t);
    await cp(await original, copy, { recursive: true });
    return copy;
  };
}

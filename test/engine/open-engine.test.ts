import test from 'ava';
import type { Engine } from '../../lib/engine/engine.js';
import { firstThatOpens } from '../../lib/engine/open-engine.js';
import { CascadeError } from '../../lib/errors.js';

const WORKING = { name: 'tensorflow' } as Engine;

function failing(error: Error): () => Promise<Engine> {
  return () => Promise.reject(error);
}

test('the fastest engine that loads is taken, and every one before it is told of', async (t) => {
  const skipped: string[] = [];
  const engine = await firstThatOpens(
    [
      failing(new CascadeError('No library.')),
      failing(new CascadeError('No processor.')),
      async () => WORKING,
      () => t.fail() as never,
    ],
    (message) => skipped.push(message),
  );
  t.is(engine, WORKING);
  t.deepEqual(skipped, ['No library.', 'No processor.']);
});

test("where no engine loads the last one's reason is given", async (t) => {
  const openers = [failing(new CascadeError('No library.')), failing(new CascadeError('No backend.'))];
  await t.throwsAsync(firstThatOpens(openers), { instanceOf: CascadeError, message: 'No backend.' });
});

test('a fault of the program is not taken for an engine that does not load', async (t) => {
  const openers = [failing(new TypeError('x is undefined')), async () => WORKING];
  await t.throwsAsync(firstThatOpens(openers), { instanceOf: TypeError });
});

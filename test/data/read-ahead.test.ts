import test from 'ava';
import { readAhead } from '../../lib/data/read-ahead.js';

test('the next item is under way while one is used, and no more than that', async (t) => {
  const begun: number[] = [];
  async function* numbers(): AsyncGenerator<number> {
    for (let number = 0; number < 4; number++) {
      begun.push(number);
      yield number;
    }
  }
  const seen: number[] = [];
  for await (const number of readAhead(numbers())) {
    await new Promise((resolve) => setImmediate(resolve));
    t.deepEqual(begun.at(-1), Math.min(number + 1, 3));
    seen.push(number);
  }
  t.deepEqual(seen, [0, 1, 2, 3]);
});

test('a failure comes behind the items before it', async (t) => {
  async function* failing(): AsyncGenerator<number> {
    yield 1;
    throw new Error('no more');
  }
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    for await (const number of readAhead(failing())) {
      // Long enough for the failure to be there before it is asked for.
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(number);
    }
  };
  await t.throwsAsync(read, { message: 'no more' });
  t.deepEqual(seen, [1]);
});

import test from 'ava';
import { interleaved, median } from '../../../scripts/bench/interleaved.js';

test('ways take turns, with one round more to warm up, each awaited before the next', async (t) => {
  const calls: string[] = [];
  const way = (name: string) => async () => {
    calls.push(`${name} begins`);
    await Promise.resolve();
    calls.push(`${name} ends`);
  };
  const seconds = await interleaved({ a: way('a'), b: way('b') }, 2);
  const round = ['a begins', 'a ends', 'b begins', 'b ends'];
  t.deepEqual(calls, [...round, ...round, ...round]);
  t.deepEqual([...seconds.keys()], ['a', 'b']);
});

test('the median of an odd number is the middle, of an even number the mean of the two in the middle', (t) => {
  t.is(median([10, 9, 100]), 10);
  t.is(median([4, 1, 3, 2]), 2.5);
});

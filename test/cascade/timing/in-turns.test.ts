import test from 'ava';
import { inTurns } from '../../../lib/cascade/timing/in-turns.js';

test('things take turns, every other round backwards, with one round more to warm up', async (t) => {
  const calls: string[] = [];
  const thing = (name: string, reading: number) => async (round: number) => {
    calls.push(`${name}${round}`);
    return reading + round;
  };
  const progress: number[] = [];
  const read = await inTurns([thing('a', 10), thing('b', 20)], {
    rounds: 2,
    onProgress: (done) => progress.push(done),
  });
  t.deepEqual(calls, ['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  t.deepEqual(read, [
    [11, 21],
    [12, 22],
  ]);
  t.deepEqual(progress, [0, 1, 2]);
});

test('an abort ends it before the next thing', async (t) => {
  const stop = new AbortController();
  let after = false;
  const things = [
    async () => {
      stop.abort(new Error('stopped'));
      return 0;
    },
    async () => {
      after = true;
      return 0;
    },
  ];
  await t.throwsAsync(inTurns(things, { rounds: 1, signal: stop.signal }), { message: 'stopped' });
  t.false(after);
});

import test from 'ava';
import { growth, type Sample } from '../../../scripts/scale/watched-process.js';

function looks(...done: readonly number[]): readonly Sample[] {
  return done.map((each, look) => ({
    ...{ seconds: look, processorSeconds: look, residentMegabytes: 100, peakMegabytes: 100 },
    done: each,
  }));
}

test('work counts from where it was seen to grow first to where it grew last', (t) => {
  // Loads, goes on with 500 images that were there, writes progress down every third look, and takes two to end.
  const samples = looks(500, 500, 500, 800, 800, 800, 1100, 1100, 0);
  const { start, end } = growth(samples)!;
  t.deepEqual([start.done, start.seconds, end.done, end.seconds], [800, 3, 1100, 6]);
});

test('work that was seen to grow but once has no measure', (t) => {
  t.is(growth(looks(0, 0, 400, 400)), undefined);
  t.is(growth([]), undefined);
});

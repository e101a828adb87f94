import test from 'ava';
import type { Timing } from '../../lib/artifact/timings/timing-schema.js';
import { noteUncertainTimes } from '../../lib/report/closing-notes.js';
import { SILENT } from '../../lib/reporter.js';
import { TIMING } from '../support/timing.js';

/** What is said of times whose widest interval is so wide, in nanoseconds. */
function said(width: number, timing: Timing = TIMING): readonly string[] {
  const notes: string[] = [];
  const [first, ...others] = timing.exits;
  const { nanoseconds } = first!.trunk;
  const trunk = { nanoseconds, low: nanoseconds, high: nanoseconds + width };
  noteUncertainTimes(
    { ...timing, exits: [{ ...first!, trunk }, ...others] },
    { ...SILENT, note: (text) => notes.push(text) },
  );
  return notes;
}

test('times with an interval wider than a tenth of the full network’s are called uncertain', (t) => {
  const { nanoseconds } = TIMING.full;
  t.deepEqual(said(0.09 * nanoseconds), []);
  t.deepEqual(said(0.25 * nanoseconds), [
    "The times of one image at a time are uncertain: a 95 % interval is as wide as 25 % of the full network's time; run cascade measure again when nothing else runs on this machine.",
  ]);
});

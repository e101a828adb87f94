import test from 'ava';
import { shareThresholds } from '../../../lib/calibrate/neighbours/share-thresholds.js';
import { replay } from '../../../lib/exits/replay.js';

const NOTHING_RIGHT = new Uint8Array(5);
const EXITS = [
  { confidence: Float64Array.of(0.9, 0.5, 0.8, 0.2, 0.1), correct: NOTHING_RIGHT },
  { confidence: Float64Array.of(0.99, 0.3, 0.99, 0.7, 0.6), correct: NOTHING_RIGHT },
];

test('at each exit the surest of those that have come so far leave, as many as its share', (t) => {
  // 0.9 and 0.8 leave at the first exit; of the others 0.7 is the surest at the second.
  t.deepEqual(shareThresholds(EXITS)([0.4, 0.2]), [0.8, 0.7]);
  const table = {
    ...{ images: 5, exits: EXITS, fullCorrect: NOTHING_RIGHT },
    costs: { backbone: [1, 2], heads: [0, 0], full: 3 },
  };
  t.deepEqual(replay(table, [0.8, 0.7]).counts, [2, 1, 2]);
});

test('an exit whose share is less than half an image lets nobody leave', (t) => {
  t.deepEqual(shareThresholds(EXITS)([0.05, 0]), [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test('images that are equally sure leave together', (t) => {
  const [threshold] = shareThresholds([
    { confidence: Float64Array.of(0.5, 0.5, 0.5, 0.4), correct: NOTHING_RIGHT },
  ])([0.25]);
  t.is(threshold, 0.5);
});

import test from 'ava';
import { groupingOf } from '../../../lib/calibrate/promises/promise-kind.js';
import type { ExitTable } from '../../../lib/exits/exit-table.js';
import { replay } from '../../../lib/exits/replay.js';

/** Five images: the first two leave at once, one wrongly; the third at the second exit, repaired; the others at the end. */
const TABLE: ExitTable = {
  images: 5,
  exits: [
    { confidence: Float64Array.of(0.9, 0.8, 0.1, 0.1, 0.1), correct: Uint8Array.of(1, 0, 0, 0, 0) },
    { confidence: Float64Array.of(0.1, 0.1, 0.9, 0.1, 0.1), correct: Uint8Array.of(0, 0, 1, 0, 0) },
  ],
  fullCorrect: Uint8Array.of(1, 1, 0, 1, 0),
  costs: { backbone: [20, 60], heads: [1, 1], full: 100 },
};
const LABELS = { labels: Uint16Array.of(3, 3, 0, 0, 3), classes: 4 };

function groups(kind: 'per-exit' | 'per-class', thresholds: readonly (number | null)[]) {
  return groupingOf(kind, LABELS)!(TABLE, thresholds, replay(TABLE, thresholds).leftAt);
}

test('per exit the groups are those that left at each enabled exit or before it, and all', (t) => {
  t.deepEqual(groups('per-exit', [0.5, 0.5]), [
    { images: 2, breaks: 1, repairs: 0 },
    { images: 3, breaks: 1, repairs: 1 },
    { images: 5, breaks: 1, repairs: 1 },
  ]);
  t.deepEqual(groups('per-exit', [null, 0.5]), [
    { images: 1, breaks: 0, repairs: 1 },
    { images: 5, breaks: 0, repairs: 1 },
  ]);
});

test('per class the groups are the classes that the images show', (t) => {
  t.deepEqual(groups('per-class', [0.5, 0.5]), [
    { images: 2, breaks: 0, repairs: 1 },
    { images: 3, breaks: 1, repairs: 0 },
  ]);
});

test('the mean has no groups', (t) => {
  t.is(groupingOf('mean', LABELS), undefined);
});

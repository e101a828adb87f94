import test from 'ava';
import { tableRows } from '../../lib/exits/exit-table.js';

test('rows are taken in the order given, repeated ones repeated', (t) => {
  const costs = { backboneMacs: [1], headMacs: [1], fullMacs: 3 };
  const table = {
    images: 3,
    exits: [{ confidence: Float64Array.of(0.1, 0.2, 0.3), correct: Uint8Array.of(0, 1, 0) }],
    fullCorrect: Uint8Array.of(1, 0, 0),
    costs,
  };
  t.deepEqual(tableRows(table, Uint32Array.of(1, 0, 1)), {
    images: 3,
    exits: [{ confidence: Float64Array.of(0.2, 0.1, 0.2), correct: Uint8Array.of(1, 0, 1) }],
    fullCorrect: Uint8Array.of(0, 1, 0),
    costs,
  });
});

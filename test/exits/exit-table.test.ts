import test from 'ava';
import fc from 'fast-check';
import { costsOfExits, exitsOfTable, joinedColumns } from '../../lib/exits/exit-table.js';
import { outputExits, scoredTables } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { randomOutputs } from '../support/random-outputs.js';

test('costs of some exits leave out those of the others, and keep the networks that they stand in', (t) => {
  const costs = { backbone: [1, 2, 3], heads: [4, 5, 6], full: 7, members: [0, 0, 1, 2] };
  t.deepEqual(costsOfExits(costs, [0, 2]), { backbone: [1, 3], heads: [4, 6], full: 7, members: [0, 1, 2] });
});

test('the table of some exits is that of their outputs', (t) => {
  fc.assert(
    fc.property(randomOutputs(4, 10), fc.subarray([0, 1, 2, 3]), (outputs, exits) => {
      const all = [true, true, true, true];
      const table = exitsOfTable(scoredTables(outputs, DEFAULT_SCORING).table(all), exits);
      t.deepEqual(table, scoredTables(outputExits(outputs, exits), DEFAULT_SCORING).table(all));
    }),
  );
});

test('columns of several parts are one column, part after part', (t) => {
  const first = { confidence: Float64Array.of(0.5, 0.75), correct: Uint8Array.of(1, 0) };
  const second = { confidence: Float64Array.of(0.25), correct: Uint8Array.of(1) };
  t.deepEqual(joinedColumns([first, second]), {
    confidence: Float64Array.of(0.5, 0.75, 0.25),
    correct: Uint8Array.of(1, 0, 1),
  });
});

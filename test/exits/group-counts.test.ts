import test from 'ava';
import fc from 'fast-check';
import { accumulatedCounts, addCounts, countsByGroup } from '../../lib/exits/group-counts.js';
import { replay } from '../../lib/exits/replay.js';
import { averagedTables, tables } from '../calibrate/random-table.js';

const thresholds = fc.array(fc.option(fc.integer({ min: 0, max: 7 }).map((sixths) => sixths / 6)), {
  minLength: 3,
  maxLength: 3,
});

test('counts of groups add up to the counts of a replay, whatever the groups', (t) => {
  fc.assert(
    fc.property(
      fc.oneof(tables(3, 12), averagedTables(3, 12)),
      thresholds,
      fc.array(fc.nat(2), { minLength: 12, maxLength: 12 }),
      (table, asked, groupOf) => {
        const { breaks, repairs, images, leftAt } = replay(table, asked);
        const sum = (groups: ReturnType<typeof countsByGroup>) =>
          groups.reduce((a, b) => addCounts([a], [b])[0]!);
        t.deepEqual(sum(countsByGroup(table, leftAt, groupOf, 3)), { images, breaks, repairs });
      },
    ),
  );
});

test('up to an exit count the images that leave at it or before it, at disabled exits nobody asks', (t) => {
  const counts = [
    { images: 5, breaks: 1, repairs: 0 },
    { images: 0, breaks: 0, repairs: 0 },
    { images: 3, breaks: 0, repairs: 2 },
    { images: 2, breaks: 1, repairs: 0 },
  ];
  t.deepEqual(accumulatedCounts(counts, [0.9, null, 0.5]), [
    { images: 5, breaks: 1, repairs: 0, upTo: 0 },
    { images: 8, breaks: 1, repairs: 2, upTo: 2 },
    { images: 10, breaks: 2, repairs: 2, upTo: 3 },
  ]);
});

import test from 'ava';
import fc from 'fast-check';
import {
  pathThresholds,
  replayPath,
  replayPathByExit,
  sumsAlong,
  type ThresholdPath,
} from '../../../lib/calibrate/paths/threshold-path.js';
import { replay } from '../../../lib/exits/replay.js';
import { averagedTables, tables } from '../random-table.js';

/** Columns that never ascend, at and beside the confidences of random tables; some exits disabled. */
const paths: fc.Arbitrary<ThresholdPath> = fc.integer({ min: 1, max: 6 }).chain((points) => {
  const column = fc
    .array(fc.integer({ min: 0, max: 14 }), { minLength: points, maxLength: points })
    .map((halves) =>
      Float64Array.from(halves, (half) => half / 12)
        .sort()
        .reverse(),
    );
  return fc.array(fc.option(column, { freq: 4 }), { minLength: 3, maxLength: 3 }).map((thresholds) => ({
    parameter: Float64Array.from({ length: points }, (_, point) => point),
    thresholds,
  }));
});

test('each point of a path is a plain replay of its thresholds', (t) => {
  fc.assert(
    fc.property(fc.oneof(tables(3, 12), averagedTables(3, 12)), paths, (table, path) => {
      const { images, breaks, repairs, cost } = replayPath(path, table);
      t.is(images, table.images);
      t.is(cost.length, path.parameter.length);
      path.parameter.forEach((_, point) => {
        const plain = replay(table, pathThresholds(path, point));
        t.deepEqual(
          { breaks: breaks[point], repairs: repairs[point], cost: cost[point] },
          { breaks: plain.breaks, repairs: plain.repairs, cost: plain.cost },
        );
      });
    }),
    { numRuns: 1000 },
  );
});

test('by exit, the images that leave there and what becomes of them add up to the whole', (t) => {
  fc.assert(
    fc.property(fc.oneof(tables(3, 12), averagedTables(3, 12)), paths, (table, path) => {
      const byExit = replayPathByExit(path, table);
      const whole = replayPath(path, table);
      path.parameter.forEach((_, point) => {
        const { counts } = replay(table, pathThresholds(path, point));
        t.deepEqual(
          byExit.map(({ leaving }) => leaving[point]),
          [...counts],
        );
        const sum = (of: 'breaks' | 'repairs'): number =>
          byExit.reduce((total, each) => total + each[of][point]!, 0);
        t.deepEqual([sum('breaks'), sum('repairs')], [whole.breaks[point]!, whole.repairs[point]!]);
      });
    }),
  );
});

test('a weight of each image where it leaves is summed up as its breaks are', (t) => {
  fc.assert(
    fc.property(fc.oneof(tables(3, 12), averagedTables(3, 12)), paths, (table, path) => {
      const { exits, fullCorrect, lastCorrect = fullCorrect } = table;
      const breaks = [...exits.map(({ correct }) => correct), lastCorrect].map((correct) =>
        fullCorrect.map((full, image) => Number(full > correct[image]!)),
      );
      t.deepEqual(
        sumsAlong(path, table, breaks).map((sums) => [...sums]),
        replayPathByExit(path, table).map((outcome) => [...outcome.breaks]),
      );
    }),
  );
});

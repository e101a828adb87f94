import test from 'ava';
import fc from 'fast-check';
import { paperPath } from '../../../lib/calibrate/paths/paper-path.js';
import { type PathMethod, pathMakerOf } from '../../../lib/calibrate/paths/path-maker.js';
import { patiencePath } from '../../../lib/calibrate/paths/patience-path.js';
import { sharedPath } from '../../../lib/calibrate/paths/shared-path.js';
import { pathThresholds, replayPath } from '../../../lib/calibrate/paths/threshold-path.js';
import type { CriterionName } from '../../../lib/exits/criteria.js';
import { scoredTables } from '../../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { randomOutputs } from '../../support/random-outputs.js';

const PATIENCE = { ...DEFAULT_SCORING, criterion: 'patience' } as const;

test('patience has its own path by either method, every other criterion that of its method', (t) => {
  const table = scoredTables(
    {
      classes: 2,
      labels: Uint16Array.of(0, 1),
      exitLogits: [Float32Array.of(1, 0, 0, 2)],
      fullLogits: Float32Array.of(1, 0, 0, 1),
      costs: { backbone: [10], heads: [1], full: 20 },
    },
    PATIENCE,
  ).table([true]);
  const made = (method: PathMethod, criterion: CriterionName) =>
    pathMakerOf(method, criterion)(table, [true]);
  for (const method of ['shared', 'paper-path'] as const)
    t.deepEqual(made(method, 'patience'), patiencePath([true]));
  t.deepEqual(made('paper-path', 'softmax'), paperPath(table, [true]));
  t.deepEqual(made('paper-path', 'energy'), paperPath(table, [true]));
  t.deepEqual(made('shared', 'softmax'), sharedPath([true]));
});

test('the exits step down one after another from the last on, from as many as are enabled to one; disabled ones stay disabled', (t) => {
  const enabled = [true, false, true, true];
  const path = patiencePath(enabled);
  t.deepEqual(
    Array.from(path.parameter, (_, point) => pathThresholds(path, point)),
    [
      [4, null, 4, 3],
      [4, null, 3, 3],
      [3, null, 3, 3],
      [3, null, 3, 2],
      [3, null, 2, 2],
      [2, null, 2, 2],
      [2, null, 2, 1],
      [2, null, 1, 1],
      [1, null, 1, 1],
    ],
  );
  t.deepEqual(
    Array.from(path.parameter, (value) => Math.round(3 * value)),
    [11, 10, 9, 8, 7, 6, 5, 4, 3],
  );
});

test('each point leaves where as many predictions in a row are equal as its exit asks for, as one input at a time does', (t) => {
  fc.assert(
    fc.property(randomOutputs(4, 6), (outputs) => {
      const { labels, exitLogits, fullLogits, costs, classes } = outputs;
      const enabled = [true, true, true, true];
      const table = scoredTables(outputs, PATIENCE).table(enabled);
      const path = patiencePath(enabled);
      const { breaks, repairs, cost } = replayPath(path, table);
      path.parameter.forEach((_, point) => {
        const wanted = [...pathThresholds(path, point).map(Number), 0];
        let expectedMacs = 0;
        let expectedLost = 0;
        labels.forEach((label, image) => {
          const predictions = [...exitLogits, fullLogits].map((logits) =>
            argmax(logits, image * classes, classes),
          );
          let exit = 0;
          let inARow = 1;
          while (inARow < wanted[exit]!) {
            exit++;
            inARow = predictions[exit] === predictions[exit - 1] ? inARow + 1 : 1;
            // The full network is no exit: it ends the walk and does not count.
          }
          const heads = costs.heads.slice(0, exit + 1).reduce((sum, head) => sum + head, 0);
          expectedMacs += heads + (exit === 4 ? costs.full : costs.backbone[exit]!);
          expectedLost += Number(predictions[4] === label) - Number(predictions[exit] === label);
        });
        t.is(cost[point], expectedMacs);
        t.is(breaks[point]! - repairs[point]!, expectedLost);
      });
    }),
    { numRuns: 300 },
  );
});

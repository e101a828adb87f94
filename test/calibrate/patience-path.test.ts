import test from 'ava';
import fc from 'fast-check';
import { paperPath } from '../../lib/calibrate/paper-path.js';
import { pathMakerOf } from '../../lib/calibrate/path-maker.js';
import { patiencePath } from '../../lib/calibrate/patience-path.js';
import { pathThresholds, replayPath } from '../../lib/calibrate/threshold-path.js';
import { scoredTables } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { argmax } from '../../lib/stats/argmax.js';
import { randomOutputs } from '../support/random-outputs.js';

const PATIENCE = { ...DEFAULT_SCORING, criterion: 'patience' } as const;

test('patience has its own path, every other criterion the path of the paper', (t) => {
  t.is(pathMakerOf('patience'), patiencePath);
  t.is(pathMakerOf('softmax'), paperPath);
  t.is(pathMakerOf('energy'), paperPath);
});

test('the exits step down one after another from the last on, from as many as are enabled to one; disabled ones stay disabled', (t) => {
  fc.assert(
    fc.property(randomOutputs(4, 3), (outputs) => {
      const enabled = [true, false, true, true];
      const path = patiencePath(scoredTables(outputs, PATIENCE).table(enabled), enabled);
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
    }),
    { numRuns: 5 },
  );
});

test('each point leaves where as many predictions in a row are equal as its exit asks for, as one input at a time does', (t) => {
  fc.assert(
    fc.property(randomOutputs(4, 6), (outputs) => {
      const { labels, exitLogits, fullLogits, costs, classes } = outputs;
      const enabled = [true, true, true, true];
      const table = scoredTables(outputs, PATIENCE).table(enabled);
      const path = patiencePath(table, enabled);
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

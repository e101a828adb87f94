import test from 'ava';
import fc from 'fast-check';
import { paperThresholds } from '../../../lib/calibrate/paper-rule.js';
import { paperPath } from '../../../lib/calibrate/paths/paper-path.js';
import { pathThresholds } from '../../../lib/calibrate/paths/threshold-path.js';
import { createRandom } from '../../../lib/stats/random.js';
import { tables } from '../random-table.js';

const ENABLED = [true, true, true];

test('the path holds every choice that the rule makes for any ε', (t) => {
  fc.assert(
    fc.property(tables(3, 15), fc.double({ min: 0, max: 1, noNaN: true }), (table, epsilon) => {
      const path = paperPath(table, ENABLED);
      const points = Array.from(path.parameter, (_, point) => pathThresholds(path, point).join());
      t.true(points.includes(paperThresholds(table, epsilon).join()));
    }),
    { numRuns: 500 },
  );
});

test('along the path ε rises and no threshold does, to where every image leaves at the first exit', (t) => {
  fc.assert(
    fc.property(tables(3, 15), (table) => {
      const { parameter, thresholds } = paperPath(table, ENABLED);
      for (let point = 1; point < parameter.length; point++) {
        // Two values of ε may be so close that what lies between them is one of them.
        t.true(parameter[point]! >= parameter[point - 1]!);
        for (const column of thresholds) t.true(column![point]! <= column![point - 1]!);
      }
      t.is(thresholds[0]!.at(-1), Math.min(...table.exits[0]!.confidence));
    }),
  );
});

test('no exit lets a larger share go from one point to the next than the rule makes needful', (t) => {
  const images = 1000;
  const random = createRandom(7);
  const confidence = Float64Array.from({ length: images }, () => random());
  // One sure mistake, behind which the rule keeps everybody in until it lets hundreds go at once.
  const surest = Math.max(...confidence);
  const correct = Uint8Array.from(confidence, (value) => Number(value !== surest && value > 0.3));
  const table = {
    images,
    exits: [{ confidence, correct }],
    fullCorrect: new Uint8Array(images).fill(1),
    costs: { backbone: [50], heads: [0], full: 100 },
  };
  const [thresholds] = paperPath(table, [true]).thresholds;
  const leaving = [
    0,
    ...Array.from(thresholds!, (limit) => confidence.filter((value) => value >= limit).length),
  ];
  leaving.slice(1).forEach((count, index) => {
    t.true(count - leaving[index]! <= 10);
  });
  t.true(leaving[1]! <= 10);
  t.is(leaving.at(-1), images);
});

test('a disabled exit stays disabled, and only the others make points', (t) => {
  fc.assert(
    fc.property(tables(2, 15), (table) => {
      const path = paperPath(table, [false, true]);
      const alone = paperPath({ ...table, exits: [table.exits[1]!] }, [true]);
      t.is(path.thresholds[0], null);
      t.deepEqual([path.parameter, path.thresholds[1]], [alone.parameter, alone.thresholds[0]]);
    }),
  );
});

test('an exit that is equally sure of all images lets none go before the others have let go of as many', (t) => {
  const images = 500;
  const random = createRandom(11);
  const sure = Float64Array.from({ length: images }, () => random());
  const column = (confidence: Float64Array) => ({
    confidence,
    correct: Uint8Array.from(sure, (value) => Number(value > 0.3)),
  });
  const table = {
    images,
    exits: [column(new Float64Array(images).fill(0.5)), column(sure)],
    fullCorrect: new Uint8Array(images).fill(1),
    costs: { backbone: [20, 50], heads: [0, 0], full: 100 },
  };
  const path = paperPath(table, [true, true]);
  const leaving = Array.from(
    path.parameter,
    (_, point) => sure.filter((value) => value >= path.thresholds[1]![point]!).length,
  );
  t.true(leaving[0]! <= images / 100);
  t.deepEqual(
    Array.from(path.parameter, (_, point) => pathThresholds(path, point)[0]),
    Array.from(path.parameter, (parameter) => (parameter < 0 ? null : 0.5)),
  );
  t.true(path.parameter.some((parameter) => parameter === 0));
  t.true(leaving.findLast((_, point) => path.parameter[point]! < 0)! > images / 2);
});

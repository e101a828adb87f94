import test from 'ava';
import fc from 'fast-check';
import { paperPath } from '../../lib/calibrate/paper-path.js';
import { paperThresholds } from '../../lib/calibrate/paper-rule.js';
import { pathThresholds } from '../../lib/calibrate/threshold-path.js';
import { tables } from './random-table.js';

const ENABLED = [true, true, true];

test("every point of the path is the paper's rule at its ε", (t) => {
  fc.assert(
    fc.property(tables(3, 15), (table) => {
      const path = paperPath(table, ENABLED);
      path.parameter.forEach((epsilon, point) => {
        // The rule takes equal fractions as equal where doubles differ in the last bit; the path has such points apart.
        const next = path.parameter[point + 1] ?? Number.POSITIVE_INFINITY;
        if (next - epsilon > 1e-9) t.deepEqual(pathThresholds(path, point), paperThresholds(table, epsilon));
      });
    }),
    { numRuns: 500 },
  );
});

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

test('along the path ε rises and no threshold does, from 0 to where every input leaves at the first exit', (t) => {
  fc.assert(
    fc.property(tables(3, 15), (table) => {
      const { parameter, thresholds } = paperPath(table, ENABLED);
      t.is(parameter[0], 0);
      for (let point = 1; point < parameter.length; point++) {
        t.true(parameter[point]! > parameter[point - 1]!);
        for (const column of thresholds) t.true(column![point]! <= column![point - 1]!);
      }
      t.is(thresholds[0]!.at(-1), Math.min(...table.exits[0]!.confidence));
    }),
  );
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

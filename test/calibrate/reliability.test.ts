import test from 'ava';
import fc from 'fast-check';
import { descendingOrder, reliabilityCurve } from '../../lib/calibrate/reliability.js';
import { tables } from './random-table.js';

test('the curve is, at each confidence that occurs, the accuracy over all images at least as sure', (t) => {
  fc.assert(
    fc.property(tables(1, 15), ({ exits: [exit] }) => {
      const { confidence, correct } = exit!;
      const curve = reliabilityCurve(exit!);
      const distinct = [...new Set(confidence)].sort((a, b) => a - b);
      t.deepEqual([...curve.confidence], distinct);
      distinct.forEach((limit, position) => {
        const sure = [...correct].filter((_, image) => confidence[image]! >= limit);
        t.is(curve.accuracy[position], sure.filter(Boolean).length / sure.length);
      });
    }),
  );
});

test('the order runs from the surest image down, equals in their own order', (t) => {
  t.deepEqual([...descendingOrder(Float64Array.of(0.5, -1, 0.5, 10, 9))], [3, 4, 0, 2, 1]);
});

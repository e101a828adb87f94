import test from 'ava';
import fc from 'fast-check';
import { predictedClasses } from '../../lib/exits/predicted-classes.js';
import { isAmongTop } from '../../lib/exits/score-exit.js';

test('the k likeliest classes come in ascending order, of equals the first', (t) => {
  const values = [0, 3, 3, 1, 5, 2, 2, 2];
  t.deepEqual([...predictedClasses(values, 4, 2)], [1, 2, 0, 1]);
  t.deepEqual([...predictedClasses(values, 4, 1)], [1, 0]);
});

test('a class is predicted if and only if it is among the top', (t) => {
  const drawn = fc.integer({ min: 2, max: 6 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      top: fc.integer({ min: 1, max: classes - 1 }),
      values: fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 3 * classes, maxLength: 3 * classes }),
    }),
  );
  fc.assert(
    fc.property(drawn, ({ classes, top, values }) => {
      const predicted = predictedClasses(values, classes, top);
      for (let image = 0; image < 3; image++) {
        const among = Array.from({ length: classes }, (_, label) => label).filter((label) =>
          isAmongTop(values, image * classes, classes, label, top),
        );
        t.deepEqual([...predicted.subarray(image * top, (image + 1) * top)], among);
      }
    }),
  );
});

import test from 'ava';
import { studentGraph, studentWithin } from '../../../lib/heads/networks/student-graph.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { inferShapes } from '../../../lib/network/shapes.js';

test('a student of 32 channels on 32×32 pixels costs 12,281,088 multiply-accumulates', (t) => {
  // 16·16·32·(27 + 2·288), 8·8·64·(288 + 576 + 32), 4·4·128·(576 + 1152 + 64), 1280
  t.is(totalMacs(studentGraph({ inputShape: [3, 32, 32], classes: 10, width: 32 })), 12_281_088);
});

test('a student within a number of multiply-accumulates is the widest that takes no more', (t) => {
  const options = { inputShape: [3, 32, 32], classes: 10 } as const;
  const macs = totalMacs(studentWithin(12_500_000, options));
  t.is(macs, 12_281_088);
  t.is(totalMacs(studentWithin(macs, options)), macs);
  t.true(totalMacs(studentWithin(macs - 1, options)) < macs);
});

test('a share too small for any student is refused with the least that one takes', (t) => {
  const options = { inputShape: [3, 32, 32], classes: 10 } as const;
  t.throws(() => studentWithin(1000, options), { message: /^A student takes at least [\d,]+ multiply-acc/ });
});

test('students fit images of 28 to 224 pixels', (t) => {
  for (const [size, end] of [
    [28, 4],
    [64, 8],
    [224, 14],
  ] as const) {
    const graph = studentGraph({ inputShape: [1, size, size], classes: 1000, width: 4 });
    const pool = graph.nodes.find(({ kind }) => kind === 'global-average-pool');
    t.deepEqual(inferShapes(graph).get(pool?.kind === 'global-average-pool' ? pool.input : ''), [
      16,
      end,
      end,
    ]);
  }
});

import test from 'ava';
import { pricesOf } from '../../lib/artifact/timings/prices.js';
import { singleExitRows } from '../../lib/report/single-exits.js';
import { MANIFEST } from './sample-cascade.js';

test('an exit that all images leave by pays its own head only, the full network none', (t) => {
  const rows = singleExitRows(MANIFEST, pricesOf(MANIFEST, null), [3000, 4000, 4690], 5000, 7);
  t.deepEqual(
    rows.map(({ exit, block, name, head, accuracy_percent, macs }) => [
      ...[exit, block, name, head, accuracy_percent, macs],
    ]),
    [
      [0, 8, 'block 8', 'mlp', 60, 42_909_696 + 68_096],
      [1, 17, 'block 17', 'conv', 80, 84_000_000 + 133_632],
      [2, null, 'full network', null, 93.8, 125_485_696],
    ],
  );
  t.is(rows[2]!['macs_percent'], 100);
  // 42,977,792 of 125,485,696 MACs, with four digits.
  t.is(rows[0]!['macs_percent'], 34.2492);
  t.like(rows[1], {
    cascade: 'r56',
    dataset: 'cifar10',
    split: 'test',
    split_seed: 7,
    images: 5000,
    seed: 3,
  });
});

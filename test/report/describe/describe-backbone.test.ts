import test from 'ava';
import { describeBackbone } from '../../../lib/report/describe/describe-backbone.js';

test('a backbone is a line and a row a place for an exit', (t) => {
  const summary = {
    architecture: 'ResNet-8',
    classes: 10,
    input_shape: [3, 32, 40],
    macs: 12_345_678,
    parameters: 77_850,
    exits: [
      { block: 0, name: 'block 0', shape: [16, 32, 40], macs: 6_000_000, macs_percent: 48.6 },
      { block: 1, name: 'block 1', shape: [32, 16, 20], macs: 9_500_000, macs_percent: 76.95 },
    ],
  };
  t.is(
    describeBackbone(summary),
    `ResNet-8: 10 classes, images 3×32×40, 12,345,678 MACs, 77,850 parameters

exit after  feature map  MACs up to here  of the network
block 0        16×32×40        6,000,000          48.6 %
block 1        32×16×20        9,500,000          77.0 %`,
  );
});

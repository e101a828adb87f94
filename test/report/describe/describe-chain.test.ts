import test from 'ava';
import { describeChain } from '../../../lib/report/describe/describe-chain.js';
import { MANIFEST } from '../sample-cascade.js';

const MEMBER = {
  ...{ sha256: '0'.repeat(64), input_shape: [3, 32, 32] as const },
  normalization: { mean: [0, 0, 0], std: [1, 1, 1] },
};

test('a chain is told by its networks in their order, with the exits inside each', (t) => {
  const manifest = {
    ...MANIFEST,
    full_macs: 2_000_000,
    full_member: 1,
    members: [
      { ...MEMBER, name: 'small', file: 'small.th', architecture: 'ResNet-8', macs: 500_000 },
      { ...MEMBER, name: 'large', file: 'large.th', architecture: 'ResNet-56', macs: 2_000_000 },
    ],
    exits: [
      { ...MANIFEST.exits[0]!, member: 0 },
      { ...MANIFEST.exits[1]!, member: 0 },
    ],
  };
  t.deepEqual(describeChain(manifest, 'c.cascade', 'CIFAR-10').split('\n'), [
    'c.cascade: small > large on CIFAR-10, 2 exits, 2,000,000 MACs',
    '',
    'network  architecture       MACs  of the full network  exits',
    'small        ResNet-8    500,000               25.0 %      2',
    'large       ResNet-56  2,000,000              100.0 %      0',
  ]);
});

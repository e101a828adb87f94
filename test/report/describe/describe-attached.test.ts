import test from 'ava';
import { describeAttached } from '../../../lib/report/describe/describe-attached.js';
import { MANIFEST } from '../sample-cascade.js';

test('an attached cascade is a line and a row an exit, with the MACs of its head alone and of all up to it', (t) => {
  const names = { out: 'r56.cascade', architecture: 'ResNet-56', data: 'CIFAR-10' };
  t.is(
    describeAttached(MANIFEST, names),
    `r56.cascade: ResNet-56 on CIFAR-10, 2 exits, 125,485,696 MACs

exit after  head  MACs with head  head MACs  accuracy on held-out fitting images
block 8      mlp      42,977,792     68,096                               96.5 %
block 17    conv      84,133,632    133,632                               99.3 %`,
  );
});

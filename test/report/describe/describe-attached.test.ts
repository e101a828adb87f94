import test from 'ava';
import { describeAttached } from '../../../lib/report/describe/describe-attached.js';
import { MANIFEST } from '../sample-cascade.js';

test('an attached cascade is a line and a row an exit, with its MACs and what it has right of images that it was not fitted on', (t) => {
  const names = { out: 'r56.cascade', architecture: 'ResNet-56', data: 'CIFAR-10' };
  t.is(
    describeAttached(MANIFEST, names, {
      description: 'first half of cifar10/test',
      images: 5000,
      right: [3935, 4420, 4692],
    }),
    `r56.cascade: ResNet-56 on CIFAR-10, 2 exits, 125,485,696 MACs

exit after    head  MACs with head  head MACs  accuracy alone
block 8        mlp      42,977,792     68,096          78.7 %
block 17      conv      84,133,632    133,632          88.4 %
full network     –     125,485,696          –          93.8 %

Accuracies of all images at one exit, on the calibration images: the first half of cifar10/test (5,000 images). A promise holds for exits that were not picked by these figures; --exits auto picks by fitting images.`,
  );
});

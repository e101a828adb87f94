import test from 'ava';
import { usualNormalizations } from '../../../lib/network/input/usual-normalizations.js';

const CIFAR = { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] };
const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

test('no normalisation is tried twice, and what is known keeps its rank', (t) => {
  const known = { ofWeights: IMAGENET, ofData: IMAGENET, dataName: 'mine' };
  const all = usualNormalizations(3, known);
  t.is(all[0]!.name, 'the published mean and deviation of these weights');
  const written = all.map(({ normalization: { mean, std, channels = 'rgb' } }) =>
    [channels, ...[...mean, ...std].map((value) => value.toFixed(5))].join(),
  );
  t.is(new Set(written).size, written.length);
  t.deepEqual(
    all.filter(({ rank }) => rank < 2).map(({ normalization }) => normalization),
    [IMAGENET],
  );
});

test('pictures of one channel are tried neither with three means nor in another order', (t) => {
  const all = usualNormalizations(1, { ofData: { mean: [0.3], std: [0.3] }, dataName: 'mine' });
  t.true(all.length >= 5);
  for (const { normalization } of all) {
    t.is(normalization.mean.length, 1);
    t.is(normalization.std.length, 1);
    t.is(normalization.channels, undefined);
  }
});

test("Caffe's means come with blue first, on 0 to 255", (t) => {
  const caffe = usualNormalizations(3, { ofData: CIFAR, dataName: 'cifar10' }).find(({ name }) =>
    name.startsWith('Caffe'),
  )!.normalization;
  t.is(caffe.channels, 'bgr');
  t.deepEqual(
    caffe.mean.map((mean) => Number((255 * mean).toFixed(3))),
    [103.939, 116.779, 123.68],
  );
  t.true(caffe.std.every((deviation) => Math.abs(255 * deviation - 1) < 1e-12));
});

test('only one order is tried where it is given', (t) => {
  const blueFirst = usualNormalizations(3, { ofData: CIFAR, dataName: 'cifar10' }, 'bgr');
  t.true(blueFirst.every(({ normalization }) => normalization.channels === 'bgr'));
  // The data set's own, turned round, is what is usual then.
  const [usual] = blueFirst.toSorted((a, b) => a.rank - b.rank);
  t.deepEqual(usual!.normalization, {
    mean: CIFAR.mean.toReversed(),
    std: CIFAR.std.toReversed(),
    channels: 'bgr',
  });
  t.true(
    usualNormalizations(3, { ofData: CIFAR, dataName: 'cifar10' }, 'rgb').every(
      ({ normalization }) => normalization.channels === undefined,
    ),
  );
});

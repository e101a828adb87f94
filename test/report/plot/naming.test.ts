import test from 'ava';
import { shortNames } from '../../../lib/report/plot/naming.js';

test('names lose what all of them begin with, up to a sign that parts words', (t) => {
  const short = shortNames(['cifar10-resnet20', 'cifar10-resnet56', 'cifar10-resnet56-conv']);
  t.deepEqual(['cifar10-resnet20', 'cifar10-resnet56', 'cifar10-resnet56-conv'].map(short), [
    'resnet20',
    'resnet56',
    'resnet56-conv',
  ]);
});

test('no name becomes empty, and a single one or unlike ones stay as they are', (t) => {
  const nested = shortNames(['a-b', 'a-b-c']);
  t.deepEqual(['a-b', 'a-b-c'].map(nested), ['b', 'b-c']);
  t.is(shortNames(['cifar10-resnet20'])('cifar10-resnet20'), 'cifar10-resnet20');
  t.is(shortNames(['resnet20', 'resnet56'])('resnet56'), 'resnet56');
});

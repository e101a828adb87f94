import test from 'ava';
import { catalogueRow, describeCatalogue } from '../../../lib/report/describe/describe-catalogue.js';

const ENTRIES = [
  {
    name: 'cifar10',
    kind: 'data set',
    title: 'CIFAR-10',
    license: null,
    size: 170_498_071,
    folder: '/data',
    path: '/data/cifar-10-batches-bin',
    downloads: [],
    obtain: null,
  },
  {
    name: 'resnet56-cifar10',
    kind: 'weights',
    title: 'ResNet-56',
    license: 'BSD-2-Clause',
    size: null,
    folder: '/data/weights',
    path: null,
    downloads: [],
    obtain: null,
  },
] as const;

test('the catalogue is a row a thing to fetch, with its size in megabytes and where it is', (t) => {
  t.is(
    describeCatalogue(ENTRIES),
    `name              what       size      licence       here
cifar10           CIFAR-10   170.5 MB  –             /data/cifar-10-batches-bin
resnet56-cifar10  ResNet-56  –         BSD-2-Clause  –`,
  );
});

test('as JSON the size is in bytes', (t) => {
  t.deepEqual(catalogueRow(ENTRIES[0]), {
    name: 'cifar10',
    kind: 'data set',
    title: 'CIFAR-10',
    size_bytes: 170_498_071,
    license: null,
    path: '/data/cifar-10-batches-bin',
  });
});

import test from 'ava';
import { nearest } from '../../lib/data/nearest.js';

const NAMES = ['cifar10', 'cifar100', 'mnist', 'svhn'];

test('a mistyped name is near to what was meant, whatever its capitals', (t) => {
  t.is(nearest('cifar-10', NAMES), 'cifar10');
  t.is(nearest('CIFAR1000', NAMES), 'cifar100');
  t.is(nearest('mnits', NAMES), 'mnist');
  t.is(nearest('shvn', NAMES), 'svhn');
});

test('a name that shares next to nothing is near to none', (t) => {
  t.is(nearest('imagenet', NAMES), undefined);
  t.is(nearest('xyz', NAMES), undefined);
  t.is(nearest('cifar10', []), undefined);
});

test('of two that are as near the first is taken', (t) => {
  t.is(nearest('b', ['bc', 'ab']), 'bc');
});

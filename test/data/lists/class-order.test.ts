import test from 'ava';
import { orderByName, orderOfNumbers, shown } from '../../../lib/data/lists/class-order.js';
import { CascadeError } from '../../../lib/errors.js';

const folders = (...names: readonly string[]) => ({ names, source: 'photos has folders' });

test('names in another order are taken by name', (t) => {
  t.deepEqual(orderByName(folders('cat', 'ant', 'bee'), ['ant', 'bee', 'cat'], 'class_names'), {
    classes: [2, 0, 1],
  });
});

test('the first of synonyms is a name, too', (t) => {
  const { classes, note } = orderByName(
    folders('goldfish', 'tench'),
    ['tench, Tinca tinca', 'goldfish'],
    'class_names',
  );
  t.deepEqual([classes, note], [[1, 0], undefined]);
});

test('names of which none is known are taken by place, and that is said', (t) => {
  t.deepEqual(orderByName(folders('n01', 'n02', 'n03', 'n04'), ['ant', 'bee', 'cat', 'dog'], 'class_names'), {
    classes: [0, 1, 2, 3],
    note: 'photos has folders that are none of the class_names; they are taken in their order: n01 is ant, n02 is bee, n03 is cat and 1 more.',
  });
});

test('names of which some are known are refused with those that are not', (t) => {
  t.throws(() => orderByName(folders('ant', 'bug'), ['ant', 'bee'], 'class_ids'), {
    instanceOf: CascadeError,
    message:
      'photos has folders named bug, which the class_ids lack, and none for bee of the class_ids; write the names alike in both, or list in class_ids what the classes are called there.',
  });
});

test('nine names of ten at their places make the tenth another word for the same', (t) => {
  const wanted = Array.from({ length: 10 }, (_, label) => `class${label}`);
  const source = { names: wanted.with(3, 'other'), source: 'the file has names' };
  t.deepEqual(orderOfNumbers(source, wanted), {
    classes: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    note: 'the file has names of which some are called otherwise in class_names; they are taken in their order: other is class3.',
  });
  // With two of ten it is no longer sure.
  t.throws(() => orderOfNumbers({ ...source, names: source.names.with(4, 'another') }, wanted), {
    instanceOf: CascadeError,
  });
});

test('the first of several texts are shown', (t) => {
  t.is(shown(['a']), 'a');
  t.is(shown(['a', 'b', 'c']), 'a, b, c');
  t.is(shown(['a', 'b', 'c', 'd', 'e']), 'a, b, c and 2 more');
});

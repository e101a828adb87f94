import test from 'ava';
import fc from 'fast-check';
import { orderByName, orderOfNumbers } from '../../../lib/data/lists/class-order.js';
import { matchNames } from '../../../lib/data/lists/match-names.js';

test('names are found letter by letter, else without regard to capitals, separators and ways of writing accents', (t) => {
  t.deepEqual(matchNames(['b', 'a'], ['a', 'b']), { kind: 'matched', places: [1, 0] });
  t.deepEqual(matchNames(['a', 'A'], ['A', 'a']), { kind: 'matched', places: [1, 0] });
  t.deepEqual(matchNames(['big_cat', 'cafe\u0301'], ['Caf\u00e9', 'Big Cat']), {
    kind: 'matched',
    places: [1, 0],
  });
});

test('names that would become the same are not taken for each other', (t) => {
  const { kind } = matchNames(['big cat', 'Big-Cat'], ['big_cat', 'BIG CAT']);
  t.is(kind, 'unrelated');
});

test('any order of a list of names is found again', (t) => {
  const names = fc.uniqueArray(fc.string(), { minLength: 1 });
  const shuffled = names.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  fc.assert(
    fc.property(shuffled, ([wanted, given]) => {
      const match = matchNames(given, wanted);
      t.is(match.kind, 'matched');
      if (match.kind === 'matched')
        t.deepEqual(
          match.places.map((place) => wanted[place]),
          given,
        );
    }),
  );
});

test('lists without a name in common go together in their order, with a note', (t) => {
  const given = { names: ['n1', 'n2', 'n3', 'n4'], source: 'train has folders' };
  t.deepEqual(orderByName(given, ['a', 'b', 'c', 'd'], 'class_names'), {
    classes: [0, 1, 2, 3],
    note: 'train has folders that are none of the class_names; they are taken in their order: n1 is a, n2 is b, n3 is c and 1 more.',
  });
});

test('lists that share some names are refused, and the others named', (t) => {
  const given = { names: ['cat', 'wolf'], source: 'train has folders' };
  t.throws(() => orderByName(given, ['dog', 'cat'], 'class_names'), {
    message:
      'train has folders named wolf, which the class_names lack, and none for dog of the class_names; write the names alike in both, or list in class_ids what the classes are called there.',
  });
  t.throws(() => orderOfNumbers({ ...given, source: 'a.parquet has classes' }, ['cat', 'dog']), {
    message: /^a\.parquet has classes named wolf, which the class_names lack/,
  });
});

test('a long list whose names stand in their places but for some goes together with another', (t) => {
  const names = Array.from({ length: 30 }, (_, place) => `class ${place}, also ${place}`);
  const wanted = names.map((name, place) => (place === 7 ? 'crane bird' : name.split(',')[0]!));
  const { classes, note } = orderOfNumbers({ names, source: 'a.parquet has classes' }, wanted);
  t.deepEqual(classes, [...names.keys()]);
  t.regex(note!, /class 7, also 7 is crane bird\.$/);
  t.throws(() => orderOfNumbers({ names: [...names].reverse(), source: 'x' }, wanted), {
    message: /^x named class 7, which the class_names lack, and none for crane bird/,
  });
});

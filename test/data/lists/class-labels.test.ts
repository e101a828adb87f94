import test from 'ava';
import { readClassLabels } from '../../../lib/data/lists/class-labels.js';

const ANIMALS = { class_ids: ['n7', 'n8', 'n9'], class_names: ['Big Cat', 'dog', 'fox'] };
const DIGITS = { class_names: ['1', '2', '3', '0'] };

test('a list may use ids, numbers, names, or names in other capitals, and mix them', (t) => {
  const read = (...labels: readonly string[]) => readClassLabels(labels, ANIMALS, { first: 1 });
  t.deepEqual(read('n9', 'n7'), { kind: 'read', classes: [2, 0] });
  t.deepEqual(read('3', '1'), { kind: 'read', classes: [2, 0] });
  t.deepEqual(read('fox', 'Big Cat'), { kind: 'read', classes: [2, 0] });
  t.deepEqual(read('FOX', 'big_cat', '2', 'n8'), { kind: 'read', classes: [2, 0, 1, 1] });
  t.deepEqual(read('fox', '0'), { kind: 'unknown', row: 1 });
  t.deepEqual(read('n9', 'constructor'), { kind: 'unknown', row: 1 });
});

test('a number may be written with a decimal point, as spreadsheets and pandas do, a fraction not', (t) => {
  const read = (...labels: readonly string[]) => readClassLabels(labels, ANIMALS, { first: 0 });
  t.deepEqual(read('2.0', '0.00', '1'), { kind: 'read', classes: [2, 0, 1] });
  t.deepEqual(read('1', '0.5'), { kind: 'unknown', row: 1 });
});

test('names that are numbers are names where only they fit the whole list', (t) => {
  t.deepEqual(readClassLabels(['3', '0', '1'], DIGITS, { first: 1 }), { kind: 'read', classes: [2, 3, 0] });
});

test('labels that are names and other numbers at once are refused, and ids decide', (t) => {
  t.deepEqual(readClassLabels(['3', '0'], DIGITS, { first: 0 }), { kind: 'ambiguous', row: 0 });
  const decided = { ...DIGITS, class_ids: DIGITS.class_names };
  t.deepEqual(readClassLabels(['3', '0'], decided, { first: 0 }), { kind: 'read', classes: [2, 3] });
});

test('a name of two classes is neither', (t) => {
  const cranes = { class_names: ['crane', 'crane', 'kite'] };
  t.deepEqual(readClassLabels(['kite', 'crane'], cranes, { first: 0 }), { kind: 'unknown', row: 1 });
});

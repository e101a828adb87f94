import test from 'ava';
import { readJsonList } from '../../../lib/data/lists/json-list.js';
import { CascadeError } from '../../../lib/errors.js';

test('an object of labels by file, and a list of objects, are the same list', (t) => {
  const expected = [
    { file: 'a.png', label: '3' },
    { file: 'b: c.png', label: 'dog' },
    { file: 'd.png', label: '' },
  ];
  t.deepEqual(readJsonList('{"a.png": 3, "b: c.png": " dog ", "d.png": null}', 'l.json'), expected);
  const list = '[{"file": "a.png", "label": 3}, {"file": "b: c.png", "label": "dog"}, {"file": "d.png"}]';
  t.deepEqual(readJsonList(list, 'l.json'), expected);
});

test('a file that is named twice is refused, a label that looks like a name is not', (t) => {
  t.throws(() => readJsonList('{"a.png": 1, "a.png": 2}', 'l.json'), {
    instanceOf: CascadeError,
    message: 'l.json lists "a.png" more than once; leave one of them.',
  });
  t.is(readJsonList('{"a.png": "x", "b.png": "a.png"}', 'l.json').length, 2);
  t.is(readJsonList('{"a\\":1,\\"b": "x"}', 'l.json').length, 1);
});

test('what is no list of labels shows how to write one', (t) => {
  const message =
    'l.json is no list of labels; write {"image.jpg": 3, …} or [{"file": "image.jpg", "label": 3}, …].';
  for (const text of ['[3]', '[{"label": 3}]', '[{"file": 3}]', '{"a.png": [1]}', '{"a.png": {}}', '[null]'])
    t.throws(() => readJsonList(text, 'l.json'), { instanceOf: CascadeError, message }, text);
  for (const label of ['1.5', '-1', 'true'])
    t.throws(() => readJsonList(`{"a.png": ${label}}`, 'l.json'), {
      message: `l.json gives a.png the label ${label}, which is not a whole number.`,
    });
});

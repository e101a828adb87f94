import test from 'ava';
import fc from 'fast-check';
import { repeatedKey } from '../../../lib/weights/pytorch/repeated-key.js';

test('a key that an object has twice is found, however it is written', (t) => {
  t.is(repeatedKey('{"a": 1, "b": {"a": 2}, "a": 3}'), 'a');
  t.is(repeatedKey('{"a":[],"\\u0061":{}}'), 'a');
  t.is(repeatedKey('{"":1,"":2}'), '');
});

test('keys of inner objects and texts that look like keys are none', (t) => {
  t.is(repeatedKey('{"a": "a", "b": ["a", "a", {"b": 1, "c": 2}], "c": "\\"d\\":", "d": "\\\\"}'), undefined);
});

test('no object that JSON.stringify writes has a key twice, and any has after one is written again', (t) => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (object) => {
      const text = JSON.stringify(object);
      t.is(repeatedKey(text), undefined);
      const key = JSON.stringify(Object.keys(object)[0]);
      t.is(repeatedKey(`${text.slice(0, -1)},${key}:0}`), JSON.parse(key));
    }),
  );
});

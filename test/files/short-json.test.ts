import test from 'ava';
import { shortJson } from '../../lib/files/short-json.js';

test('a small value is shown as it is', (t) => {
  for (const value of [null, true, 1.5, 'a"b', [], {}, { a: [1, { b: 'c' }] }])
    t.is(shortJson(value), JSON.stringify(value));
  t.is(shortJson(undefined), 'undefined');
});

test('one of any depth and length is cut short', (t) => {
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}0${']'.repeat(200_000)}`);
  t.is(shortJson(deep), '[[[["…"]]]]');
  t.is(shortJson(JSON.parse(`${'{"a":'.repeat(200_000)}0${'}'.repeat(200_000)}`)).length < 50, true);
  t.is(shortJson(new Array(1_000_000).fill(7)), JSON.stringify(new Array(20).fill(7)));
});

import test from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../lib/errors.js';
import { printable, printableLines } from '../lib/printable.js';

test('control characters and changes of direction are written out', (t) => {
  t.is(printable('a\u001b[2J\r\nb\u0000'), 'a\\x1b[2J\\x0d\\x0ab\\x00');
  t.is(printable('gpj.\u202eexe\u2066\u009b\u2028'), 'gpj.\\u202eexe\\u2066\\u009b\\u2028');
  t.is(printable('Größe 3×3, 写真 🙂'), 'Größe 3×3, 写真 🙂');
});

test('the middle of a very long text is left out', (t) => {
  t.is(printable('0123456789', 7), '01 … 89');
  t.is(new CascadeError('x'.repeat(1_000_000)).message.length, 2000);
});

test('what is escaped counts as long as it is then', (t) => {
  t.is(printable('\n'.repeat(50), 23), '\\x0a\\x0a\\x … 0a\\x0a\\x0a');
  t.is(printable('\n'.repeat(1e6)).length, 2000);
});

test('nothing that a terminal obeys is left of any text', (t) => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        t.notRegex(printable(text), /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
    ),
  );
});

test('lines stay lines, and JSON stays the same JSON', (t) => {
  const value = { name: 'a\u001b\u0085\u202e\n"b"' };
  const text = printableLines(JSON.stringify(value, null, 2));
  t.deepEqual(JSON.parse(text), value);
  t.is(text.split('\n').length, 3);
});

import test from 'ava';
import { listed, quoted } from '../../lib/weights/quoted.js';

test('a name of usual length is shown as it is', (t) => {
  t.is(quoted('layer1.0.conv1.weight'), 'layer1.0.conv1.weight');
  t.is(quoted('x'.repeat(80)), 'x'.repeat(80));
});

test('a longer name loses its middle, whatever its length', (t) => {
  t.is(quoted(`${'a'.repeat(2e6)}.weight`), `${'a'.repeat(39)} … ${'a'.repeat(31)}.weight`);
});

test('characters that move the cursor or turn text around are written out', (t) => {
  t.is(quoted('a\x1b[2J\nb\u202ec\u2028d\u0000'), 'a\\x1b[2J\\x0ab\\u202ec\\u2028d\\x00');
});

test('eight parts of a sentence are listed, more are counted', (t) => {
  t.is(listed([]), 'nothing');
  t.is(listed(['a', 'b']), 'a; b');
  t.is(listed([...'abcdefghij']), 'a; b; c; d; e; f; g; h; and 2 more');
});

import test from 'ava';
import { quotedName } from '../../lib/weights/quoted-name.js';

test('a name of up to 80 characters stands as it is, a longer one is cut short', (t) => {
  t.is(quotedName('x'.repeat(80)), 'x'.repeat(80));
  t.is(quotedName('x'.repeat(81)), `${'x'.repeat(79)}…`);
});

test('characters that move the cursor or break the line are escaped', (t) => {
  t.is(quotedName('a\nb\u001b[2J\u2028'), 'a\\u000ab\\u001b[2J\\u2028');
});

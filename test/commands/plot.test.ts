import test from 'ava';
import { parseWidth } from '../../lib/commands/plot.js';

test('a width is written in centimetres, millimetres or inches', (t) => {
  t.is(parseWidth('8.5cm'), 8.5);
  t.is(parseWidth('85 mm'), 8.5);
  t.is(parseWidth('3.5in'), 8.89);
  for (const wrong of ['8.5', '85px', '1cm', '900cm', '-8cm'])
    t.throws(() => parseWidth(wrong), { code: 'commander.invalidArgument' }, wrong);
});

import test from 'ava';
import { describeImported } from '../../../lib/report/describe/describe-imported.js';
import { MANIFEST } from '../sample-cascade.js';

test('imported records are a line', (t) => {
  t.is(describeImported('mine.cascade', MANIFEST), 'mine.cascade: 2 exits, 10 classes, 125,485,696 MACs');
});

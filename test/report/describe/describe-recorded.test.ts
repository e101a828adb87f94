import test from 'ava';
import { describeRecorded } from '../../../lib/report/describe/describe-recorded.js';

test('whole records are told with their images, shards by their number', (t) => {
  t.is(
    describeRecorded([
      { records: 'calibration', images: 5000 },
      { records: 'test', shard: '3/16' },
    ]),
    'calibration: 5,000 images are recorded.\ntest: shard 3/16 is recorded.',
  );
});

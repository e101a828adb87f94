import test from 'ava';
import { describeMeasurement } from '../../../lib/report/describe/describe-measurement.js';
import { latencyRows, timeRow } from '../../../lib/report/time-rows.js';
import { TIMED_CASCADE, TIMED_RUN } from '../sample-cascade.js';

const BATCHES = { ...TIMED_RUN, batchSize: 128, cascadeMilliseconds: 0.0625, timeSavedLow: -0.125 };

test('measured times are a row a number of images at once, latencies a row an exit where images left', (t) => {
  const rows = [TIMED_RUN, BATCHES].map((run) => ({ ...timeRow(TIMED_CASCADE, run), threads: 2 }));
  t.is(
    describeMeasurement(rows, latencyRows(TIMED_CASCADE, TIMED_RUN)),
    `Measured on onnxruntime, 2 threads, cascade and full network in turns:

images at once  full network   cascade  time saved  95 % of the rounds  MACs saved
1                   2.053 ms  1.500 ms      25.0 %      12.5 to 30.0 %      36.2 %
128                 2.053 ms  0.063 ms      25.0 %     -12.5 to 30.0 %      36.2 %

Latency of single images:

left at           p50      p95      p99
block 8       2.00 ms  2.90 ms  2.98 ms
full network  4.00 ms  4.00 ms  4.00 ms
all images    2.50 ms  3.85 ms  3.97 ms`,
  );
});

test('where exits were measured, too, the total stands beside what their times say', (t) => {
  const predicted = {
    batch_size: 1,
    predicted_milliseconds_per_image: 1.2,
    predicted_full_milliseconds_per_image: 2,
    predicted_time_saved_percent: 40,
  };
  const rows = [{ ...TIMED_RUN, predicted }, BATCHES].map((run) => timeRow(TIMED_CASCADE, run));
  t.is(
    describeMeasurement(rows, []).split('\n').slice(2, 5).join('\n'),
    `images at once  full network   cascade  time saved  95 % of the rounds  MACs saved  predicted   saved  measured to predicted
1                   2.053 ms  1.500 ms      25.0 %      12.5 to 30.0 %      36.2 %   1.200 ms  40.0 %                   1.25
128                 2.053 ms  0.063 ms      25.0 %     -12.5 to 30.0 %      36.2 %          –       –                      –`,
  );
});

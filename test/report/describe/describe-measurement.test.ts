import test from 'ava';
import { describeMeasurement } from '../../../lib/report/describe/describe-measurement.js';
import { latencyRows, timeRow } from '../../../lib/report/time-rows.js';
import { CALIBRATION, MANIFEST } from '../sample-cascade.js';

const ABOUT = { manifest: MANIFEST, calibration: CALIBRATION, engine: 'onnxruntime' };
const SINGLE = {
  batchSize: 1,
  images: 4,
  rounds: 15,
  fullMilliseconds: 2.05271,
  cascadeMilliseconds: 1.5,
  timeSaved: 0.25,
  timeSavedLow: -0.125,
  timeSavedHigh: 0.3,
  macsSaved: 0.362,
  latencies: [[1, 2, 3], [], [4]],
};
const BATCHES = { ...SINGLE, batchSize: 128, cascadeMilliseconds: 0.0625, latencies: [] };

test('measured times are a row a number of images at once, latencies a row an exit where images left', (t) => {
  const rows = [SINGLE, BATCHES].map((run) => ({ ...timeRow(ABOUT, run), threads: 2 }));
  t.is(
    describeMeasurement(rows, latencyRows(ABOUT, SINGLE)),
    `Measured on onnxruntime, 2 threads, cascade and full network in turns:

images at once  full network   cascade  time saved  95 % of the rounds  MACs saved
1                   2.053 ms  1.500 ms      25.0 %     -12.5 to 30.0 %      36.2 %
128                 2.053 ms  0.063 ms      25.0 %     -12.5 to 30.0 %      36.2 %

Latency of single images:

left at           p50      p95      p99
block 8       2.00 ms  2.90 ms  2.98 ms
full network  4.00 ms  4.00 ms  4.00 ms
all images    2.50 ms  3.85 ms  3.97 ms`,
  );
});

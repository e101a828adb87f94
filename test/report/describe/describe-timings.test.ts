import test from 'ava';
import { describeTimings } from '../../../lib/report/describe/describe-timings.js';
import { TIMING } from '../../support/timing.js';
import { MANIFEST } from '../sample-cascade.js';

test('what every exit takes stands beside its MACs, with intervals and where it was read', (t) => {
  const timing = { ...TIMING, cpu: 'AMD EPYC', cores: 2, pixels: 'random' } as const;
  t.is(
    describeTimings(MANIFEST, timing),
    `Microseconds an image, one image at a time, on onnxruntime 1.30.0, AMD EPYC, 2 cores:

up to         network     95 % interval         MACs   head  95 % interval     MACs
block 8         800.0    790.0 to 812.0   42,909,696   60.0   60.0 to 60.0   68,096
block 17       1400.0  1400.0 to 1400.0   84,000,000  100.5  90.0 to 120.0  133,632
full network   2000.0  2000.0 to 2000.0  125,485,696      –              –        –

Medians of 25 rounds, of each the lower quartile of 64 images of random pixels, all ways of running in turns, with the medians' 95 % intervals.`,
  );
});

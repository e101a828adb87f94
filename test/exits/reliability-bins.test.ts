import test from 'ava';
import { reliabilityBins } from '../../lib/exits/reliability-bins.js';

test('bins go from the least sure to the surest and hold as many images each', (t) => {
  const confidence = Float64Array.from([0.9, 0.1, 0.7, 0.3]);
  const correct = Uint8Array.from([1, 0, 1, 1]);
  const bins = reliabilityBins({ confidence, correct }, 2);
  t.deepEqual(
    bins.map(({ images, accuracy }) => [images, accuracy]),
    [
      [2, 0.5],
      [2, 1],
    ],
  );
  t.deepEqual(
    bins.map((bin) => bin.confidence.toFixed(6)),
    ['0.200000', '0.800000'],
  );
  // One of two: 1 - sqrt(0.975) and sqrt(0.975); two of two: sqrt(0.025).
  t.deepEqual(
    bins.map(({ low, high }) => [low.toFixed(4), high.toFixed(4)]),
    [
      ['0.0126', '0.9874'],
      ['0.1581', '1.0000'],
    ],
  );
});

test('equal confidences stand in one bin, and all images are in some bin', (t) => {
  const confidence = Float64Array.from({ length: 100 }, (_, image) => (image < 80 ? 1 : image / 100));
  const correct = new Uint8Array(100).fill(1);
  const bins = reliabilityBins({ confidence, correct });
  t.deepEqual(
    bins.map(({ images }) => images),
    [10, 10, 80],
  );
  t.deepEqual(reliabilityBins({ confidence: new Float64Array(0), correct: new Uint8Array(0) }), []);
});

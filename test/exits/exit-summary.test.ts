import test from 'ava';
import { margin } from '../../lib/exits/criteria/margin.js';
import { softmaxMaximum } from '../../lib/exits/criteria/softmax-maximum.js';
import { exitSummary } from '../../lib/exits/exit-summary.js';

const LOGITS = Float32Array.of(0, Math.log(3), 0, 2, 2, -1, -5, -7, -6);

test('the softmax of (0, ln 3, 0) says class 1 at 3/5 with a margin of 2/5', (t) => {
  const { prediction, confidence, margin: margins, logProbabilities } = exitSummary(LOGITS, 3);
  t.is(prediction[0], 1);
  t.true(Math.abs(confidence[0]! - 0.6) < 1e-7);
  t.true(Math.abs(margins[0]! - 0.4) < 1e-7);
  t.true(Math.abs(logProbabilities[0]! - Math.log(0.2)) < 1e-7);
});

test('confidences and margins are those of the criteria of these names, and of equals the first class counts', (t) => {
  const summary = exitSummary(LOGITS, 3);
  for (let image = 0; image < 3; image++) {
    const output = { logits: LOGITS, start: 3 * image, classes: 3, top: 1, agreeing: 1 };
    t.is(summary.confidence[image], softmaxMaximum(output));
    t.is(summary.margin[image], margin(output));
  }
  t.deepEqual([...summary.prediction], [1, 0, 0]);
});

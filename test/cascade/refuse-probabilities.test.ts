import test from 'ava';
import { refuseProbabilities } from '../../lib/cascade/refuse-probabilities.js';
import { CascadeError } from '../../lib/errors.js';
import { createRandom } from '../../lib/stats/random.js';

const IMAGES = 50;

/** Softmax outputs of random logits. */
function probabilities(classes: number): Float32Array {
  const random = createRandom(classes);
  const odds = Float32Array.from({ length: IMAGES * classes }, () => Math.exp(6 * random()));
  return odds.map((value, index) => {
    const start = index - (index % classes);
    return value / odds.subarray(start, start + classes).reduce((sum, each) => sum + each, 0);
  });
}

for (const classes of [2, 10, 100]) {
  test(`what stands behind a softmax of ${classes} classes is told from logits, rounded or not`, (t) => {
    const shares = probabilities(classes);
    const refused = (values: Float32Array, what: RegExp): unknown =>
      t.throws(() => refuseProbabilities(values, classes, 'a.npy'), {
        instanceOf: CascadeError,
        message: what,
      });
    refused(shares, /^a\.npy holds probabilities, not logits: each image's sum to 1;/);
    refused(
      shares.map((share) => Math.round(100 * share) / 100),
      /^a\.npy holds (probabilities|values from 0 to 1)/,
    );
    refused(
      shares.map((share) => 100 * share),
      /^a\.npy holds percentages, not logits: each image's sum to 100;/,
    );
    refused(
      shares.map((share) => Math.round(1000 * share) / 10),
      /^a\.npy holds percentages/,
    );
    refused(
      shares.map((share) => 1 / (1 + share)),
      /^a\.npy holds values from 0 to 1, as a softmax or a sigmoid/,
    );
    t.notThrows(() => refuseProbabilities(shares.map(Math.log), classes, 'a.npy'));
    // Logits behind a rectifier are never below 0 either.
    t.notThrows(() =>
      refuseProbabilities(
        shares.map((share) => 30 * share ** 0.25),
        classes,
        'a.npy',
      ),
    );
  });
}

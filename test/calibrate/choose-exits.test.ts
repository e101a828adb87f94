import test from 'ava';
import fc from 'fast-check';
import { chooseExits } from '../../lib/calibrate/choose-exits.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { createRandom } from '../../lib/stats/random.js';
import { randomOutputs } from '../support/random-outputs.js';

const CLASSES = 4;
const IMAGES = 800;

/** Logits that are sure and right for so large a share of the images, unsure and at random for the others. */
function logits(labels: Uint16Array, share: number, random: () => number): Float32Array {
  const values = new Float32Array(labels.length * CLASSES);
  labels.forEach((label, image) => {
    if (random() < share) values[image * CLASSES + label] = 8;
    else values[image * CLASSES + Math.floor(CLASSES * random())] = 1;
  });
  return values;
}

/** A full network that is always right, and exits that know some shares of the images. */
function outputs(
  shares: readonly number[],
  backbone: readonly number[],
  heads: readonly number[],
): RecordedOutputs {
  const random = createRandom(1);
  const labels = Uint16Array.from({ length: IMAGES }, () => Math.floor(CLASSES * random()));
  return {
    classes: CLASSES,
    labels,
    exitLogits: shares.map((share) => logits(labels, share, random)),
    fullLogits: logits(labels, 1, random),
    costs: { backbone, heads, full: 1000 },
  };
}

test('the exit that knows most for its cost is chosen, and further ones only where they add to it', (t) => {
  // After block 1 four fifths leave for a fifth of the cost; block 0 knows nothing; block 2 has the rest for nearly all of it.
  const recorded = outputs([0, 0.8, 0.8], [100, 200, 990], [1, 1, 1]);
  const chosen = chooseExits(recorded, { drop: 0.01, blocks: [0, 1, 2], seed: 0 });
  t.deepEqual(
    chosen.map(({ exit }) => exit),
    [1],
  );
  // 80 % of the images save 799 of 1000, the others pay a head; some more leave at each larger drop.
  t.true(chosen[0]!.saved > 0.8 * 0.799 - 0.05 && chosen[0]!.saved < 0.8 * 0.799 + 0.05);
});

test('of two heads at a block that know as much, the cheaper one is chosen, and only one', (t) => {
  const recorded = outputs([0.6, 0.6], [200, 200], [1, 150]);
  const chosen = chooseExits(recorded, { drop: 0.01, blocks: [3, 3], seed: 0 });
  t.deepEqual(
    chosen.map(({ exit }) => exit),
    [0],
  );
});

test('a dearer head is worth it where it knows much more', (t) => {
  const recorded = outputs([0.2, 0.8], [200, 200], [1, 100]);
  const chosen = chooseExits(recorded, { drop: 0.01, blocks: [3, 3], seed: 0 });
  t.deepEqual(
    chosen.map(({ exit }) => exit),
    [1],
  );
});

test('two exits are chosen where each lets others leave, the one that adds more first', (t) => {
  const recorded = outputs([0.5, 0.8], [100, 600], [1, 1]);
  const chosen = chooseExits(recorded, { drop: 0.01, blocks: [0, 1], seed: 0 });
  t.deepEqual(
    chosen.map(({ exit }) => exit),
    [0, 1],
  );
  t.true(chosen[1]!.saved > chosen[0]!.saved + 0.003);
});

test('no exit is chosen where none saves anything', (t) => {
  const recorded = outputs([0.5], [600], [500]);
  t.deepEqual(chooseExits(recorded, { drop: 0.01, blocks: [0], seed: 0 }), []);
});

test('what is saved rises by what a further exit must add, and no block has two exits', (t) => {
  const blocks = [0, 0, 1, 2];
  fc.assert(
    fc.property(randomOutputs(4, 40), fc.nat(100), (recorded, seed) => {
      const chosen = chooseExits(recorded, { drop: 0.05, blocks, seed });
      const taken = new Set(chosen.map(({ exit }) => blocks[exit]));
      const rises = chosen.every(
        ({ saved }, index) => saved >= (chosen[index - 1]?.saved ?? 0) + 0.003 - 1e-12,
      );
      return taken.size === chosen.length && rises;
    }),
    { numRuns: 50 },
  );
  t.pass();
});

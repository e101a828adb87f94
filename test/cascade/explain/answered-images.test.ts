import test from 'ava';
import fc from 'fast-check';
import {
  type AnsweredImage,
  answeredImages,
  shownImages,
} from '../../../lib/cascade/explain/answered-images.js';
import { replayRule } from '../../../lib/exits/decision-rule.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { randomOutputs } from '../../support/random-outputs.js';

const RULES = [
  { scoring: DEFAULT_SCORING, thresholds: [0.6, 0.5] },
  { scoring: { ...DEFAULT_SCORING, top: 2 }, thresholds: [0.6, 0.5] },
  { scoring: { ...DEFAULT_SCORING, averaging: 0.4, lastAveraging: 0.4 }, thresholds: [0.7, null] },
] as const;

test('breaks, repairs and counts of exits are those of the replay', (t) => {
  fc.assert(
    fc.property(randomOutputs(2, 40), fc.constantFrom(...RULES), (outputs, rule) => {
      const { byExit, broken, repaired } = shownImages(answeredImages(outputs, rule), 2, 5, 1000);
      const { breaks, repairs, counts } = replayRule(outputs, rule);
      t.deepEqual([broken.all, repaired.all], [breaks, repairs]);
      t.deepEqual([broken.shown.length, repaired.shown.length], [breaks, repairs]);
      t.deepEqual(
        byExit.map(({ exit, images }) => [exit, images]),
        counts.flatMap((count, exit) => (count === 0 ? [] : [[exit, count]])),
      );
    }),
  );
});

/** Images that leave at the first exit, right, with so many confidences. */
function sure(...confidences: readonly number[]): AnsweredImage[] {
  return confidences.map((confidence, image) => ({
    ...{ image, label: 0, exit: 0, confidence },
    ...{ cascade: [0], full: [0] },
  }));
}

test('examples run from the surest to the least sure', (t) => {
  const { byExit } = shownImages(sure(0.5, 0.9, 0.7, 0.8, 0.6), 1, 3, 0);
  t.deepEqual(
    byExit.map(({ examples }) => examples.map(({ confidence }) => confidence)),
    [[0.9, 0.7, 0.5]],
  );
});

test('no more images are shown than were asked for', (t) => {
  const broken = sure(0.9, 0.8, 0.7).map((image) => ({ ...image, cascade: [1] }));
  const shown = shownImages(broken, 1, 1, 2);
  t.deepEqual(
    shown.broken.shown.map(({ image }) => image),
    [0, 1],
  );
  t.is(shown.broken.all, 3);
  t.is(shown.byExit[0]!.examples.length, 1);
});

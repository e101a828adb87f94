import test from 'ava';
import type { AskedLabels } from '../../../lib/cascade/ask/ask.js';
import { askedRow, describeAsked } from '../../../lib/report/ask/describe-asked.js';

/** As much of what is asked as is told: so many of so many images need a label. */
function asked(labels: number, images: number, pathImages: number): AskedLabels {
  const dispute = { image: 0, full: [0], others: [] };
  return {
    images,
    asked: Array.from({ length: labels }, () => ({ dispute, picture: '1.png', file: 'a.png' })),
    path: {
      ...{ images: images - pathImages, pathImages, disputes: [] },
      scoring: { criterion: 'softmax', top: 1, averaging: 0 },
      points: [{ thresholds: [0.5], parameter: 0.5, cost: 1 }],
    },
    passes: () => true,
  };
}

test('how many labels can matter is told with what the other images do', (t) => {
  t.deepEqual(askedRow(asked(198, 5000, 1500)), {
    ...{ images: 5000, path_images: 1500, test_images: 3500, candidates: 1, labels_at_most: 198 },
  });
  t.deepEqual(describeAsked(asked(198, 5000, 1500), 'ask').split('\n'), [
    '5,000 images ran through all exits and the full network, of which 1,500 made the path.',
    'At most 198 of them need a label; the other 4,802 cannot change the answer.',
    'They lie in ask, in the order in which they decide: as a rule far fewer do, and the page says when none is left that matters.',
  ]);
});

test('one label, all labels and none have their own words', (t) => {
  const secondLine = (labels: number, images: number) =>
    describeAsked(asked(labels, images, 0), 'ask').split('\n')[1];
  t.is(secondLine(1, 20), 'At most 1 of them needs a label; the other 19 cannot change the answer.');
  t.is(secondLine(20, 20), 'At most 20 of them need a label.');
  t.is(secondLine(0, 20), 'No label is needed: whatever the labels are, the answer is the same.');
});

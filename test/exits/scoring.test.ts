import test from 'ava';
import { CRITERION_NAMES } from '../../lib/exits/criteria.js';
import { averagedBy, DEFAULT_SCORING, dependsOnEarlierExits, scoringName } from '../../lib/exits/scoring.js';

test('a scoring is named by its criterion, averaging and top where they matter', (t) => {
  t.is(scoringName(DEFAULT_SCORING), 'softmax');
  t.is(scoringName({ criterion: 'margin', top: 1, ...averagedBy(0.4) }), 'margin, averaged 0.4');
  t.is(scoringName({ criterion: 'top-k', top: 5, ...averagedBy(0.4) }), 'top-k, averaged 0.4, top 5');
  t.is(scoringName({ criterion: 'softmax', averaging: 0.4, top: 1 }), 'softmax, averaged 0.4, last alone');
  t.is(
    scoringName({ criterion: 'softmax', averaging: 0.4, lastAveraging: 0.8, top: 1 }),
    'softmax, averaged 0.4, last 0.8',
  );
});

test('only patience and averaging depend on the exits before', (t) => {
  t.deepEqual(
    CRITERION_NAMES.filter((criterion) => dependsOnEarlierExits({ ...DEFAULT_SCORING, criterion })),
    ['patience'],
  );
  t.true(dependsOnEarlierExits({ ...DEFAULT_SCORING, averaging: 0.1 }));
  t.true(dependsOnEarlierExits({ ...DEFAULT_SCORING, lastAveraging: 0.1 }));
});

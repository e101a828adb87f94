import test from 'ava';
import type { GroupEvaluation } from '../../../lib/cascade/group-evaluation.js';
import { describeContradiction, describeGroups } from '../../../lib/report/describe/describe-groups.js';

const FIRST: GroupEvaluation = {
  grouping: 'exit',
  group: 'block 8 or before',
  images: 1032,
  breaks: 3,
  repairs: 4,
  drop_points: -0.0969,
  drop_low_points: -0.7374,
  drop_high_points: 0.5081,
  contradicted: false,
};
const NONE = {
  images: 0,
  breaks: 0,
  repairs: 0,
  drop_points: null,
  drop_low_points: null,
  drop_high_points: null,
};

const CHANGES =
  'broken: the full network alone has them right, the cascade wrong; repaired: the other way round';

test('exits stand in their order, with their drops and intervals', (t) => {
  t.is(
    describeGroups([FIRST, { ...FIRST, group: 'all images', images: 5000 }]),
    `left after         images  broken  repaired   drop  95 % interval
block 8 or before   1,032       3         4  -0.10  -0.74 to 0.51
all images          5,000       3         4  -0.10  -0.74 to 0.51
${CHANGES}`,
  );
});

test('of many classes the worst are shown, those without images last', (t) => {
  const classes = Array.from({ length: 22 }, (_, label) => ({
    ...{ ...FIRST, grouping: 'class' as const, group: `c${label}` },
    ...(label === 0 ? NONE : { drop_points: label / 10 }),
  }));
  const lines = describeGroups(classes).split('\n');
  t.regex(lines[1]!, /^c21 /);
  t.is(lines.at(-2), 'and 2 more classes, none of which drops more');
  t.is(lines.at(-1), CHANGES);
  t.regex(describeGroups(classes.slice(0, 2)).split('\n').at(-2)!, /^c0 +0 +0 +0 +– +–$/);
});

test('groups that contradict what is promised are named', (t) => {
  t.is(
    describeContradiction([FIRST], 1),
    'These images do not contradict the promise of at most 1 point at every exit.',
  );
  t.regex(
    describeContradiction([FIRST, { ...FIRST, grouping: 'class', group: 'cat', contradicted: true }], 2),
    /^These images contradict the promise of at most 2 points for cat: /,
  );
});

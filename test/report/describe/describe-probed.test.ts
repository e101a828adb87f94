import test from 'ava';
import { describeAutoExits } from '../../../lib/report/describe/describe-auto-exits.js';
import { describeProbed } from '../../../lib/report/describe/describe-probed.js';
import { PROBED } from '../sample-probed.js';

test('probes are a row a block, two columns a kind of head, and a word of caution', (t) => {
  t.is(
    describeProbed(PROBED),
    `Probes, fitted on 4,000 of the fitting images; right among 4 others:

exit after    MACs with linear   right  MACs with mlp   right
block 0                 20.1 %  25.0 %         22.0 %  50.0 %
block 1                 60.1 %  75.0 %         64.0 %  75.0 %
full network           100.0 %  75.0 %        100.0 %  75.0 %

A probe is weaker than the fitted head, which sees more images; and a network that was trained on these images knows them better than unseen ones.`,
  );
});

test('chosen exits are a row each, in the order of choice', (t) => {
  const chosen = [
    { exit: 2, saved: 0.204 },
    { exit: 1, saved: 0.2512 },
  ];
  t.is(
    describeAutoExits({ ...PROBED, students: [], chosen, drop: 0.015 }),
    `Exits chosen by probes (fitted on 4,000 images, judged on 4 others) for a drop of 1.5 points:

exit after  head    MACs with head  probe right  saved with those above
block 1     linear          60.1 %       75.0 %                  20.4 %
block 0     mlp             22.0 %       50.0 %                  25.1 %

Probes are weaker than the fitted heads, which save more: the figures rank places and promise nothing.`,
  );
});

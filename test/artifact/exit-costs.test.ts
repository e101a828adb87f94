import test from 'ava';
import { costsFault, exitCosts } from '../../lib/artifact/exit-costs.js';

const exit = (block: number, backbone: number, head = 1) => ({
  block,
  backbone_macs: backbone,
  head_macs: head,
});

test('costs that rise to those of the full network are right, and are the lists that a replay takes', (t) => {
  const written = { exits: [exit(0, 10, 3), exit(4, 10, 5), exit(5, 30, 7)], full_macs: 30 };
  t.is(costsFault(written), undefined);
  t.deepEqual(exitCosts(written), { backbone: [10, 10, 30], heads: [3, 5, 7], full: 30 });
});

test('what cannot be is told with its place', (t) => {
  const placeOf = (exits: readonly ReturnType<typeof exit>[], full = 100): string | undefined =>
    costsFault({ exits, full_macs: full })?.[0].join('.');
  t.is(placeOf([exit(1, 10), exit(1, 20)]), 'exits.1.block');
  t.is(placeOf([exit(2, 10), exit(1, 20)]), 'exits.1.block');
  t.is(placeOf([exit(0, 20), exit(1, 10)]), 'exits.1.backbone_macs');
  t.is(placeOf([exit(0, 101)]), 'exits.0.backbone_macs');
  t.is(placeOf([exit(0, 0, 0)], 0), 'full_macs');
  // Together beyond what a number holds exactly.
  t.is(placeOf([exit(0, 10, 2 ** 53 - 1)]), 'full_macs');
});

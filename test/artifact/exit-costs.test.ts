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

test('in a chain blocks and MACs rise within each network, whose end comes last', (t) => {
  const inMember = (member: number, block: number | null, macs: number) => ({
    ...{ member, block, backbone_macs: macs, head_macs: 1 },
  });
  const chain = [inMember(0, 3, 10), inMember(0, null, 20), inMember(1, 1, 5), inMember(1, null, 40)];
  const faultOf = (exits: readonly ReturnType<typeof inMember>[], full_member = 2): string | undefined =>
    costsFault({ exits, full_macs: 100, full_member })?.[0].join('.');
  t.is(faultOf(chain), undefined);
  t.is(faultOf([...chain, inMember(2, 8, 60)]), undefined);
  t.deepEqual(exitCosts({ exits: chain, full_macs: 100, full_member: 2 }).members, [0, 0, 1, 1, 2]);
  // Blocks fall; something stands behind a network's end; networks fall; the full network has an exit at its end; none has that number.
  t.is(faultOf([inMember(0, 3, 10), inMember(0, 2, 20)]), 'exits.1.block');
  t.is(faultOf([inMember(0, null, 10), inMember(0, 2, 20)]), 'exits.1.block');
  t.is(faultOf([inMember(1, 1, 10), inMember(0, 2, 20)]), 'exits.1.member');
  t.is(faultOf([inMember(0, null, 10)], 0), 'exits.0.block');
  t.is(faultOf([inMember(3, 1, 10)]), 'exits.0.member');
  t.is(costsFault({ exits: chain, full_macs: 100 })?.[0].join('.'), 'exits.0.member');
  t.is(costsFault({ exits: [exit(0, 10)], full_macs: 100, full_member: 1 })?.[0].join('.'), 'exits.0.member');
});

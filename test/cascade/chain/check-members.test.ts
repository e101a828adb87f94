import test from 'ava';
import type { MemberSource } from '../../../lib/cascade/chain/chain-member.js';
import { checkMembers } from '../../../lib/cascade/chain/check-members.js';
import type { LocatedDataset } from '../../../lib/data/dataset.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { totalMacs } from '../../../lib/network/macs.js';

const SHAPE = [3, 32, 32] as const;
const DATA = {
  description: { title: 'Colours', shape: SHAPE, class_names: ['red', 'green', 'blue'] },
} as unknown as LocatedDataset;

function graphOf(blocksPerStage: number, classes: number, inputShape: readonly number[]) {
  return cifarResNet({ inputShape, classes, blocksPerStage, shortcut: 'A' });
}

/** A ResNet of 6n + 2 layers as a user names it. */
function source(
  blocksPerStage: number,
  { classes = 3, shape = SHAPE }: { readonly classes?: number; readonly shape?: readonly number[] } = {},
): MemberSource {
  const network = { graph: graphOf(blocksPerStage, classes, shape) };
  const file = `resnet${6 * blocksPerStage + 2}.th`;
  return { file, sha256: '0'.repeat(64), backbone: { classes, network } } as unknown as MemberSource;
}

test('networks from cheap to dear of the same classes and images are a chain', (t) => {
  t.notThrows(() => checkMembers([source(1), source(2), source(3)], DATA));
});

test('what makes no chain is refused by the file to change', (t) => {
  const [small, large] = [1, 2].map((blocks) => totalMacs(graphOf(blocks, 3, SHAPE)));
  const refusals: readonly (readonly [sources: readonly MemberSource[], message: string])[] = [
    [[source(1)], 'A chain needs at least two networks; name them from the cheapest to the most expensive.'],
    [
      [source(1), source(2, { classes: 5 })],
      'resnet14.th has 5 output classes, but Colours has 3; choose networks and data with the same classes.',
    ],
    [
      [source(1), source(2, { shape: [3, 64, 64] })],
      'resnet14.th takes images of 3×64×64 and those of Colours are 3×32×32; choose the data set it was trained for with --data.',
    ],
    [
      [source(2), source(1)],
      `resnet8.th costs ${small} MACs, no more than resnet14.th before it (${large}); name the networks from the cheapest to the most expensive.`,
    ],
  ];
  for (const [sources, message] of refusals) t.throws(() => checkMembers(sources, DATA), { message });
});

test('a network before the full one may take images of another size, which are then resized', (t) => {
  t.notThrows(() => checkMembers([source(1, { shape: [3, 16, 16] }), source(2)], DATA));
});

import test from 'ava';
import { candidatePlaces, chooseCuts, chooseHeads } from '../../../lib/cascade/attach/exit-places.js';
import { CascadeError } from '../../../lib/errors.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../../lib/network/cut-points.js';

/** ResNet-56: 27 blocks in three stages, each of 4,718,592 MACs but the first of the second and third, of 3,538,944. */
const CUTS = cutPoints(
  cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage: 9, shortcut: 'A' }),
);
const FULL = 125_485_696;

function blocks(choice: string): readonly number[] {
  return chooseCuts(choice, CUTS, FULL).map(({ block }) => block);
}

test('stages are their last blocks, and all are all but the last', (t) => {
  t.deepEqual(blocks('stages'), [8, 17]);
  t.deepEqual(
    blocks('all'),
    Array.from({ length: 26 }, (_, block) => block),
  );
});

test('a number spreads exits evenly over the MACs', (t) => {
  // A block is a 27th, near enough: halves, and quarters, of them.
  t.deepEqual(blocks('1'), [12]);
  t.deepEqual(blocks('3'), [6, 12, 19]);
  t.is(blocks('26').length, 26);
});

test('blocks are taken as they are named, in order and once', (t) => {
  t.deepEqual(blocks('17,8,8'), [8, 17]);
  t.deepEqual(blocks('8,'), [8]);
});

test('what names no block is refused', (t) => {
  for (const [choice, message] of [
    ['26,', '--exits names block 26, but exits of this backbone stand after blocks 0 to 25.'],
    ['27', '--exits 27 is not between 1 and 26, the blocks of this backbone but the last.'],
    ['0', '--exits 0 is not between 1 and 26, the blocks of this backbone but the last.'],
    [
      'some',
      '--exits some is neither auto, stages, all, a number of exits, blocks such as 8,17, nor a placement such as golden:4 (linear, pareto, fine, golden).',
    ],
    [
      '-1',
      '--exits -1 is neither auto, stages, all, a number of exits, blocks such as 8,17, nor a placement such as golden:4 (linear, pareto, fine, golden).',
    ],
  ] as const)
    t.throws(() => blocks(choice), { instanceOf: CascadeError, message }, choice);
});

test('one kind of head is for all exits, others for the block that they name', (t) => {
  const cuts = chooseCuts('stages', CUTS, FULL);
  const heads = (choice: string) => chooseHeads(choice, cuts).map(({ cut, head }) => [cut.block, head]);
  t.deepEqual(heads('mlp'), [
    [8, 'mlp'],
    [17, 'mlp'],
  ]);
  t.deepEqual(heads('17:linear,8:conv'), [
    [8, 'conv'],
    [17, 'linear'],
  ]);
  for (const [choice, message] of [
    [
      'lineal',
      '--heads lineal is no kind of head (linear, paper, mlp, conv, conv1x1, deep, means); did you mean linear?',
    ],
    ['8:mlp', '--heads gives the exit after block 17 no kind; add 17:mlp.'],
    ['8:mlp,9:mlp', '--heads names block 9, where --exits puts no exit.'],
  ] as const)
    t.throws(() => heads(choice), { message }, choice);
});

test('what probes choose among are all listed kinds after every block but the last', (t) => {
  t.deepEqual(
    candidatePlaces('linear,mlp,linear', CUTS.slice(0, 3)).map(({ cut, head }) => [cut.block, head]),
    [
      [0, 'linear'],
      [0, 'mlp'],
      [1, 'linear'],
      [1, 'mlp'],
    ],
  );
  t.throws(() => candidatePlaces('linear,8:mlp', CUTS), {
    message:
      '--heads 8:mlp is no kind of head (linear, paper, mlp, conv, conv1x1, deep, means); did you mean mlp?',
  });
});

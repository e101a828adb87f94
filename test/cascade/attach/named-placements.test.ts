import test from 'ava';
import fc from 'fast-check';
import { chooseCuts } from '../../../lib/cascade/attach/exit-places.js';
import { namedPlacement, PLACEMENT_NAMES } from '../../../lib/cascade/attach/named-placements.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../../lib/network/cut-points.js';

/** ResNet-56: 27 blocks of a 27th of the MACs each, near enough. */
const CUTS = cutPoints(
  cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage: 9, shortcut: 'A' }),
);
const FULL = 125_485_696;

function blocks(choice: string): readonly number[] {
  return chooseCuts(choice, CUTS, FULL).map(({ block }) => block);
}

test('placements of the literature stand where their shares of the MACs are reached', (t) => {
  // Least shares of the MACs in percent, and those at the blocks: 25 50 75 (26.7 52.2 77.7), 20 36 48.8 59.04 (23.0 37.1 52.2 59.7),
  // 5 9.75 14.26 (7.9 11.7 15.5), 23.6 38.2 61.8 (26.7 40.9 63.4).
  t.deepEqual(blocks('linear:3'), [6, 13, 20]);
  t.deepEqual(blocks('pareto:4'), [5, 9, 13, 15]);
  t.deepEqual(blocks('fine:3'), [1, 2, 3]);
  t.deepEqual(blocks('golden:3'), [6, 10, 16]);
});

test('a placement that has no place is one sentence', (t) => {
  for (const [choice, message] of [
    [
      'golden:27',
      '--exits golden:27 is not between 1 and 26 exits, the blocks of this backbone but the last.',
    ],
    ['linear:0', '--exits linear:0 is not between 1 and 26 exits, the blocks of this backbone but the last.'],
    ['pareto:26', '--exits pareto:26 finds places for 11 exits only in this backbone; ask for pareto:11.'],
    [
      'gold:3',
      '--exits gold:3 is neither auto, stages, all, a number of exits, blocks such as 8,17, nor a placement such as golden:4 (linear, pareto, fine, golden).',
    ],
  ] as const)
    t.throws(() => blocks(choice), { message }, choice);
});

test('each exit stands at the first free block that reaches its share, behind the one before', (t) => {
  const steps = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(
      steps,
      fc.constantFrom(...PLACEMENT_NAMES),
      fc.integer({ min: 1, max: 10 }),
      (each, name, count) => {
        const cuts = each.map((_, block) => ({
          block,
          value: `${block}`,
          shape: [1, 1, 1],
          macs: each.slice(0, block + 1).reduce((sum, step) => sum + step, 0),
        }));
        const macs = cuts.at(-1)!.macs;
        const places = cuts.slice(0, -1);
        const phi = (1 + Math.sqrt(5)) / 2;
        const share = (index: number): number =>
          ({
            linear: index / (count + 1),
            pareto: 1 - 0.8 ** index,
            fine: 1 - 0.95 ** index,
            golden: 1 / phi ** (count + 1 - index),
          })[name];
        let chosen: readonly { readonly block: number }[];
        try {
          chosen = namedPlacement(name, count, places, macs);
        } catch {
          // Then the shares, taken one by one, run out of blocks.
          let next = 0;
          let placed = 0;
          for (; placed < count; placed++) {
            while (next < places.length && places[next]!.macs < share(placed + 1) * macs * (1 - 1e-12))
              next++;
            if (next++ >= places.length) break;
          }
          return placed < count;
        }
        return chosen.every(({ block }, index) => {
          const least = share(index + 1) * macs;
          const after = index === 0 ? -1 : chosen[index - 1]!.block;
          const tooEarly = block - 1 === after || cuts[block - 1]!.macs < least * (1 + 1e-6);
          return block > after && cuts[block]!.macs >= least * (1 - 1e-6) && tooEarly;
        });
      },
    ),
  );
  t.pass();
});

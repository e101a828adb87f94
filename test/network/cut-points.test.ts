import test from 'ava';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { inputsOf } from '../../lib/network/graph.js';
import { subgraph } from '../../lib/network/segments.js';

const graph = cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage: 9, shortcut: 'A' });

test('ResNet-56 can be cut after each of its 27 blocks', (t) => {
  t.deepEqual(
    cutPoints(graph).map(({ block }) => block),
    Array.from({ length: 27 }, (_, block) => block),
  );
});

test('the MACs up to each cut of ResNet-56 are those of the stem and of two convolutions a block, counted by hand', (t) => {
  const convolution = (inputs: number, outputs: number, side: number): number =>
    side * side * inputs * outputs * 9;
  let macs = convolution(3, 16, 32);
  const expected: number[] = [];
  for (const [channels, side] of [
    [16, 32],
    [32, 16],
    [64, 8],
  ] as const) {
    for (let block = 0; block < 9; block++) {
      const inputs = block === 0 && channels > 16 ? channels / 2 : channels;
      macs += convolution(inputs, channels, side) + convolution(channels, channels, side);
      expected.push(macs);
    }
  }
  t.deepEqual(
    cutPoints(graph).map((cut) => cut.macs),
    expected,
  );
});

test('everything behind a cut is computed from its value alone', (t) => {
  for (const { value } of cutPoints(graph)) {
    const rest = subgraph(graph, value, [graph.output]);
    const made = new Set([value, ...rest.nodes.map(({ name }) => name)]);
    t.true(rest.nodes.every((node) => inputsOf(node).every((input) => made.has(input))));
  }
});

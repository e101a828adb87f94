import test from 'ava';
import { cutPoints } from '../../lib/network/cut-points.js';
import { inputsOf } from '../../lib/network/graph.js';
import { totalMacs } from '../../lib/network/macs.js';
import { cifarResNet } from '../../lib/network/resnet-cifar.js';
import { subgraph } from '../../lib/network/segments.js';

const graph = cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage: 9, shortcut: 'A' });

test('ResNet-56 can be cut after each of its 27 blocks', (t) => {
  t.deepEqual(
    cutPoints(graph).map(({ block }) => block),
    Array.from({ length: 27 }, (_, block) => block),
  );
});

test('the MACs up to a cut are those of the graph that computes it', (t) => {
  for (const { value, macs } of cutPoints(graph)) {
    t.is(macs, totalMacs(subgraph(graph, graph.input, [value])));
  }
});

test('the MACs after the first stage of ResNet-56 are counted by hand: a stem and 18 convolutions of 16 to 16 channels', (t) => {
  const stem = 32 * 32 * 16 * 3 * 9;
  const convolution = 32 * 32 * 16 * 16 * 9;
  t.is(cutPoints(graph)[8]!.macs, stem + 18 * convolution);
});

test('everything behind a cut is computed from its value alone', (t) => {
  for (const { value } of cutPoints(graph)) {
    const rest = subgraph(graph, value, [graph.output]);
    const made = new Set([value, ...rest.nodes.map(({ name }) => name)]);
    t.true(rest.nodes.every((node) => inputsOf(node).every((input) => made.has(input))));
  }
});

import test from 'ava';
import { foldPadding } from '../../lib/network/fold-padding.js';
import type { GraphNode } from '../../lib/network/graph.js';

const PAD: GraphNode = {
  ...{ kind: 'pad', name: 'p', input: 'x' },
  padding: { top: 1, bottom: 2, left: 3, right: 4 },
};
const CONVOLUTION: GraphNode = {
  ...{ kind: 'convolution', name: 'c', input: 'p', outputChannels: 1, kernel: [3, 3], stride: [2, 2] },
  ...{ groups: 1, padding: { top: 1, bottom: 0, left: 0, right: 1 }, weight: 'w' },
};

function folded(...nodes: readonly GraphNode[]): readonly GraphNode[] {
  const graph = { input: 'x', inputShape: [1, 5, 5], nodes, output: nodes.at(-1)!.name };
  return foldPadding({ graph, parameters: new Map() }).graph.nodes;
}

test('padding before a convolution adds to its own', (t) => {
  t.deepEqual(folded(PAD, CONVOLUTION), [
    { ...CONVOLUTION, input: 'x', padding: { top: 2, bottom: 2, left: 3, right: 5 } },
  ]);
});

test('padding that something else reads, or that a pool reads, stays', (t) => {
  const other: GraphNode = { kind: 'relu', name: 'r', input: 'p' };
  t.deepEqual(folded(PAD, CONVOLUTION, other), [PAD, CONVOLUTION, other]);
  const pool: GraphNode = {
    ...{ kind: 'max-pool', name: 'm', input: 'p', kernel: [2, 2], stride: [2, 2] },
    padding: { top: 0, bottom: 0, left: 0, right: 0 },
  };
  t.deepEqual(folded(PAD, pool), [PAD, pool]);
});

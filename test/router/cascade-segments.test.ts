import test from 'ava';
import type { SavedNetwork } from '../../lib/artifact/attached-network.js';
import type { GraphNode } from '../../lib/network/graph.js';
import { cascadeSegments } from '../../lib/router/cascade-segments.js';

const relu = (name: string, input: string): GraphNode => ({ kind: 'relu', name, input });

/** x → a → b → c → y, with heads on a, b and c. */
const SAVED = {
  network: {
    graph: {
      input: 'x',
      inputShape: [2],
      nodes: [
        ...[relu('a', 'x'), relu('head-a', 'a'), relu('b', 'a'), relu('head-b', 'b')],
        ...[relu('c', 'b'), relu('head-c', 'c'), relu('y', 'c')],
      ],
      output: 'y',
    },
    parameters: new Map(),
  },
  exits: ['a', 'b', 'c'].map((value) => ({ value, logits: `head-${value}`, member: 0 })),
  fullMember: 0,
} as unknown as SavedNetwork;

function cut(...thresholds: readonly (number | null)[]) {
  return cascadeSegments(SAVED, thresholds).map(({ network, exit, logits, features }) => ({
    nodes: [network.graph.input, ...network.graph.nodes.map(({ name }) => name)].join(' '),
    exit,
    logits,
    features,
  }));
}

test('a cascade is cut at its enabled exits, without the heads of the others', (t) => {
  t.deepEqual(cut(0.5, null, 0.5), [
    { nodes: 'x a head-a', exit: 0, logits: 'head-a', features: 'a' },
    { nodes: 'a b c head-c', exit: 2, logits: 'head-c', features: 'c' },
    { nodes: 'c y', exit: undefined, logits: 'y', features: undefined },
  ]);
});

test('without enabled exits the whole network is one segment', (t) => {
  t.deepEqual(cut(null, null, null), [
    { nodes: 'x a b c y', exit: undefined, logits: 'y', features: undefined },
  ]);
});

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

const cut = (...thresholds: readonly (number | null)[]) => cutOf(SAVED, ...thresholds);

function cutOf(saved: SavedNetwork, ...thresholds: readonly (number | null)[]) {
  return cascadeSegments(saved, thresholds).map(({ network, exit, logits, features }) => ({
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

/** x → a → p and, behind it, x → b → y: two networks with an exit inside the first, at its end, and inside the second. */
const CHAIN = {
  network: {
    graph: {
      input: 'x',
      inputShape: [2],
      nodes: [
        ...[relu('a', 'x'), relu('head-a', 'a'), relu('p', 'a')],
        ...[relu('b', 'x'), relu('head-b', 'b'), relu('y', 'b')],
      ],
      output: 'y',
    },
    parameters: new Map(),
  },
  exits: [
    { value: 'a', logits: 'head-a', member: 0 },
    { value: 'p', logits: 'p', member: 0 },
    { value: 'b', logits: 'head-b', member: 1 },
  ],
  fullMember: 1,
} as unknown as SavedNetwork;

test('each network of a chain begins with the pixels, and one without an enabled exit is left out', (t) => {
  t.deepEqual(cutOf(CHAIN, 0.5, 0.5, 0.5), [
    { nodes: 'x a head-a', exit: 0, logits: 'head-a', features: 'a' },
    { nodes: 'a p', exit: 1, logits: 'p', features: undefined },
    { nodes: 'x b head-b', exit: 2, logits: 'head-b', features: 'b' },
    { nodes: 'b y', exit: undefined, logits: 'y', features: undefined },
  ]);
  t.deepEqual(cutOf(CHAIN, 0.5, null, null), [
    { nodes: 'x a head-a', exit: 0, logits: 'head-a', features: undefined },
    { nodes: 'x b y', exit: undefined, logits: 'y', features: undefined },
  ]);
  t.deepEqual(
    cascadeSegments(CHAIN, [null, 0.5, 0.5]).map(({ takesPixels }) => takesPixels),
    [true, true, false],
  );
  t.deepEqual(cutOf(CHAIN, null, null, null), [
    { nodes: 'x b y', exit: undefined, logits: 'y', features: undefined },
  ]);
});

test('without enabled exits the whole network is one segment', (t) => {
  t.deepEqual(cut(null, null, null), [
    { nodes: 'x a b c y', exit: undefined, logits: 'y', features: undefined },
  ]);
});

import test from 'ava';
import type { Graph, GraphNode, Network } from '../../lib/network/graph.js';
import { graft, subgraph, subnetwork } from '../../lib/network/segments.js';

const linear = (name: string, input: string, outputFeatures: number): GraphNode => ({
  ...{ kind: 'linear', name, input, outputFeatures, weight: `${name}.w` },
});

/** x → a → b → c, and a → d beside it. */
const GRAPH: Graph = {
  input: 'x',
  inputShape: [4],
  nodes: [linear('a', 'x', 3), linear('b', 'a', 2), linear('d', 'a', 5), linear('c', 'b', 1)],
  output: 'c',
};
const NETWORK: Network = {
  graph: GRAPH,
  parameters: new Map(
    Object.entries({ a: [3, 4], b: [2, 3], d: [5, 3], c: [1, 2] }).map(([name, shape]) => [
      `${name}.w`,
      { shape, data: new Float32Array(shape[0]! * shape[1]!) },
    ]),
  ),
};

test('a part of a graph has the nodes between, and takes what enters in its shape', (t) => {
  const part = subgraph(GRAPH, 'a', ['c']);
  t.deepEqual(part, { input: 'a', inputShape: [3], nodes: [GRAPH.nodes[1]!, GRAPH.nodes[3]!], output: 'c' });
});

test('of several wanted values the last is the output', (t) => {
  const part = subgraph(GRAPH, 'x', ['d', 'b']);
  t.deepEqual(
    part.nodes.map(({ name }) => name),
    ['a', 'b', 'd'],
  );
  t.is(part.output, 'b');
});

test('a value that needs more than what enters is refused', (t) => {
  t.throws(() => subgraph(GRAPH, 'b', ['d']), { message: 'The value x cannot be computed from b alone.' });
});

test('a part of a network has the parameters of its nodes only', (t) => {
  t.deepEqual([...subnetwork(NETWORK, 'a', ['c']).parameters.keys()], ['b.w', 'c.w']);
});

test('a grafted branch stands behind the value that it reads, under names of its own', (t) => {
  const branch: Network = {
    graph: {
      input: 'in',
      inputShape: [2],
      nodes: [linear('h', 'in', 7), { kind: 'add', name: 's', inputs: ['h', 'h'] }],
      output: 's',
    },
    parameters: new Map([['h.w', { shape: [7, 2], data: new Float32Array(14) }]]),
  };
  const { network, output } = graft(NETWORK, 'b', branch, 'exit/');
  t.is(output, 'exit/s');
  t.is(network.graph.output, 'c');
  t.deepEqual(network.graph.nodes.slice(2, 4), [
    { kind: 'linear', name: 'exit/h', input: 'b', outputFeatures: 7, weight: 'exit/h.w' },
    { kind: 'add', name: 'exit/s', inputs: ['exit/h', 'exit/h'] },
  ]);
  t.deepEqual([...network.parameters.keys()], ['a.w', 'b.w', 'd.w', 'c.w', 'exit/h.w']);
});

test('a branch on what enters stands before all other nodes', (t) => {
  const branch: Network = {
    graph: { input: 'in', inputShape: [4], nodes: [{ kind: 'relu', name: 'r', input: 'in' }], output: 'r' },
    parameters: new Map(),
  };
  t.deepEqual(graft(NETWORK, 'x', branch, 'e/').network.graph.nodes[0], {
    kind: 'relu',
    name: 'e/r',
    input: 'x',
  });
});

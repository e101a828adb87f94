import test from 'ava';
import { checkGraph, checkParameters } from '../../lib/artifact/check-network.js';
import { CascadeError } from '../../lib/errors.js';
import type { Graph, GraphNode } from '../../lib/network/graph.js';

const NONE = { top: 0, bottom: 0, left: 0, right: 0 };
const CONVOLUTION: GraphNode = {
  ...{ kind: 'convolution', name: 'c', input: 'x', outputChannels: 6, kernel: [3, 3], stride: [1, 1] },
  ...{ groups: 2, padding: NONE, weight: 'w', bias: 'b' },
};

const graphOf = (...nodes: readonly GraphNode[]): Graph => ({
  ...{ input: 'x', inputShape: [4, 8, 8], nodes, output: nodes.at(-1)!.name },
});

function faultOf(graph: Graph): string | undefined {
  try {
    checkGraph(graph, 'network.json', 'attach again');
    return undefined;
  } catch (error) {
    if (!(error instanceof CascadeError)) throw error;
    return /^network\.json is damaged \((.*)\); attach again\.$/.exec(error.message)?.[1] ?? error.message;
  }
}

test('the shapes of a graph that fits together are given', (t) => {
  const shapes = checkGraph(graphOf(CONVOLUTION), 'network.json', 'attach again');
  t.deepEqual(
    [...shapes],
    [
      ['x', [4, 8, 8]],
      ['c', [6, 6, 6]],
    ],
  );
});

test('a graph that does not fit together says where', (t) => {
  const relu: GraphNode = { kind: 'relu', name: 'x', input: 'x' };
  t.is(faultOf(graphOf(relu)), 'two values are called x');
  t.is(faultOf({ ...graphOf(CONVOLUTION), output: 'y' }), 'no node makes the output y');
  t.is(
    faultOf(graphOf({ kind: 'relu', name: 'r', input: 'z' })),
    'The node r reads z, which nothing before it produces',
  );
  t.is(
    faultOf(graphOf({ ...CONVOLUTION, groups: 3 })),
    'the node c (convolution) divides 4 channels into 3 groups',
  );
  t.is(
    faultOf(graphOf({ kind: 'pad-channels', name: 'p', input: 'x', before: -4, after: 0 })),
    'the value p has the shape [0, 8, 8]',
  );
  t.is(
    faultOf(graphOf({ ...CONVOLUTION, outputChannels: 2 ** 30, kernel: [1, 1] })),
    'the value c has the shape [1073741824, 8, 8]',
  );
  t.is(
    faultOf(
      graphOf({
        ...{ kind: 'max-pool', name: 'm', input: 'x', kernel: [2, 2], stride: [1, 1] },
        padding: { ...NONE, left: 2 },
      }),
    ),
    'the node m (max-pool) has windows that see nothing but padding',
  );
});

test('parameters must be there in the shapes that the nodes need', (t) => {
  const tensor = (...shape: readonly number[]) => ({ shape, data: new Float32Array(0) });
  const check = (parameters: Record<string, ReturnType<typeof tensor>>): void =>
    checkParameters(graphOf(CONVOLUTION), new Map(Object.entries(parameters)), 'f', 'attach again');
  t.notThrows(() => check({ w: tensor(6, 2, 3, 3), b: tensor(6) }));
  t.throws(() => check({ w: tensor(6, 2, 3, 3) }), { message: 'f lacks the parameter b; attach again.' });
  t.throws(() => check({ w: tensor(6, 4, 3, 3), b: tensor(6) }), {
    message: 'f has the parameter w in the shape [6, 4, 3, 3] and not [6, 2, 3, 3]; attach again.',
  });
});

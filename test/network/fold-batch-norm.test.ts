import test from 'ava';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import type { GraphNode, Network } from '../../lib/network/graph.js';
import type { Tensor } from '../../lib/network/tensor.js';

const tensor = (shape: readonly number[], ...data: readonly number[]): Tensor => ({
  shape,
  data: Float32Array.from(data),
});

const CONVOLUTION: GraphNode = {
  ...{ kind: 'convolution', name: 'c', input: 'x', outputChannels: 2, kernel: [1, 1], stride: [1, 1] },
  ...{ groups: 1, padding: { top: 0, bottom: 0, left: 0, right: 0 }, weight: 'w', bias: 'b' },
};
const NORMALIZATION: GraphNode = {
  ...{ kind: 'batch-normalization', name: 'n', input: 'c', epsilon: 1 },
  ...{ scale: 'g', shift: 'o', mean: 'm', variance: 'v' },
};

/** Variances of 3 and 8 with an ε of 1: deviations of 2 and 3. */
function networkOf(...nodes: readonly GraphNode[]): Network {
  return {
    graph: { input: 'x', inputShape: [2, 1, 1], nodes, output: nodes.at(-1)!.name },
    parameters: new Map([
      ['w', tensor([2, 2, 1, 1], 1, 2, 3, 4)],
      ['b', tensor([2], 10, 20)],
      ['g', tensor([2], 4, -3)],
      ['o', tensor([2], 0.5, 1)],
      ['m', tensor([2], 6, 5)],
      ['v', tensor([2], 3, 8)],
    ]),
  };
}

test('a batch normalisation is multiplied into the convolution before it, bias and all', (t) => {
  const { graph, parameters } = foldBatchNormalization(networkOf(CONVOLUTION, NORMALIZATION));
  t.deepEqual(graph.nodes, [{ ...CONVOLUTION, name: 'n', bias: 'o' }]);
  // Scales 4/2 and −3/3; (10 − 6)·2 + 0.5 and (20 − 5)·(−1) + 1.
  t.deepEqual([...parameters.get('w')!.data], [2, 4, -3, -4]);
  t.deepEqual([...parameters.get('o')!.data], [8.5, -14]);
  t.deepEqual([...parameters.keys()].sort(), ['o', 'w']);
});

test('where something else reads the convolution, a scale and a shift stay behind it', (t) => {
  const sum: GraphNode = { kind: 'add', name: 'y', inputs: ['c', 'n'] };
  const { graph, parameters } = foldBatchNormalization(networkOf(CONVOLUTION, NORMALIZATION, sum));
  t.deepEqual(graph.nodes, [
    CONVOLUTION,
    { kind: 'affine', name: 'n', input: 'c', scale: 'g', shift: 'o' },
    sum,
  ]);
  t.deepEqual([...parameters.get('g')!.data], [2, -1]);
  // 0.5 − 6·2 and 1 + 5.
  t.deepEqual([...parameters.get('o')!.data], [-11.5, 6]);
  t.deepEqual([...parameters.get('w')!.data], [1, 2, 3, 4]);
});

test('the network that was given is left as it was', (t) => {
  const network = networkOf(CONVOLUTION, NORMALIZATION);
  foldBatchNormalization(network);
  t.deepEqual(network, networkOf(CONVOLUTION, NORMALIZATION));
});

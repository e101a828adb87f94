import test from 'ava';
import { GraphBuilder } from '../../lib/network/graph-builder.js';
import { createRandom } from '../../lib/stats/random.js';
import { initialParameters } from '../../lib/training/initial-parameters.js';

const builder = new GraphBuilder();
const convolved = builder.convolution(builder.input, 'conv', { outputChannels: 200, size: 3 });
const features = builder.batchNormalization(convolved, 'bn');
const GRAPH = builder.graph([8, 4, 4], builder.classifier(features, 'fc', 100));
const parameters = initialParameters(GRAPH, createRandom(1));

function variance(name: string): number {
  const { data } = parameters.get(name)!;
  return data.reduce((sum, value) => sum + value * value, 0) / data.length;
}

test('weights have the variance of their kind of layer', (t) => {
  // 2 / 72 of a convolution of 8 · 3 · 3 values, 1 / 600 of a layer of 200.
  t.true(Math.abs(variance('conv.weight') * 36 - 1) < 0.05);
  t.true(Math.abs(variance('fc.weight') * 600 - 1) < 0.05);
});

test('normalisations and biases begin as if they were not there', (t) => {
  const valuesOf = (name: string): number[] => [...new Set(parameters.get(name)!.data)];
  t.deepEqual(['bn.weight', 'bn.running_var'].map(valuesOf), [[1], [1]]);
  t.deepEqual(['bn.bias', 'bn.running_mean', 'fc.bias'].map(valuesOf), [[0], [0], [0]]);
});

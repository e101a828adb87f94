import test from 'ava';
import { openEngine } from '../../lib/engine/open-engine.js';
import { headGraph, recordedGraph } from '../../lib/heads/head-graph.js';
import { mapShape } from '../../lib/heads/head-input.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import type { Graph } from '../../lib/network/graph.js';
import { totalMacs } from '../../lib/network/macs.js';

/** What a graph without parameters makes of the numbers 0, 1, 2, … */
async function featuresOf(t: { true(value: boolean): unknown }, graph: Graph): Promise<number[]> {
  const engine = await openEngine('onnxruntime');
  const program = await engine.load({ graph, parameters: new Map() }, {});
  const size = graph.inputShape.reduce((product, length) => product * length, 1);
  const [features] = await program.run(
    Float32Array.from({ length: size }, (_, index) => index),
    1,
  );
  await program.dispose();
  t.true(features!.length > 0);
  return [...features!];
}

test('a head on tokens takes the class token and the mean of the others', async (t) => {
  // Five tokens of two numbers: [0, 1] is the class token, the others are [2, 3] to [8, 9].
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.linear, [5, 2], true)), [0, 1, 5, 6]);
});

test('two tokens in front of a square are both taken', async (t) => {
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.linear, [6, 1], true)), [0, 1, 3.5]);
});

test('tokens in a square have no class token', async (t) => {
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.linear, [4, 2], true)), [3, 4]);
});

test('tokens in no square are averaged all together', async (t) => {
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.linear, [7, 1], true)), [3]);
});

test('a grid lies over the square of the tokens', async (t) => {
  const graph = recordedGraph(HEAD_KINDS.mlp, [17, 1], true);
  t.deepEqual(
    await featuresOf(t, graph),
    Array.from({ length: 17 }, (_, token) => token),
  );
});

test('a map with its channels last is read channel by channel', async (t) => {
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.linear, [2, 2, 3], true)), [4.5, 5.5, 6.5]);
  t.deepEqual(mapShape({ shape: [2, 5, 3], channelsLast: true }), [3, 2, 5]);
});

test('a vector is taken as it is', async (t) => {
  t.deepEqual(await featuresOf(t, recordedGraph(HEAD_KINDS.mlp, [3])), [0, 1, 2]);
});

test('heads on tokens are billed for what they multiply', (t) => {
  t.is(totalMacs(headGraph(HEAD_KINDS.linear, [197, 768], 1000, true)), 2 * 768 * 1000);
  t.is(totalMacs(headGraph(HEAD_KINDS.mlp, [197, 768], 1000, true)), 17 * 768 * 256 + 256 * 1000);
  // A convolution sees the 14×14 tokens that are pixels, every second one of them in each direction.
  t.is(
    totalMacs(headGraph(HEAD_KINDS.conv, [197, 768], 10, true)),
    7 * 7 * 64 * 768 * 9 + 16 * 64 * 256 + 256 * 10,
  );
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { agrees } from './onnx-models.js';

/** A file that fixtures/make.py has made. */
function fixture(name: string): string {
  return path.join('test', 'weights', 'onnx', 'fixtures', name);
}

const OPSETS = [9, 11, 13, 17];

for (const name of [...OPSETS.map((opset) => `shortcut-a-${opset}`), 'unfolded']) {
  test(`${name}.onnx: a residual network with option A, flattened by shape arithmetic, gives what the original gives`, async (t) => {
    const bytes = await readFile(fixture(`${name}.onnx`));
    const { graph } = await agrees(t, bytes);
    const kinds = new Set(graph.nodes.map(({ kind }) => kind));
    for (const kind of ['add', 'flatten', 'pad', 'pad-channels', 'relu6'] as const) t.true(kinds.has(kind), kind);
    t.true(kinds.has(name === 'shortcut-a-9' ? 'max-pool' : 'strided-slice'));
    t.is(cutPoints(graph).length, 2);
  });
}

for (const opset of OPSETS) {
  test(`pools-${opset}.onnx: pools of every kind, groups and a mean over pixels give what the original gives`, async (t) => {
    const bytes = await readFile(fixture(`pools-${opset}.onnx`));
    const { graph } = await agrees(t, bytes, { adapt: logSoftmax });
    t.deepEqual(graph.inputShape, [3, 11, 11]);
  });
}

test('external.onnx: weights in a file beside the model give what the original gives', async (t) => {
  const file = fixture('external.onnx');
  await agrees(t, await readFile(file), { source: file });
});

function logSoftmax(logits: Float32Array): Float32Array {
  const sum = logits.reduce((total, value) => total + Math.exp(value), 0);
  return logits.map((value) => value - Math.log(sum));
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { readNetwork } from '../../../lib/weights/read-network.js';
import { testWith } from '../../support/needs.js';
import { sharedCase, trainedModel } from '../../support/real-data.js';
import { agrees } from './onnx-models.js';

/** A file that fixtures/make.py has made. */
function fixture(name: string): string {
  return path.join('test', 'weights', 'onnx', 'fixtures', name);
}

for (const name of [
  'mean-twice/mean_twice.onnx',
  'mean-twice/view_mean.onnx',
  'symbolic-channels/optimum.onnx',
  'uint8-input/uint8_in.onnx',
]) {
  const file = sharedCase(name);
  testWith(file, `${name} gives what the original gives`, async (t) => {
    const { graph } = await agrees(t, await readFile(file.path), { size: [32, 32] });
    t.is(totalMacs(graph), 864_416);
    t.true(graph.nodes.some(({ kind }) => kind === 'global-average-pool'));
  });
}

const OPSETS = [9, 11, 13, 17];

for (const name of [...OPSETS.map((opset) => `shortcut-a-${opset}`), 'unfolded']) {
  test(`${name}.onnx: a residual network with option A, flattened by shape arithmetic, gives what the original gives`, async (t) => {
    const bytes = await readFile(fixture(`${name}.onnx`));
    const { graph } = await agrees(t, bytes);
    const kinds = new Set(graph.nodes.map(({ kind }) => kind));
    for (const kind of ['add', 'flatten', 'pad', 'pad-channels', 'relu6'] as const)
      t.true(kinds.has(kind), kind);
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

/**
 * MACs up to the end of each block, by hand: a stem of 64 channels, two convolutions a block, and a 1×1 shortcut in the first of each
 * stage.
 */
function macsOfBlocks(blocksPerStage: number): number[] {
  let macs = 32 * 32 * 64 * 3 * 9;
  return [
    { inputs: 64, channels: 16, side: 32 },
    { inputs: 16, channels: 32, side: 16 },
    { inputs: 32, channels: 64, side: 8 },
  ].flatMap(({ inputs, channels, side }) =>
    Array.from({ length: blocksPerStage }, (_, block) => {
      const first = block === 0 ? inputs * 9 + inputs : channels * 9;
      macs += side * side * channels * (first + channels * 9);
      return macs;
    }),
  );
}

/** All MACs are those of the blocks and 256 · 100 of the classifier. */
const TRAINED = [
  { name: 'resnet20-cifar100.onnx', blocks: 9, macs: 50_291_712, stages: [2, 5, 8] },
  { name: 'resnet32-cifar100.onnx', blocks: 15, macs: 78_603_264, stages: [4, 9, 14] },
];

for (const { name, blocks, macs, stages } of TRAINED) {
  const file = trainedModel(name);
  const title = `${name}: has ${blocks} residual blocks, stages that end at ${stages.join(', ')}, and ${macs} MACs`;
  testWith(file, title, async (t) => {
    const { architecture, network } = await readNetwork(file.path, [32, 32]);
    const cuts = cutPoints(network.graph);
    const isEnd = (index: number): boolean => cuts[index]!.shape.join() !== cuts[index + 1]?.shape.join();
    t.is(architecture, `Residual network of ${blocks} blocks (ONNX, pytorch 1.13.0)`);
    t.is(totalMacs(network.graph), macs);
    t.is(cuts.length, blocks);
    t.deepEqual(cuts.map(({ block }) => block).filter(isEnd), stages);
    t.deepEqual(
      cuts.map((cut) => cut.macs),
      macsOfBlocks(blocks / 3),
    );
  });
}

function logSoftmax(logits: Float32Array): Float32Array {
  const sum = logits.reduce((total, value) => total + Math.exp(value), 0);
  return logits.map((value) => value - Math.log(sum));
}

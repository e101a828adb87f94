import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { randomParameters } from '../../../lib/network/random-network.js';
import { ByteCursor } from '../../../lib/weights/pytorch/byte-cursor.js';
import { parsePickle } from '../../../lib/weights/pytorch/pickle.js';
import { TorchDialect } from '../../../lib/weights/pytorch/pytorch-pickle.js';
import { readTensors } from '../../../lib/weights/read-tensors.js';
import { writeSafetensors } from '../../../lib/weights/safetensors.js';
import { readZip } from '../formats/zip.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageSafetensors } from '../mutations/headed.js';
import { damageOnnx } from '../mutations/onnx.js';
import { damagePickle } from '../mutations/pickle.js';
import { damageZip } from '../mutations/zip.js';
import { only, type Reader } from '../reader.js';
import { eachFixture, fixtures } from '../samples.js';

/** What `cascade inspect` does with a file of weights. */
export async function inspectNetwork(file: string): Promise<void> {
  const { network } = await loadBackbone(file);
  totalMacs(network.graph);
  cutPoints(network.graph);
}

const damagePickles = oneOf(damagePickle, damagePickle, damagePickle, damageBytes);
const damageHeader = oneOf(damageSafetensors, damageSafetensors, damageBytes);
const ZIPPED = ['numbers.pt', 'checkpoint.pt', 'protocol-5.pt'];

const pytorchZip: Reader = {
  name: 'pytorch-zip',
  samples: () => eachFixture('weights', ZIPPED),
  mutationOf: () => damageZip((member) => (member.endsWith('.pkl') ? damagePickles : damageBytes)),
  read: (folder, files) => readTensors(path.join(folder, only(files))),
};

const pytorchLegacy: Reader = {
  name: 'pytorch-legacy',
  samples: () => eachFixture('weights', ['numbers-legacy.pt', 'protocol-4-legacy.pt']),
  mutationOf: () => damagePickles,
  read: (folder, files) => readTensors(path.join(folder, only(files))),
};

const pickle: Reader = {
  name: 'pickle',
  async samples() {
    const archives = await eachFixture('weights', ZIPPED);
    const members = await Promise.all(archives.map((files) => readZip(Object.values(files)[0]!)));
    return members.flatMap((each) =>
      each.filter(({ name }) => name.endsWith('.pkl')).map(({ data }) => ({ 'data.pkl': data })),
    );
  },
  mutationOf: () => damagePickles,
  async read(folder, files) {
    const file = path.join(folder, only(files));
    return parsePickle(new ByteCursor(await readFile(file), file), new TorchDialect(file));
  },
};

const safetensors: Reader = {
  name: 'safetensors',
  samples: () => eachFixture('weights', ['numbers.safetensors']),
  mutationOf: () => damageHeader,
  read: (folder, files) => readTensors(path.join(folder, only(files))),
};

/** Tensors by whose names and shapes an architecture is recognised. */
const recognized: Reader = {
  name: 'recognized-network',
  samples() {
    const widths = [2, 4, 8];
    const graph = cifarResNet({
      inputShape: [3, 8, 8],
      classes: 3,
      blocksPerStage: 1,
      widths,
      shortcut: 'A',
    });
    return [{ 'network.safetensors': Buffer.from(writeSafetensors(randomParameters(graph, 0))) }];
  },
  mutationOf: () => damageHeader,
  read: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

const onnx: Reader = {
  name: 'onnx',
  samples: () =>
    eachFixture(path.join('weights', 'onnx'), [
      ...['pools-9.onnx', 'pools-13.onnx', 'pools-17.onnx'],
      ...['shortcut-a-9.onnx', 'shortcut-a-17.onnx', 'unfolded.onnx'],
    ]),
  mutationOf: () => oneOf(damageOnnx, damageOnnx, damageOnnx, damageBytes),
  read: (folder, files) => inspectNetwork(path.join(folder, only(files))),
};

const onnxExternal: Reader = {
  name: 'onnx-external-data',
  samples: async () => [await fixtures(path.join('weights', 'onnx'), ['external.onnx', 'external.data'])],
  mutationOf: (file) => (file.endsWith('.onnx') ? oneOf(damageOnnx, damageOnnx, damageBytes) : damageBytes),
  read: (folder) => inspectNetwork(path.join(folder, 'external.onnx')),
};

export const WEIGHT_READERS = [
  pytorchZip,
  pytorchLegacy,
  pickle,
  safetensors,
  recognized,
  onnx,
  onnxExternal,
] as const;

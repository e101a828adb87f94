import { cp, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import fc from 'fast-check';
import { CascadeError } from '../../../lib/errors.js';
import { readNetwork } from '../../../lib/weights/read-network.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const MODEL = path.join('test', 'weights', 'keras', 'fixtures', 'residual-tfjs');
const SIZE = [32, 32] as const;

/** What tests change in a `model.json`. */
interface Description {
  format: string;
  modelTopology: { model_config: { config: { layers: LayerDescription[] } } };
  weightsManifest: { paths: string[]; weights: { name: string; shape: number[]; dtype: string }[] }[];
}

interface LayerDescription {
  class_name: string;
  config: Record<string, unknown>;
}

test('a model is read from an address as from its folder', async (t) => {
  const server = createServer(async (request, response) => {
    const file = path.join(MODEL, path.basename(new URL(request.url!, 'http://localhost').pathname));
    const bytes = await readFile(file).catch(() => undefined);
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  t.teardown(() => server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const local = await readNetwork(MODEL, SIZE);
  for (const location of [`${address}/some/model.json?key=1`, `${address}/some`]) {
    t.deepEqual(await readNetwork(location, SIZE), local);
  }
  await t.throwsAsync(readNetwork(`${address}/absent.json`, SIZE), {
    instanceOf: CascadeError,
    message: `${address}/absent.json cannot be downloaded: the server answered 404; check the address, or download model.json and its shards yourself.`,
  });
});

function convolutionKernel(manifest: Description['weightsManifest']): { name: string; shape: number[] } {
  return manifest[0]!.weights.find(({ name }) => name === 'conv/kernel')!;
}

function layerOf({ modelTopology }: Description, className: string): LayerDescription {
  return modelTopology.model_config.config.layers.find((layer) => layer.class_name === className)!;
}

/** A copy of a model with its `model.json` changed. */
async function changed(
  t: ExecutionContext,
  model: string,
  change: (description: Description) => void,
): Promise<string> {
  const folder = await temporaryFolder(t);
  await cp(model, folder, { recursive: true });
  const file = path.join(folder, 'model.json');
  const description = JSON.parse(await readFile(file, 'utf8')) as Description;
  change(description);
  await writeFile(file, JSON.stringify(description));
  return folder;
}

/** What reading a copy with its `model.json` changed says behind the file's name. */
async function refusalOf(t: ExecutionContext, change: (description: Description) => void): Promise<string> {
  const folder = await changed(t, MODEL, change);
  const file = path.join(folder, 'model.json');
  const error = await t.throwsAsync(readNetwork(folder, SIZE), { instanceOf: CascadeError });
  t.true(error.message.startsWith(`${file} `));
  return error.message.slice(file.length + 1);
}

test('a model that leaves its image size open asks for one where none is given', async (t) => {
  const chain = path.join(path.dirname(MODEL), 'chain-tfjs');
  const folder = await changed(t, chain, (model) =>
    Object.assign(layerOf(model, 'InputLayer').config, { batch_input_shape: [null, null, null, 2] }),
  );
  t.deepEqual((await readNetwork(folder, SIZE)).network.graph.inputShape, [2, ...SIZE]);
  await t.throwsAsync(readNetwork(folder), {
    instanceOf: CascadeError,
    message: `${path.join(folder, 'model.json')} leaves the size of its images open; give it with --image-size or --data.`,
  });
});

const REFUSALS: readonly [string, (description: Description) => void, string][] = [
  [
    'a Lambda layer is refused by name',
    (model) => Object.assign(layerOf(model, 'ReLU'), { class_name: 'Lambda' }),
    'cannot be run: the layer relu (Lambda) is of a class that cascade does not run.',
  ],
  [
    'a class of the user that is called like one of Keras is refused',
    (model) => Object.assign(layerOf(model, 'ReLU'), { registered_name: 'Mine>ReLU' }),
    'cannot be run: the layer relu (Mine>ReLU) is of a class that cascade does not run.',
  ],
  [
    'an unknown activation is refused',
    (model) => Object.assign(layerOf(model, 'Conv2D').config, { activation: 'swish' }),
    'cannot be run: the layer conv (Conv2D) has the activation "swish", which cascade does not run.',
  ],
  [
    'channels first are refused',
    (model) => Object.assign(layerOf(model, 'Conv2D').config, { data_format: 'channels_first' }),
    'cannot be run: the layer conv (Conv2D) has the data format channels_first; build the model channels_last and load its weights.',
  ],
  [
    'a dilated convolution is refused',
    (model) => Object.assign(layerOf(model, 'Conv2D').config, { dilation_rate: [2, 2] }),
    'cannot be run: the layer conv (Conv2D) is dilated, which cascade does not run.',
  ],
  [
    'a value that is missing is named',
    (model) => delete layerOf(model, 'Conv2D').config['kernel_size'],
    'cannot be run: the layer conv (Conv2D) does not tell its kernel_size.',
  ],
  [
    'a softmax inside the network is refused',
    (model) => Object.assign(layerOf(model, 'Conv2D').config, { activation: 'softmax' }),
    'cannot be run: the layer inner (Functional) follows a softmax, which cascade runs only at the end of a network.',
  ],
  [
    'a missing weight is named',
    ({ weightsManifest }) => Object.assign(convolutionKernel(weightsManifest), { name: 'other/weight' }),
    'cannot be run: the layer conv (Conv2D) has no weight kernel in the file.',
  ],
  [
    'a weight of another shape is named',
    ({ weightsManifest }) => convolutionKernel(weightsManifest).shape.reverse(),
    'cannot be run: the layer conv (Conv2D) has the weight kernel in the shape [4, 3, 2, 3] instead of [3, 2, 3, 4].',
  ],
  [
    'shards that are too long are noticed',
    ({ weightsManifest }) => weightsManifest[0]!.weights.pop(),
    'does not describe the 1804 bytes of its shards; get the model.json and all shards again.',
  ],
  [
    'a shard outside the folder is not looked at',
    ({ weightsManifest }) => weightsManifest[0]!.paths.push('../../secret.bin'),
    'names the shard ../../secret.bin, and shards lie in the folder of the model.json.',
  ],
  [
    'a graph model is told from a layers model',
    (model) => Object.assign(model, { format: 'graph-model' }),
    'is no TensorFlow.js layers model; convert the Keras model with tensorflowjs_converter --output_format tfjs_layers_model.',
  ],
];

for (const [title, change, message] of REFUSALS) {
  test(title, async (t) => {
    t.is(await refusalOf(t, change), message);
  });
}

test('a model of wrong types anywhere is read or refused in one sentence', async (t) => {
  const folder = await temporaryFolder(t);
  await cp(MODEL, folder, { recursive: true });
  const file = path.join(folder, 'model.json');
  const text = await readFile(file, 'utf8');
  const places = placesIn(JSON.parse(text));
  // What turns itself into text or a number raises a TypeError.
  const wrong = fc.constantFrom(null, -1, 1e308, 'x', true, {}, [], { toString: 1, valueOf: 1 }, [
    [{ toString: 1 }],
  ]);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), wrong, async (place, value) => {
      const description = JSON.parse(text);
      let owner = description;
      for (const key of place.slice(0, -1)) owner = owner[key];
      owner[place.at(-1)!] = value;
      await writeFile(file, JSON.stringify(description));
      const outcome = await readNetwork(folder, SIZE).catch((error: unknown) => error);
      t.true(!(outcome instanceof Error) || outcome instanceof CascadeError, String(outcome));
    }),
    { numRuns: 300 },
  );
});

/** The way to every value inside a JSON value. */
function placesIn(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...way, key], ...placesIn(inner, [...way, key])]);
}

test('layers that stand in no order are put in order', async (t) => {
  const inOrder = await readNetwork(MODEL, SIZE);
  const folder = await changed(t, MODEL, ({ modelTopology }) => {
    modelTopology.model_config.config.layers.reverse();
  });
  const { network } = await readNetwork(folder, SIZE);
  t.deepEqual(
    new Set(network.graph.nodes.map(({ name }) => name)),
    new Set(inOrder.network.graph.nodes.map(({ name }) => name)),
  );
});

test('a shard behind a link out of the folder is not looked at', async (t) => {
  const folder = await changed(t, MODEL, () => {});
  const outside = path.join(await temporaryFolder(t), 'shard.bin');
  const shard = path.join(folder, 'group1-shard1of5.bin');
  await rename(shard, outside);
  await symlink(outside, shard);
  await t.throwsAsync(readNetwork(folder, SIZE), {
    instanceOf: CascadeError,
    message: `${path.join(folder, 'model.json')} names the shard group1-shard1of5.bin, which is a link out of the folder of the model.json; put the file itself there.`,
  });
});

test('an address that is none, and a folder without a model, are wrong usage', async (t) => {
  await t.throwsAsync(readNetwork('docs'), {
    code: 'CASCADE_WRONG_USAGE',
    message: 'docs is a folder without a model.json of TensorFlow.js; give the file of a trained network.',
  });
  await t.throwsAsync(readNetwork('http://', SIZE), { instanceOf: CascadeError, message: /is no address/ });
});

test('a weight that is not a number is refused', async (t) => {
  const folder = await temporaryFolder(t);
  await cp(MODEL, folder, { recursive: true });
  const { weightsManifest } = JSON.parse(
    await readFile(path.join(folder, 'model.json'), 'utf8'),
  ) as Description;
  const shard = path.join(folder, weightsManifest[0]!.paths[0]!);
  const bytes = await readFile(shard);
  bytes.writeFloatLE(Number.NaN, 0);
  await writeFile(shard, bytes);
  await t.throwsAsync(readNetwork(folder, SIZE), {
    instanceOf: CascadeError,
    message: /holds NaN or infinite values in the tensor classes\/kernel; get the file again/,
  });
});

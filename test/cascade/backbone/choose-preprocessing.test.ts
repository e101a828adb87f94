import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { choosePreprocessing } from '../../../lib/cascade/backbone/choose-preprocessing.js';
import { chooseReading, type Trial } from '../../../lib/cascade/backbone/choose-reading.js';
import {
  type Backbone,
  type BackboneVariant,
  loadBackbone,
} from '../../../lib/cascade/backbone/load-backbone.js';
import { accuracyOf, type ReadingChoice } from '../../../lib/cascade/backbone/reading.js';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import type { ImageSource } from '../../../lib/data/image-source.js';
import type { Engine } from '../../../lib/engine/engine.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { type GraphNode, type Network, reading } from '../../../lib/network/graph.js';
import type { Normalization } from '../../../lib/network/input/pixel-input.js';
import { usualNormalizations } from '../../../lib/network/input/usual-normalizations.js';
import { describeReading } from '../../../lib/report/describe/describe-reading.js';
import { SILENT } from '../../../lib/reporter.js';
import { permutation } from '../../../lib/stats/permutation.js';
import { createRandom } from '../../../lib/stats/random.js';
import type { Choices } from '../../../lib/weights/families/open-choices.js';
import { colourNetwork, writeColours } from '../../support/colours.js';
import { testWith } from '../../support/needs.js';
import { type CifarName, cifar, cifarFolder, trainedModel } from '../../support/real-data.js';
import { temporaryFolder } from '../../support/run-cascade.js';

const COLOURS = { mean: [0.3, 0.25, 0.35], std: [0.12, 0.1, 0.14] };

/** The images of the colours that heads would be fitted on. */
async function colours(t: ExecutionContext): Promise<ImageSource> {
  const folder = await temporaryFolder(t);
  await writeColours(folder);
  const dataset = await locateDataset(path.join(folder, 'colours'), folder);
  const source = await openSplit(dataset, dataset.description.splits.fit);
  t.teardown(() => source.close());
  return source;
}

function variantOf(network: Network): BackboneVariant {
  return { architecture: 'made for the test', network, openChoices: new Map() };
}

function orderOf({ count }: ImageSource, seed = 0): Uint32Array {
  return permutation(count, createRandom(seed));
}

function trialOn(source: ImageSource, engine: Engine): Trial {
  return { engine, source, sample: orderOf(source), reporter: SILENT };
}

for (const { name, normalization } of usualNormalizations(3, { ofData: COLOURS, dataName: 'colours' })) {
  test(`a network made for pixels normalised by ${name} is read so`, async (t) => {
    const source = await colours(t);
    const network = colourNetwork(normalization);
    const readings = usualNormalizations(3, { ofData: COLOURS, dataName: 'colours' }).map((each) => ({
      ...each,
      variant: variantOf(network),
    }));
    const choice = await chooseReading(readings, trialOn(source, await openEngine()));
    t.deepEqual(choice.chosen.reading.normalization, normalization);
    t.true(accuracyOf(choice.chosen, choice.labels) > 0.98);
  });
}

const ZERO_TO_ONE = { mean: [0, 0, 0], std: [1, 1, 1] };

/** The network behind a pool that takes the largest of each window. */
function pooled({ graph, parameters }: Network): Network {
  const pool: GraphNode = {
    ...{ kind: 'max-pool', name: 'pool', input: 'stem', kernel: [3, 3], stride: [1, 1] },
    padding: { top: 1, bottom: 1, left: 1, right: 1 },
  };
  const [stem, ...others] = graph.nodes;
  const nodes = [stem!, pool, ...others.map((node) => reading(node, 'stem', 'pool'))];
  return { graph: { ...graph, nodes }, parameters };
}

test('of networks that the same weights may be, the one is chosen that is right about the images', async (t) => {
  const source = await colours(t);
  const engine = await openEngine();
  const plain = colourNetwork(ZERO_TO_ONE);
  const among = async (usual: Network, other: Network): Promise<ReadingChoice> =>
    chooseReading(
      [
        { name: 'usual', variant: variantOf(usual), normalization: ZERO_TO_ONE, rank: 1 },
        { name: 'other', variant: variantOf(other), normalization: ZERO_TO_ONE, rank: 2 },
      ],
      trialOn(source, engine),
    );
  t.is((await among(plain, pooled(plain))).chosen.reading.name, 'usual');
  t.is((await among(pooled(plain), plain)).chosen.reading.name, 'other');
  // Two that do the same cannot be told apart: the lower rank wins.
  t.is((await among(plain, { ...plain })).chosen.reading.name, 'usual');
});

test('a network that is no better than chance leaves the choice to what is usual', async (t) => {
  const source = await colours(t);
  const network = colourNetwork(ZERO_TO_ONE, [1, 2, 3, 4, 0]);
  const readings = usualNormalizations(3, { ofData: COLOURS, dataName: 'colours' }).map((each) => ({
    ...each,
    variant: variantOf(network),
  }));
  const labels = new Uint16Array(source.labels.length).fill(0);
  for (const [index, row] of orderOf(source, 7).entries()) labels[row] = index % 5;
  const choice = await chooseReading(readings, trialOn({ ...source, labels }, await openEngine()));
  t.is(choice.chosen, choice.usual);
  t.deepEqual(choice.chosen.reading.normalization, COLOURS);
});

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
const CIFAR_100 = { mean: [0.5071, 0.4867, 0.4408], std: [0.2675, 0.2565, 0.2761] };
const BYTES = { mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] };

/** Trained networks, as if nothing were known of their weights. */
const TRAINED: readonly (readonly [file: string, data: CifarName, right: Normalization])[] = [
  ['resnet20-12fca82f.th', 'cifar10', IMAGENET],
  ['resnet56-4bfd9763.th', 'cifar10', IMAGENET],
  ['resnet8-cifar10.h5', 'cifar10', BYTES],
  ['resnet20-cifar100.onnx', 'cifar100', CIFAR_100],
  ['resnet32-cifar100.onnx', 'cifar100', CIFAR_100],
];

for (const [file, data, right] of TRAINED) {
  const weights = trainedModel(file);
  testWith([weights, cifar(data)], `${file} is read with the pixels that it was trained on`, async (t) => {
    const dataset = await locateDataset(data, await cifarFolder());
    const backbone: Backbone = { ...(await loadBackbone(weights.path, [32, 32])), normalization: undefined };
    const source = await openSplit(dataset, dataset.description.splits.fit);
    const choice = await choosePreprocessing(backbone, dataset, {}, trialOn(source, await openEngine()));
    await source.close();
    t.deepEqual(choice.chosen.reading.normalization, right);
  });
}

test("the demonstration's backbone is read with the pixels that it was trained on", async (t) => {
  const dataset = await locateDataset('fashion-mnist-sample', 'datasets');
  const weights = path.join('datasets', 'fashion-mnist-sample', 'resnet20.safetensors');
  const known = await loadBackbone(weights, [28, 28]);
  const source = await openSplit(dataset, dataset.description.splits.fit);
  const engine = await openEngine();
  // Its data set is usually normalised as it was; another usual normalisation must not be taken for right.
  const description = { ...dataset.description, normalization: { mean: [0.1307], std: [0.3081] } };
  for (const [ofWeights, located] of [
    [undefined, dataset],
    [known.normalization, { ...dataset, description }],
  ] as const) {
    const { chosen } = await choosePreprocessing(
      { ...known, normalization: ofWeights },
      located,
      {},
      trialOn(source, engine),
    );
    t.deepEqual(chosen.reading.normalization, { mean: [0.286], std: [0.353] });
  }
  await source.close();
});

const RESNET_20 = trainedModel('resnet20-12fca82f.th');

testWith(
  [RESNET_20, cifar('cifar10')],
  'images tell on which sides a trained network has its zero channels, and their sentence says so',
  async (t) => {
    const data = await cifarFolder();
    const folder = await temporaryFolder(t);
    const file = path.join(folder, 'unknown.th');
    // A byte behind the end makes the very same weights unknown.
    await writeFile(file, Buffer.concat([await readFile(RESNET_20.path), Buffer.from([0])]));
    const dataset = await locateDataset('cifar10', data);
    const source = await openSplit(dataset, dataset.description.splits.fit);
    t.teardown(() => source.close());
    const engine = await openEngine();
    const chosen = async (choices: Partial<Choices>): Promise<ReadingChoice> => {
      const backbone = await loadBackbone(file, [32, 32], { choices });
      return choosePreprocessing(backbone, dataset, {}, trialOn(source, engine));
    };
    const choice = await chosen({});
    t.deepEqual([...choice.chosen.reading.variant.openChoices], [['optionA', 'both']]);
    t.deepEqual(choice.chosen.reading.normalization, IMAGENET);
    t.regex(
      describeReading(choice),
      / The images tell on which sides option A puts its zero channels: --option-a both, not --option-a end, which has /,
    );
    const forced = await chosen({ optionA: 'end' });
    t.deepEqual([...forced.chosen.reading.variant.openChoices], [['optionA', 'end']]);
    t.true(accuracyOf(forced.chosen, forced.labels) < accuracyOf(choice.chosen, choice.labels));
  },
);

import path from 'node:path';
import { loadBackbone } from '../../lib/cascade/backbone/load-backbone.js';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { streamImages } from '../../lib/engine/stream-images.js';
import { readNpy } from '../../lib/files/npy/npy.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../lib/network/input/pixel-input.js';
import { argmax } from '../../lib/stats/argmax.js';
import { testWith } from '../support/needs.js';
import { cifar, cifarFolder, trainedModel } from '../support/real-data.js';

/**
 * Trained networks on every so many-th of the 10,000 test images of CIFAR. Their outputs are logits made with PyTorch; of ResNet-8
 * probabilities, made with TensorFlow. How many of the images are right follows from these outputs and the labels, in NumPy.
 */
const NETWORKS = [
  { file: 'resnet20-12fca82f.th', data: 'cifar10', classes: 10, every: 1, right: 9173, tolerance: 1e-3 },
  { file: 'resnet56-4bfd9763.th', data: 'cifar10', classes: 10, every: 5, right: 1850, tolerance: 1e-3 },
  { file: 'resnet8-cifar10.h5', data: 'cifar10', classes: 10, every: 1, right: 8719, tolerance: 1e-4 },
  { file: 'resnet20-cifar100.onnx', data: 'cifar100', classes: 100, every: 10, right: 711, tolerance: 1e-3 },
  { file: 'resnet32-cifar100.onnx', data: 'cifar100', classes: 100, every: 10, right: 739, tolerance: 1e-3 },
] as const;

for (const { file, data: name, classes, every, right, tolerance } of NETWORKS) {
  const weights = trainedModel(file);
  const reference = trainedModel(
    path.join(
      'reference-logits',
      `${path.parse(file).name}${file.endsWith('.h5') ? '-probabilities' : ''}.npy`,
    ),
  );
  const images = 10_000 / every;
  const title = `${file} gives the reference outputs within ${tolerance} and has ${right} of ${images} test images right`;
  testWith([weights, reference, cifar(name)], title, async (t) => {
    const { data: expected, shape } = await readNpy(reference.path);
    // Of CIFAR-10 there are outputs for every image.
    const recorded = name === 'cifar10' ? 1 : 10;
    t.deepEqual([...shape], [10_000 / recorded, classes]);
    const { network, normalization } = await loadBackbone(weights.path, [32, 32]);
    const dataset = await locateDataset(name, await cifarFolder());
    const source = await openSplit(dataset, { from: 'test' });
    const engine = await openEngine();
    const program = await engine.load(withPixelInput(foldBatchNormalization(network), normalization!), {
      inputType: 'uint8',
    });
    const rows = Uint32Array.from({ length: images }, (_, index) => index * every);
    let largest = 0;
    let hits = 0;
    const compare = ([logits]: readonly Float32Array[], first: number, count: number): void => {
      const outputs = file === 'resnet8-cifar10.h5' ? probabilities(logits!, count) : logits!;
      for (let image = 0; image < count; image++) {
        const row = rows[first + image]!;
        if (argmax(logits!, image * classes, classes) === source.labels[row]) hits++;
        for (let label = 0; label < classes; label++) {
          const difference =
            outputs[image * classes + label]! - expected[(row / recorded) * classes + label]!;
          largest = Math.max(largest, Math.abs(difference));
        }
      }
    };
    await streamImages(program, source, compare, { rows });
    await source.close();
    await program.dispose();
    t.true(largest < tolerance, `largest difference ${largest}`);
    t.is(hits, right);
  });
}

/** The softmax of each image's ten logits. */
function probabilities(logits: Float32Array, count: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let image = 0; image < count; image++) {
    const exponentials = logits.slice(10 * image, 10 * image + 10).map(Math.exp);
    const sum = exponentials.reduce((total, value) => total + value);
    result.set(
      exponentials.map((value) => value / sum),
      10 * image,
    );
  }
  return result;
}

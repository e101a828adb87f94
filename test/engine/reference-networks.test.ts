import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadBackbone } from '../../lib/cascade/load-backbone.js';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import { readNpy } from '../../lib/data/npy.js';
import { openEngine } from '../../lib/engine/open-engine.js';
import { streamImages } from '../../lib/engine/stream-images.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../lib/network/pixel-input.js';
import { argmax } from '../../lib/stats/argmax.js';
import { cifarFolder, trainedModel } from '../support/real-data.js';

/**
 * Logits of the trained networks for the 10,000 test images of CIFAR-10, made with PyTorch, and their accuracy; of ResNet-8 the
 * probabilities, made with TensorFlow.
 */
const NETWORKS = [
  { file: 'resnet20-12fca82f.th', reference: 'resnet20', right: 9173, tolerance: 1e-3 },
  { file: 'resnet56-4bfd9763.th', reference: 'resnet56', right: 9339, tolerance: 1e-3 },
  { file: 'resnet8-cifar10.h5', reference: 'resnet8', right: 8719, tolerance: 1e-4 },
] as const;

for (const { file, reference, right, tolerance } of NETWORKS) {
  test(`${file} gives the reference outputs within ${tolerance} and has ${right} of 10,000 test images right`, async (t) => {
    const weights = trainedModel(t, file);
    const data = await cifarFolder(t);
    if (weights === undefined || data === undefined) return;
    const expected = await referenceLogits(t, reference);
    const { network, normalization } = await loadBackbone(weights, [32, 32]);
    const dataset = await locateDataset('cifar10', data);
    const source = await openSplit(dataset, { from: 'test' });
    const engine = await openEngine();
    const program = await engine.load(withPixelInput(foldBatchNormalization(network), normalization!), {
      inputType: 'uint8',
    });
    let largest = 0;
    let hits = 0;
    await streamImages(program, source, ([logits], first, count) => {
      const outputs = reference === 'resnet8' ? probabilities(logits!, count) : logits!;
      for (let index = 0; index < count * 10; index++) {
        largest = Math.max(largest, Math.abs(outputs[index]! - expected[first * 10 + index]!));
      }
      for (let image = 0; image < count; image++) {
        if (argmax(logits!, image * 10, 10) === source.labels[first + image]) hits++;
      }
    });
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

async function referenceLogits(t: ExecutionContext, name: string): Promise<Float32Array> {
  const folder = trainedModel(t, 'reference-logits')!;
  const { readdir } = await import('node:fs/promises');
  const file = (await readdir(folder)).find(
    (entry) => entry.startsWith(name) && !entry.includes('cifar100'),
  )!;
  const { data, shape } = await readNpy(path.join(folder, file));
  t.deepEqual([...shape], [10_000, 10]);
  return data;
}

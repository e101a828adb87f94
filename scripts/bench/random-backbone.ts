import type { ImageSource } from '../../lib/data/image-source.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import type { Network } from '../../lib/network/graph.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { withPixelInput } from '../../lib/network/pixel-input.js';
import { cifarResNet } from '../../lib/network/resnet-cifar.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';

/** A CIFAR ResNet of 6n+2 layers that takes pixels, its weights random: time does not depend on them, and nothing is downloaded. */
export function randomBackbone(blocksPerStage: number): Network {
  const random = createRandom(blocksPerStage);
  const graph = cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage, shortcut: 'A' });
  const parameters = new Map(
    [...parameterShapes(graph)].map(([name, shape]) => {
      const fanIn = elementCount(shape.slice(1));
      const isVariance = name.endsWith('running_var');
      const draw = (): number => (isVariance ? 1 : (2 * random() - 1) * Math.sqrt(3 / fanIn));
      return [name, { shape, data: Float32Array.from({ length: elementCount(shape) }, draw) }];
    }),
  );
  const normalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  return withPixelInput(foldBatchNormalization({ graph, parameters }), normalization);
}

/** Images of noise. */
export function randomImages(count: number): ImageSource {
  const random = createRandom(count);
  const pixels = Uint8Array.from({ length: 64 * 3072 }, () => 256 * random());
  return {
    name: 'noise',
    count,
    shape: [3, 32, 32],
    labels: Uint16Array.from({ length: count }, () => 10 * random()),
    async readImages(indices, into) {
      for (let position = 0; position < indices.length; position++) {
        const from = (indices[position]! % 64) * 3072;
        into.set(pixels.subarray(from, from + 3072), position * 3072);
      }
    },
    async close() {},
  };
}

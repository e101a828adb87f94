import { createRandom } from '../stats/random.js';
import { cifarResNet } from './architectures/resnet-cifar.js';
import { foldBatchNormalization } from './fold-batch-norm.js';
import type { Graph, Network } from './graph.js';
import { withPixelInput } from './input/pixel-input.js';
import { parameterShapes } from './parameter-shapes.js';
import { elementCount, type Tensor } from './tensor.js';

/** Seeded parameters for a graph whose time is to be measured, which does not depend on them: uniform, of He's variance, 1 / fan-in. */
export function randomParameters(graph: Graph, seed: number): ReadonlyMap<string, Tensor> {
  const random = createRandom(seed);
  return new Map(
    [...parameterShapes(graph)].map(([name, shape]) => {
      const fanIn = elementCount(shape.slice(1));
      const isVariance = name.endsWith('running_var');
      const draw = (): number => (isVariance ? 1 : (2 * random() - 1) * Math.sqrt(3 / fanIn));
      return [name, { shape, data: Float32Array.from({ length: elementCount(shape) }, draw) }];
    }),
  );
}

/** A CIFAR ResNet of 6n+2 layers that takes pixels, its weights random. */
export function randomBackbone(blocksPerStage: number): Network {
  const graph = cifarResNet({ inputShape: [3, 32, 32], classes: 10, blocksPerStage, shortcut: 'A' });
  const parameters = randomParameters(graph, blocksPerStage);
  const normalization = { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] };
  return withPixelInput(foldBatchNormalization({ graph, parameters }), normalization);
}

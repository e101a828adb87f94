import { CascadeError } from '../../errors.js';
import { describeNetwork } from '../describe-network.js';
import type { RecognizedNetwork } from '../recognize.js';
import { buildNetwork } from './build-network.js';
import { parseModel } from './model-config.js';
import type { WeightStore } from './weight-store.js';

/**
 * The network of a model's configuration and weights.
 *
 * @param imageSize `[height, width]` where the model takes any.
 * @param file named in the errors.
 * @throws CascadeError if it is none that cascade can run, or weights are missing, do not fit or are damaged.
 */
export function kerasNetwork(
  config: unknown,
  store: WeightStore,
  imageSize: readonly [number, number] | undefined,
  file: string,
): RecognizedNetwork {
  try {
    const model = parseModel(config, file);
    const network = buildNetwork(model, store, imageSize, file);
    return { architecture: describeNetwork(network.graph, `Keras, ${model.name}`), network };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new CascadeError(
      `${file} describes a model nested too deep or too large for cascade to follow; save it again with fewer models inside one another.`,
      undefined,
      { cause: error },
    );
  }
}

import { CascadeError } from '../../errors.js';
import { damaged } from '../damaged.js';
import type { RecognizedNetwork } from '../recognize.js';
import { storedEntries } from '../zip.js';
import { buildNetwork } from './build-network.js';
import { type Hdf5File, withHdf5 } from './hdf5.js';
import { parseJson } from './json.js';
import { LayeredWeights } from './layered-weights.js';
import { parseModel } from './model-config.js';
import { NumberedWeights } from './numbered-weights.js';
import type { WeightStore } from './weight-store.js';

const ADVICE = "save the whole model with model.save('….keras') or model.save('….h5')";

/** Parts of a `.keras` archive. */
const ARCHIVE = { config: 'config.json', weights: 'model.weights.h5' } as const;

/** Whether a zip archive is a `.keras` file: names stand in it as they are. */
export function isKerasArchive(bytes: Buffer): boolean {
  return bytes.includes(ARCHIVE.weights);
}

/**
 * A network from a model that Keras 2 or 3 saved whole as HDF5 (`.h5`).
 *
 * @param imageSize `[height, width]` where the model takes any.
 * @throws CascadeError if the file is damaged, holds no whole model, or one that cascade cannot run.
 */
export function readKerasHdf5(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Promise<RecognizedNetwork> {
  return withHdf5(bytes, file, (opened) => {
    const config = opened.attribute('', 'model_config');
    if (typeof config !== 'string') throw withoutModel(opened);
    return kerasNetwork(parseJson(config, file), new LayeredWeights(opened), imageSize, file);
  });
}

/** The same from a `.keras` archive: the model's configuration as JSON beside its weights as HDF5. */
export async function readKerasArchive(
  bytes: Buffer,
  imageSize: readonly [number, number] | undefined,
  file: string,
): Promise<RecognizedNetwork> {
  const entries = await storedEntries(bytes, file);
  const [config, weights] = [entries.get(ARCHIVE.config), entries.get(ARCHIVE.weights)];
  if (config === undefined || weights === undefined) {
    throw new CascadeError(
      `${file} lacks an uncompressed ${config === undefined ? ARCHIVE.config : ARCHIVE.weights}; ${ADVICE}.`,
    );
  }
  return withHdf5(weights, file, (opened) =>
    kerasNetwork(parseJson(config.toString(), file), new NumberedWeights(opened), imageSize, file),
  );
}

/** The network of a model's configuration and weights. */
export function kerasNetwork(
  config: unknown,
  store: WeightStore,
  imageSize: readonly [number, number] | undefined,
  file: string,
): RecognizedNetwork {
  try {
    const model = parseModel(config, file);
    return {
      architecture: `Keras model ${model.name}`,
      network: buildNetwork(model, store, imageSize, file),
    };
  } catch (error) {
    // Nothing honest is nested too deep for the stack.
    throw error instanceof RangeError ? damaged(file, error) : error;
  }
}

function withoutModel(opened: Hdf5File): CascadeError {
  const isWeights = opened.attribute('', 'layer_names') !== undefined || opened.keys('layers') !== undefined;
  const found = isWeights ? "weights without their model's structure" : 'no Keras model';
  return new CascadeError(`${opened.file} holds ${found}; ${ADVICE}.`);
}

import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import { type Hdf5File, withHdf5 } from './hdf5.js';
import { parseJson } from './json.js';
import { kerasNetwork } from './keras-network.js';
import { LayeredWeights } from './layered-weights.js';
import { NumberedWeights } from './numbered-weights.js';

/** How to keep a model so that its structure is in the file. */
export const SAVING_ADVICE = "save the whole model with model.save('….keras') or model.save('….h5')";

/** A Keras model whose weights are HDF5. */
export interface Hdf5Model {
  /** The HDF5 file's bytes. */
  readonly weights: Uint8Array;
  /** The model's configuration as JSON where it lies beside the weights; undefined where it is among them. */
  readonly config: string | undefined;
  /** `[height, width]` where the model takes any. */
  readonly imageSize: readonly [number, number] | undefined;
  /** Named in the errors. */
  readonly file: string;
}

/**
 * The network of a Keras model whose weights are HDF5.
 *
 * @throws CascadeError if the file is damaged, holds no whole model, or one that cascade cannot run.
 */
export function readHdf5Model({ weights, config, imageSize, file }: Hdf5Model): Promise<RecognizedNetwork> {
  return withHdf5(weights, file, (opened) => {
    if (config !== undefined) {
      return kerasNetwork(parseJson(config, file), new NumberedWeights(opened), imageSize, file);
    }
    const attached = opened.attribute('', 'model_config');
    if (typeof attached !== 'string') throw withoutModel(opened);
    return kerasNetwork(parseJson(attached, file), new LayeredWeights(opened), imageSize, file);
  });
}

function withoutModel(opened: Hdf5File): CascadeError {
  const isWeights = opened.attribute('', 'layer_names') !== undefined || opened.keys('layers') !== undefined;
  const found = isWeights ? "weights without their model's structure" : 'no Keras model';
  return new CascadeError(`${opened.file} holds ${found}; ${SAVING_ADVICE}.`);
}

import type { Tensor } from '../../network/tensor.js';
import type { LayerPath } from './keras-layer.js';

/** A trained variable of a layer. */
export interface Variable {
  /** What Keras calls it; more than one where its versions differ. */
  readonly names: readonly string[];
  /** Place among the layer's variables, from 0. */
  readonly index: number;
}

/** A trained variable in a file, not read yet. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** @throws CascadeError if the file is damaged there. */
  read(): Tensor;
}

/** The trained variables of a model, wherever they lie. */
export interface WeightStore {
  /** Size of all weights' files. */
  readonly bytes: number;
  find(layer: LayerPath, variable: Variable): StoredTensor | undefined;
}

import type { Hdf5File } from './hdf5.js';
import type { LayerPath } from './keras-layer.js';
import { nameOfWeight } from './named-weights.js';
import type { StoredTensor, Variable, WeightStore } from './weight-store.js';

/** Group with the trained variables of a whole model's HDF5 file. */
const WEIGHTS = 'model_weights';
const NAMES = 'weight_names';

/**
 * The layout of whole models in HDF5: `model_weights/<layer>` with an attribute that lists its datasets, `<layer>/kernel:0`. A
 * model used as a layer has those of all its layers.
 */
export class LayeredWeights implements WeightStore {
  constructor(readonly opened: Hdf5File) {}

  get bytes(): number {
    return this.opened.bytes;
  }

  find(path: LayerPath, variable: Variable): StoredTensor | undefined {
    const group = `${WEIGHTS}/${path[0]!.name}`;
    const name = nameOfWeight(this.#names(group), path, variable, path.length > 1 ? 1 : 0);
    return name === undefined ? undefined : this.opened.tensor(`${group}/${name}`);
  }

  /** A list of over 64 kB is cut into several attributes, `weight_names0`, `weight_names1`, … */
  #names(group: string): readonly string[] {
    const whole = this.opened.attribute(group, NAMES);
    if (whole !== undefined) return texts(whole);
    const names: string[] = [];
    for (let part = 0; ; part++) {
      const found = this.opened.attribute(group, `${NAMES}${part}`);
      if (found === undefined) return names;
      for (const name of texts(found)) names.push(name);
    }
  }
}

/** An empty list is one of numbers. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

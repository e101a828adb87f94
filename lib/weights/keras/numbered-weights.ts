import type { Hdf5File } from './hdf5.js';
import type { LayerPath, PathStep } from './keras-layer.js';
import type { StoredTensor, Variable, WeightStore } from './weight-store.js';

/** Groups in which a model keeps its layers: Keras 3 and late Keras 2, then earlier ones. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'] as const;

/**
 * The layout of `model.weights.h5` in `.keras` files: `layers/conv2d_1/vars/0`, where layers are called by their class and counted
 * within it, whatever their own names are (keras/src/saving/saving_lib.py).
 */
export class NumberedWeights implements WeightStore {
  constructor(readonly opened: Hdf5File) {}

  get bytes(): number {
    return this.opened.bytes;
  }

  find(path: LayerPath, { index }: Variable): StoredTensor | undefined {
    let group = '';
    for (const step of path) {
      const found = CONTAINERS.map((container) => this.#layer(join(group, container), step)).find(
        (layer) => layer !== undefined,
      );
      if (found === undefined) return undefined;
      group = found;
    }
    return this.opened.tensor(`${group}/vars/${index}`);
  }

  /**
   * Places are compared, not numbers, since early versions counted some layers twice; so all layers of the class must be there.
   */
  #layer(container: string, { className, position, siblings }: PathStep): string | undefined {
    const group = snakeCase(className);
    const numberOf = (key: string): number => (key === group ? 0 : Number(key.slice(group.length + 1)));
    const keys = (this.opened.keys(container) ?? []).filter(
      (key) => key === group || (key.startsWith(`${group}_`) && /^\d+$/.test(key.slice(group.length + 1))),
    );
    if (keys.length !== siblings) return undefined;
    keys.sort((one, other) => numberOf(one) - numberOf(other));
    return join(container, keys[position]!);
  }
}

function join(group: string, name: string): string {
  return group === '' ? name : `${group}/${name}`;
}

/** Keras's own rule: `BatchNormalization` → `batch_normalization`, `Conv2D` → `conv2d`. */
function snakeCase(className: string): string {
  return className
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

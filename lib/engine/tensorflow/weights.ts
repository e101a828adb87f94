import tf = require('@tensorflow/tfjs-core');

import { CascadeError } from '../../errors.js';
import type { Parameters } from '../../network/graph.js';

/** Tensors that live as long as a program: parameters in the arrangement that its operators want, and constants. */
export class Weights {
  readonly #held: tf.Tensor[] = [];

  constructor(readonly parameters: Parameters) {}

  /**
   * A parameter, rearranged once and for all.
   *
   * @throws CascadeError if the network has no value for it.
   */
  parameter(name: string, arrange: (tensor: tf.Tensor) => tf.Tensor = tf.clone): tf.Tensor {
    const value = this.parameters.get(name);
    if (value === undefined)
      throw new CascadeError(`The parameter ${name} has no value; the file of weights lacks it.`);
    return this.hold(() => arrange(tf.tensor(value.data, [...value.shape], 'float32')));
  }

  hold(make: () => tf.Tensor): tf.Tensor {
    const tensor = tf.tidy(make);
    this.#held.push(tensor);
    return tensor;
  }

  dispose(): void {
    tf.dispose(this.#held);
  }
}

import tf = require('@tensorflow/tfjs-core');

import { ADAM } from './recipe.js';

/** A learned tensor with the running means of its gradient and of its gradient's square. */
export class AdamWVariable {
  #value: tf.Tensor2D;
  #first: tf.Tensor2D;
  #second: tf.Tensor2D;
  #steps = 0;

  /** @param decays whether weight decay applies: to weight matrices, not to biases and gains. */
  constructor(
    initial: Float32Array,
    shape: [number, number],
    readonly decays: boolean,
  ) {
    this.#value = tf.tensor2d(initial, shape);
    this.#first = tf.zeros(shape);
    this.#second = tf.zeros(shape);
  }

  get value(): tf.Tensor2D {
    return this.#value;
  }

  /** One step of AdamW (Loshchilov & Hutter, arXiv 1711.05101, algorithm 2, as in PyTorch). */
  update(gradient: tf.Tensor2D, learningRate: number, weightDecay: number): void {
    this.#steps++;
    const { firstMoment, secondMoment, epsilon } = ADAM;
    const [value, first, second] = tf.tidy(() => {
      const first = tf.add<tf.Tensor2D>(tf.mul(this.#first, firstMoment), tf.mul(gradient, 1 - firstMoment));
      const second = tf.add<tf.Tensor2D>(
        tf.mul(this.#second, secondMoment),
        tf.mul(tf.square(gradient), 1 - secondMoment),
      );
      const deviation = tf.sqrt(tf.div(second, 1 - secondMoment ** this.#steps));
      const size = learningRate / (1 - firstMoment ** this.#steps);
      const move = tf.div(tf.mul(first, size), tf.add(deviation, epsilon));
      const kept = this.decays ? tf.mul(this.#value, 1 - learningRate * weightDecay) : this.#value;
      return [tf.sub<tf.Tensor2D>(kept, move), first, second];
    });
    tf.dispose([this.#value, this.#first, this.#second]);
    [this.#value, this.#first, this.#second] = [value, first, second];
  }

  dispose(): void {
    tf.dispose([this.#value, this.#first, this.#second]);
  }
}

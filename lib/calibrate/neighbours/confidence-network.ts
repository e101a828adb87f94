import { createAdam } from '../../stats/adam.js';
import { logistic } from '../../stats/logistic.js';
import { normalQuantile } from '../../stats/normal-quantile.js';
import { createRandom } from '../../stats/random.js';

const HIDDEN = 8;
const RATE = 0.01;

/** One hidden layer of rectified units and a sigmoid: how sure an exit is, learned by whatever loss its slope is given of. */
export class ConfidenceNetwork {
  /** Multiply-accumulates for an image. */
  readonly macs: number;
  readonly #inputs: number;
  /** For each hidden unit a weight an input and a bias; then a weight a unit and a bias. */
  readonly #parameters: Float64Array;
  readonly #gradient: Float64Array;
  readonly #step: (parameters: Float64Array, gradient: Float64Array) => void;
  /** What the last image made of the hidden units, and where it stands. */
  readonly #hidden = new Float64Array(HIDDEN);
  #values: Float64Array = new Float64Array(0);
  #start = 0;
  #output = 0;

  /** @param inputs numbers an image. */
  constructor(inputs: number, seed: number) {
    this.#inputs = inputs;
    this.macs = HIDDEN * inputs + HIDDEN;
    const random = createRandom(seed);
    const size = HIDDEN * (inputs + 1) + HIDDEN + 1;
    const spread = Math.sqrt(2 / inputs);
    this.#parameters = Float64Array.from(
      { length: size },
      () => spread * normalQuantile((random() * 2 ** 32 + 0.5) / 2 ** 32),
    );
    this.#gradient = new Float64Array(size);
    this.#step = createAdam(size, RATE);
  }

  /** The confidence of an image, in (0, 1). @param values `inputs` an image. */
  forward(values: Float64Array, image: number): number {
    this.#values = values;
    this.#start = image * this.#inputs;
    this.#output = confidenceOf(this.#parameters, this.#inputs, values, this.#start, this.#hidden);
    return this.#output;
  }

  /** Adds to the gradient for the image that went forward last. @param slope of the loss in its confidence. */
  backward(slope: number): void {
    const inputs = this.#inputs;
    const parameters = this.#parameters;
    const gradient = this.#gradient;
    const outer = slope * this.#output * (1 - this.#output);
    const last = HIDDEN * (inputs + 1);
    for (let unit = 0; unit < HIDDEN; unit++) {
      const value = this.#hidden[unit]!;
      if (value <= 0) continue;
      gradient[last + unit]! += outer * value;
      const inner = outer * parameters[last + unit]!;
      const base = unit * (inputs + 1);
      for (let index = 0; index < inputs; index++)
        gradient[base + index]! += inner * this.#values[this.#start + index]!;
      gradient[base + inputs]! += inner;
    }
    gradient[last + HIDDEN]! += outer;
  }

  /** A step down the gradient, which is 0 again. */
  step(): void {
    this.#step(this.#parameters, this.#gradient);
    this.#gradient.fill(0);
  }

  /** The network as it is now, whatever it learns later: confidences of images, `inputs` values each. */
  frozen(): (values: Float64Array) => Float64Array {
    const parameters = this.#parameters.slice();
    const inputs = this.#inputs;
    const hidden = new Float64Array(HIDDEN);
    return (values) =>
      new Float64Array(values.length / inputs).map((_, image) =>
        confidenceOf(parameters, inputs, values, image * inputs, hidden),
      );
  }
}

/** @param hidden is overwritten. */
function confidenceOf(
  parameters: Float64Array,
  inputs: number,
  values: Float64Array,
  start: number,
  hidden: Float64Array,
): number {
  const last = HIDDEN * (inputs + 1);
  let sum = parameters[last + HIDDEN]!;
  for (let unit = 0; unit < HIDDEN; unit++) {
    const base = unit * (inputs + 1);
    let value = parameters[base + inputs]!;
    for (let index = 0; index < inputs; index++) value += parameters[base + index]! * values[start + index]!;
    hidden[unit] = Math.max(0, value);
    sum += parameters[last + unit]! * hidden[unit]!;
  }
  return logistic(sum);
}

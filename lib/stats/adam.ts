/** Decay of the mean of the gradients and of their squares, and what keeps a division from 0: the source's own. */
const DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;

/**
 * Steps down a gradient, each parameter at its own pace (Adam: Kingma & Ba 2015, arXiv 1412.6980, algorithm 1).
 *
 * @param size number of parameters.
 * @param rate largest change of a parameter in a step, about.
 * @returns a function that changes the parameters in place.
 */
export function createAdam(
  size: number,
  rate: number,
): (parameters: Float64Array, gradient: Float64Array) => void {
  const mean = new Float64Array(size);
  const square = new Float64Array(size);
  let step = 0;
  return (parameters, gradient) => {
    step++;
    const meanScale = 1 / (1 - DECAY ** step);
    const squareScale = 1 / (1 - SQUARE_DECAY ** step);
    for (let index = 0; index < size; index++) {
      const slope = gradient[index]!;
      mean[index] = DECAY * mean[index]! + (1 - DECAY) * slope;
      square[index] = SQUARE_DECAY * square[index]! + (1 - SQUARE_DECAY) * slope * slope;
      parameters[index]! -=
        (rate * meanScale * mean[index]!) / (Math.sqrt(squareScale * square[index]!) + EPSILON);
    }
  };
}

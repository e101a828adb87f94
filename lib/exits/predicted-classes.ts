import { argmax } from '../stats/argmax.js';

/**
 * The `top` likeliest classes of every image, in ascending order; of equals the first come first, as in `isAmongTop`.
 *
 * @param values `classes` an image.
 * @returns `top` classes an image.
 */
export function predictedClasses(values: ArrayLike<number>, classes: number, top: number): Uint16Array {
  const images = values.length / classes;
  const predicted = new Uint16Array(images * top);
  const left = new Float64Array(classes);
  for (let image = 0; image < images; image++) {
    for (let label = 0; label < classes; label++) left[label] = values[image * classes + label]!;
    const own = predicted.subarray(image * top, (image + 1) * top);
    for (let place = 0; place < top; place++) {
      own[place] = argmax(left);
      left[own[place]!] = Number.NEGATIVE_INFINITY;
    }
    own.sort();
  }
  return predicted;
}

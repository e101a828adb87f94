/** Position of the largest of `length` values from `start` on, relative to `start`; the first of equals. */
export function argmax(values: ArrayLike<number>, start = 0, length = values.length - start): number {
  let best = 0;
  for (let index = 1; index < length; index++) {
    if (values[start + index]! > values[start + best]!) best = index;
  }
  return best;
}

/**
 * Images in bins by how sure an exit is of them, as many in each as can be: where few images are unsure, bins of one width would be empty
 * there (Nixon et al. 2019, arXiv 1904.01685). Equal confidences stand in one bin.
 *
 * @param bins how many there are at most.
 * @returns numbers of images, from the least sure to the surest, none empty.
 */
export function confidenceBins(confidence: Float64Array, bins: number): readonly Uint32Array[] {
  const order = Uint32Array.from(confidence, (_, image) => image).sort(
    (a, b) => confidence[a]! - confidence[b]! || a - b,
  );
  const made: Uint32Array[] = [];
  for (let first = 0; first < order.length; ) {
    let end = Math.max(first + 1, Math.round(((made.length + 1) * order.length) / bins));
    while (end < order.length && confidence[order[end]!] === confidence[order[end - 1]!]) end++;
    made.push(order.subarray(first, end));
    first = end;
  }
  return made;
}

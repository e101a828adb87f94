/**
 * The place in [low, high] where a monotone condition turns from true to false, to the last bit: the interval is halved
 * until no double lies between its ends. Returns the last argument known to satisfy the condition; `low` is taken to
 * satisfy it and `high` not to, neither is evaluated.
 *
 * @throws RangeError when low > high or an end is not finite.
 * @example bisect((x) => x * x <= 2, 0, 2) // 1.414213562373095
 */
export function bisect(condition: (x: number) => boolean, low: number, high: number): number {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError(`bisect needs finite ends in order, got ${low} and ${high}`);
  }
  let holds = low;
  let fails = high;
  for (;;) {
    const middle = holds + (fails - holds) / 2;
    if (middle <= holds || middle >= fails) return holds;
    if (condition(middle)) holds = middle;
    else fails = middle;
  }
}

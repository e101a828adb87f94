/** Above this argument five terms of Stirling's series are exact to the last bits of a double. */
const STIRLING_FROM = 16;

/**
 * Natural logarithm of the gamma function for x > 0: Stirling's series with its first five corrections (DLMF
 * 5.11.1), small arguments lifted to 16 and more by Γ(x + 1) = x Γ(x). Absolute error below 2e-14 for x < 20, relative
 * error below 1e-15 above. Same quantity as R's `lgamma`.
 *
 * @throws RangeError when x is not a positive finite number.
 * @example logGamma(0.5) // 0.5723649429247 = ln √π
 */
export function logGamma(x: number): number {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`logGamma needs a positive finite number, got ${x}`);
  let lifted = x;
  let product = 1;
  while (lifted < STIRLING_FROM) {
    product *= lifted;
    lifted += 1;
  }
  const inverse = 1 / lifted;
  const square = inverse * inverse;
  const correction =
    inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188)))));
  return (
    (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + correction - Math.log(product)
  );
}

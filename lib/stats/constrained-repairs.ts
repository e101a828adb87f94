/**
 * Maximum likelihood estimate of the probability of a repair under the constraint P(break) − P(repair) = delta, for
 * 0 <= delta <= 1: the non-negative root of 2n·q² + (−breaks − repairs + (2n − breaks + repairs)·delta)·q −
 * repairs·delta·(1 − delta) = 0 (Tango 1998, Statistics in Medicine 17:891-908, equation for q₂₁). The probability of a
 * break is then this plus delta, so the constrained discordant probability is twice this plus delta.
 */
export function constrainedRepairs(breaks: number, repairs: number, n: number, delta: number): number {
  const a = 2 * n;
  const b = -breaks - repairs + (2 * n - breaks + repairs) * delta;
  const c = -repairs * delta * (1 - delta);
  const root = Math.sqrt(b * b - 4 * a * c);
  // The form of the root that adds numbers of the same sign loses no digits.
  return b > 0 ? (-2 * c) / (b + root) : (root - b) / (2 * a);
}

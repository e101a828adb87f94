/** What a user asks of an operating point; fractions. */
export type Target =
  /** The cheapest whose accuracy is at most `drop` below the full network's, on the same images. */
  | { readonly kind: 'max-drop'; readonly drop: number }
  /** The most accurate that costs at most `share` of the full network's multiply-accumulates on average. */
  | { readonly kind: 'max-cost'; readonly share: number };

/** The paper's rule in its own meaning: each exit may be `epsilon`, a fraction, less accurate than at its best. It bounds no drop. */
export interface EpsilonTarget {
  readonly kind: 'epsilon';
  readonly epsilon: number;
}

/** What was asked of a calibration. */
export type CalibrationTarget = Target | EpsilonTarget;

/** Sums over images that decide whether a target is met and how well. */
export interface Totals {
  /** Breaks minus repairs: right answers lost, net. */
  readonly lost: number;
  /** Multiply-accumulates. */
  readonly cost: number;
}

/** Rounding of `drop · images`, e.g. 0.01 · 5000. */
const ROUNDING = 1e-9;

/** A target in sums over a table's images: the most right answers that may be lost, the most multiply-accumulates. */
export interface Limits extends Totals {
  readonly kind: Target['kind'];
}

/** @param full of the bare backbone for one image. */
export function limitsOf(target: Target, images: number, full: number): Limits {
  const { kind } = target;
  return kind === 'max-drop'
    ? { kind, lost: Math.floor(target.drop * images + ROUNDING), cost: Number.POSITIVE_INFINITY }
    : { kind, lost: Number.POSITIVE_INFINITY, cost: target.share * full * images };
}

export function meets(totals: Totals, limits: Limits): boolean {
  return totals.lost <= limits.lost && totals.cost <= limits.cost;
}

/** Whether the first of two points that both meet a target serves it better. */
export function isBetter(a: Totals, b: Totals, { kind }: Pick<Limits, 'kind'>): boolean {
  if (kind === 'max-drop') return a.cost < b.cost || (a.cost === b.cost && a.lost < b.lost);
  return a.lost < b.lost || (a.lost === b.lost && a.cost < b.cost);
}

/** Whether a point takes the place of the best so far: it meets the limits, and that one does not, is none, or serves them less. */
export function isNewBest(candidate: Totals, best: Totals | undefined, limits: Limits): boolean {
  if (!meets(candidate, limits)) return false;
  return best === undefined || !meets(best, limits) || isBetter(candidate, best, limits);
}

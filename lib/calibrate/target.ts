/** What a user asks of an operating point. */
export type Target =
  /** The cheapest whose accuracy is at most `drop` (a fraction) below the full network's, on the same inputs. */
  | { readonly kind: 'max-drop'; readonly drop: number }
  /** The most accurate that costs at most `share` (a fraction) of the full network's multiply-accumulates on average. */
  | { readonly kind: 'max-macs'; readonly share: number };

/** Sums over inputs that decide whether a target is met and how well. */
export interface Totals {
  /** Breaks minus repairs: right answers lost, net. */
  readonly lost: number;
  /** Multiply-accumulates. */
  readonly macs: number;
}

/** Rounding of `drop · images`, e.g. 0.01 · 5000. */
const ROUNDING = 1e-9;

/** A target in sums over a table's inputs: the most right answers that may be lost, the most multiply-accumulates. */
export interface Limits {
  readonly lost: number;
  readonly macs: number;
}

/** @param fullMacs of the bare backbone for one image. */
export function limitsOf(target: Target, images: number, fullMacs: number): Limits {
  return target.kind === 'max-drop'
    ? { lost: Math.floor(target.drop * images + ROUNDING), macs: Number.POSITIVE_INFINITY }
    : { lost: Number.POSITIVE_INFINITY, macs: target.share * fullMacs * images };
}

export function meets(totals: Totals, limits: Limits): boolean {
  return totals.lost <= limits.lost && totals.macs <= limits.macs;
}

/** Whether the first of two points that both meet a target serves it better. */
export function isBetter(a: Totals, b: Totals, target: Target): boolean {
  if (target.kind === 'max-drop') return a.macs < b.macs || (a.macs === b.macs && a.lost < b.lost);
  return a.lost < b.lost || (a.lost === b.lost && a.macs < b.macs);
}

import type { FrontExits } from '../../calibrate/front.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import { exitCosts, type WrittenCosts } from '../exit-costs.js';
import type { Timing } from './timing-schema.js';
import { timeCosts } from './timings.js';

/** What thresholds can be chosen by, as `--cost` takes it. */
export type Currency = 'macs' | 'time';

/** What exits cost in multiply-accumulates and, where that was measured, in time. */
export interface Prices {
  readonly macs: ExitCosts;
  readonly time: TimePrices | null;
}

/** What exits cost in nanoseconds for one image. */
export interface TimePrices {
  readonly costs: ExitCosts;
  /** The measurement that says so. */
  readonly timing: Timing;
}

/** The prices of a cascade's exits. @param timing null where none is known. */
export function pricesOf(manifest: WrittenCosts, timing: Timing | null): Prices {
  const macs = exitCosts(manifest);
  return { macs, time: timing && { costs: timeCosts(timing, macs.members), timing } };
}

/** The costs in a currency. @throws RangeError if that is time and no prices in it are known. */
export function costsIn(currency: Currency, { macs, time }: Prices): ExitCosts {
  if (currency === 'macs') return macs;
  if (time === null) throw new RangeError('choosing by time needs a measurement');
  return time.costs;
}

/** In MACs a head is next to nothing and all exits may stay; in time it is not. */
export function frontExits(currency: Currency): FrontExits {
  return currency === 'macs' ? 'all' : 'paying';
}

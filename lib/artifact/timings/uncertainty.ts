import { largest } from '../../stats/largest.js';
import type { Timing } from './timing-schema.js';

/** How wide the widest 95 % interval of a measurement of networks is, as a share of the full network's time. */
export function timingUncertainty({ full, exits }: Pick<Timing, 'full' | 'exits'>): number {
  const widths = [full, ...exits.map(({ trunk }) => trunk)].map(({ low, high }) => high - low);
  return largest(widths) / full.nanoseconds;
}

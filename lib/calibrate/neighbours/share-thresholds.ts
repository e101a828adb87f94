import type { ExitColumn } from '../../exits/exit-table.js';
import type { Thresholds } from '../../exits/thresholds.js';
import { descendingOrder } from '../reliability.js';

/**
 * Thresholds by which about the given shares of the images leave at each exit: at every exit, among the images that have come so far, the
 * threshold is the confidence of the last one that the share has room for (MSDNet: Huang et al. 2018, arXiv 1703.09844, budgeted batch classification).
 *
 * @returns a function of shares, one an exit, that add up to at most 1.
 */
export function shareThresholds(exits: readonly ExitColumn[]): (shares: readonly number[]) => Thresholds {
  const orders = exits.map(({ confidence }) => descendingOrder(confidence));
  return (shares) => {
    const images = exits[0]?.confidence.length ?? 0;
    const left = new Uint8Array(images);
    return exits.map(({ confidence }, exit) => {
      const wanted = Math.round(shares[exit]! * images);
      let count = 0;
      let threshold = Number.POSITIVE_INFINITY;
      const order = orders[exit]!;
      for (let place = 0; place < order.length; place++) {
        const image = order[place]!;
        // Those that are just as sure leave together.
        if (count >= wanted && confidence[image]! < threshold) break;
        if (left[image]) continue;
        threshold = confidence[image]!;
        left[image] = 1;
        count++;
      }
      return threshold;
    });
  };
}

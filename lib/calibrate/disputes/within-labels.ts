import { labelsLeft } from './labels-left.js';
import type { Passes } from './passes.js';
import type { UnlabelledPath } from './unlabelled-path.js';

/**
 * A path up to the last candidate that never needs more labels than a number, whatever they turn out to be. It ends there without a look
 * at any label, so that it is tested like the whole one.
 *
 * @param mostLabels that are to be asked for.
 */
export function withinLabels(path: UnlabelledPath, mostLabels: number, passes: Passes): UnlabelledPath {
  const fits = (points: number): boolean =>
    labelsLeft(path.disputes, points, new Map(), passes).length <= mostLabels;
  let least = 0;
  let most = path.points.length;
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  const disputes = path.disputes.flatMap((dispute) => {
    const others = dispute.others.filter(({ from }) => from < least);
    const cut = others.map((other) => ({ ...other, to: Math.min(other.to, least) }));
    return cut.length === 0 ? [] : [{ ...dispute, others: cut }];
  });
  return { ...path, points: path.points.slice(0, least), disputes };
}

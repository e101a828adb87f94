import type { Evaluation } from '../../cascade/evaluation.js';
import type { CascadeFront } from '../../cascade/sweep-cascade.js';
import { inPoints } from '../numbers.js';
import { renderTable } from '../table.js';

/** Drops of accuracy, in points, at which the front is shown. */
const SHOWN_DROPS = [0, 0.25, 0.5, 1, 2, 3, 5];

/** The cheapest points of a front within some drops that they have on the test split, in a table. */
export function describeFront({ points, description, images }: CascadeFront): string {
  const evaluations = points.map(({ test }) => test);
  const rows = SHOWN_DROPS.map((drop) => {
    const best = cheapestWithin(evaluations, drop);
    return [
      inPoints(drop),
      `${best.accuracy_percent.toFixed(2)} %`,
      `${best.macs_saved_percent.toFixed(2)} %`,
    ];
  });
  const title = `Front of ${points.length} operating points, figures on the ${description} (${images} images):`;
  return [title, '', renderTable(['realised drop at most', 'accuracy', 'MACs saved'], rows)].join('\n');
}

/** The full network, the first, is within any drop. */
function cheapestWithin(evaluations: readonly Evaluation[], drop: number): Evaluation {
  return evaluations
    .filter((each) => each.drop_points <= drop)
    .reduce((a, b) => (b.macs_saved_percent > a.macs_saved_percent ? b : a), evaluations[0]!);
}

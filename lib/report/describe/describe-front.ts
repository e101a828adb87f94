import type { Evaluation } from '../../cascade/evaluation.js';
import type { CascadeFront } from '../../cascade/sweep-cascade.js';
import { counted, inPoints } from '../numbers.js';
import { renderTable } from '../table.js';
import { atOnce } from './describe-promise.js';

/** Drops of accuracy, in points, at which the front is shown. */
const SHOWN_DROPS = [0, 0.25, 0.5, 1, 2, 3, 5];

/** The cheapest points of a front within some drops that they have on the test split, in a table. */
export function describeFront({ points, description, images, currency }: CascadeFront): string {
  const evaluations = points.map(({ test }) => test);
  const savedColumn = currency === 'macs' ? 'macs_saved_percent' : 'predicted_time_saved_percent';
  const rows = SHOWN_DROPS.map((drop) => {
    const best = cheapestWithin(evaluations, drop, savedColumn);
    const time = best.predicted_time_saved_percent;
    return [
      inPoints(drop),
      `${best.accuracy_percent.toFixed(2)} %`,
      `${best.macs_saved_percent.toFixed(2)} %`,
      ...(time === null ? [] : [`${time.toFixed(2)} %`]),
    ];
  });
  const title = `Front of ${counted(points.length, 'operating point')}, figures on the ${description} (${counted(images, 'image')}):`;
  const batchSize = evaluations[0]!.batch_size;
  const time = batchSize === null ? [] : [`time saved, ${atOnce(batchSize)}`];
  const header = ['realised drop at most', 'accuracy', 'MACs saved', ...time];
  return [title, '', renderTable(header, rows)].join('\n');
}

/** The full network, the first, is within any drop. */
function cheapestWithin(
  evaluations: readonly Evaluation[],
  drop: number,
  saved: 'macs_saved_percent' | 'predicted_time_saved_percent',
): Evaluation {
  return evaluations
    .filter((each) => each.drop_points <= drop)
    .reduce((a, b) => (b[saved]! > a[saved]! ? b : a), evaluations[0]!);
}

import type { CascadeFront, SweptPoint } from '../../cascade/sweep-cascade.js';
import { counted } from '../../counted.js';
import { scoringName } from '../../exits/scoring.js';
import { inPoints } from '../numbers.js';
import { renderTable } from '../table.js';
import { atOnce } from './describe-promise.js';

/** Drops of accuracy, in points, at which the front is shown. */
const SHOWN_DROPS = [0, 0.25, 0.5, 1, 2, 3, 5];

const CLOSING =
  'Each row is the cheapest point whose drop on the calibration images is at most the one named: test images choose nothing, and in about half of all cases a point drops more on them. `cascade calibrate --max-drop` chooses one with a promise.';

/** Points of a front that are picked by what they do on the calibration split, with what they do on the test split, in a table. */
export function describeFront(front: CascadeFront): string {
  const { points, description, images, currency, method, scoring } = front;
  const savedColumn = currency === 'macs' ? 'macs_saved_percent' : 'predicted_time_saved_percent';
  const rows = SHOWN_DROPS.map((drop) => {
    const { test } = cheapestWithin(points, drop, savedColumn);
    const time = test.predicted_time_saved_percent;
    return [
      inPoints(drop),
      inPoints(Number(test.drop_points.toFixed(2))),
      `${test.accuracy_percent.toFixed(2)} %`,
      `${test.macs_saved_percent.toFixed(2)} %`,
      ...(time === null ? [] : [`${time.toFixed(2)} %`]),
    ];
  });
  const by = `${method}, ${scoringName(scoring)}, by ${currency === 'macs' ? 'MACs' : 'time'}`;
  const title = `Front of ${counted(points.length, 'operating point')} (${by}), figures on the ${description} (${counted(images, 'image')}):`;
  const batchSize = points[0]!.test.batch_size;
  const time = batchSize === null ? [] : [`predicted time saved, ${atOnce(batchSize)}`];
  const header = ['drop chosen for', 'measured drop', 'accuracy', 'MACs saved', ...time];
  return [title, '', renderTable(header, rows), '', CLOSING].join('\n');
}

/** By the calibration split alone. The full network, the first, is within any drop. */
function cheapestWithin(
  points: readonly SweptPoint[],
  drop: number,
  saved: 'macs_saved_percent' | 'predicted_time_saved_percent',
): SweptPoint {
  return points
    .filter(({ calibration }) => calibration.drop_points <= drop)
    .reduce((a, b) => (b.calibration[saved]! > a.calibration[saved]! ? b : a), points[0]!);
}

import { confidencePercent } from '../../artifact/calibration.js';
import { percent } from '../../stats/percent.js';
import type { Table } from '../formatted-table.js';
import { fixed, inPoints } from '../numbers.js';
import type { Reported } from './reported.js';

/** A row a cascade, as it would stand in a paper. */
export function summaryTable(reported: readonly Reported[]): Table {
  const hasTime = reported.every(({ evaluation }) => evaluation.predicted_time_saved_percent !== null);
  return {
    header: [
      'cascade',
      'data set',
      'full (%)',
      'cascade (%)',
      'drop (points)',
      '95 % interval',
      'promised at most',
      'MACs (M)',
      'MACs saved (%)',
      ...(hasTime ? ['predicted time saved (%)'] : []),
    ],
    rows: reported.map(({ manifest, calibration, evaluation }) => [
      manifest.name,
      manifest.dataset,
      evaluation.full_accuracy_percent.toFixed(2),
      evaluation.accuracy_percent.toFixed(2),
      fixed(evaluation.drop_points, 2),
      `${fixed(evaluation.drop_low_points, 2)} to ${fixed(evaluation.drop_high_points, 2)}`,
      promisedWords(calibration),
      (evaluation.macs_per_image / 1e6).toFixed(1),
      evaluation.macs_saved_percent.toFixed(1),
      ...(hasTime ? [evaluation.predicted_time_saved_percent!.toFixed(1)] : []),
    ]),
  };
}

function promisedWords(calibration: Reported['calibration']): string | null {
  const { target } = calibration;
  const confidence = confidencePercent(calibration);
  if (confidence === null || target.kind === 'epsilon') return null;
  const limit =
    target.kind === 'max-drop' ? inPoints(percent(target.drop)) : `${percent(target.share)} % of the cost`;
  return `${limit} (${confidence} %)`;
}

import type { Evaluation, ExitShare } from '../../cascade/evaluation.js';
import { grouped } from '../numbers.js';
import { renderTable } from '../table.js';

/** An evaluation in words and a table, for a terminal. */
export function describeEvaluation(evaluation: Evaluation, title: string): string {
  const { full_macs: fullMacs } = evaluation;
  const summary = renderTable(
    ['', 'accuracy', 'MACs per image', ''],
    [
      ['full network', `${evaluation.full_accuracy_percent.toFixed(2)} %`, grouped(fullMacs), ''],
      [
        'cascade',
        `${evaluation.accuracy_percent.toFixed(2)} %`,
        grouped(evaluation.macs_per_image),
        `${evaluation.macs_saved_percent.toFixed(1)} % saved, heads charged`,
      ],
    ],
  );
  const drop = `drop ${evaluation.drop_points.toFixed(2)} points, 95 % interval ${evaluation.drop_low_points.toFixed(2)} to ${evaluation.drop_high_points.toFixed(2)} (paired, Tango)`;
  const exits = renderTable(
    ['exit after', 'threshold', 'leave here', 'of them right', 'MACs each'],
    evaluation.exits.map((exit) => [
      exit.name,
      describeThreshold(exit),
      `${exit.share_percent.toFixed(1)} %`,
      exit.accuracy_percent === null ? null : `${exit.accuracy_percent.toFixed(2)} %`,
      exit.enabled ? grouped(exit.macs) : null,
    ]),
  );
  return [`${title}:`, '', summary, drop, '', exits].join('\n');
}

/** Null where there is none to show. */
export function describeThreshold({ enabled, threshold }: ExitShare): string | null {
  if (!enabled) return 'disabled';
  return threshold === null ? null : threshold.toFixed(4);
}

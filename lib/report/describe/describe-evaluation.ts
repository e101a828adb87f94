import { exitHeading } from '../../artifact/exit-names.js';
import type { Evaluation, ExitShare } from '../../cascade/evaluation.js';
import { grouped } from '../../counted.js';
import type { CriterionName } from '../../exits/criteria.js';
import { fixed } from '../numbers.js';
import { renderTable } from '../table.js';
import { atOnce } from './describe-promise.js';

/** An evaluation in words and a table, for a terminal. @param criterion of the thresholds. */
export function describeEvaluation(evaluation: Evaluation, title: string, criterion: CriterionName): string {
  const { full_macs: fullMacs } = evaluation;
  const [timeHeader, fullTime, time] = timeCells(evaluation);
  const summary = renderTable(
    ['', 'accuracy', 'MACs per image', '', ...timeHeader],
    [
      [
        'full network',
        `${evaluation.full_accuracy_percent.toFixed(2)} %`,
        grouped(fullMacs),
        '',
        ...fullTime,
      ],
      [
        'cascade',
        `${evaluation.accuracy_percent.toFixed(2)} %`,
        grouped(evaluation.macs_per_image),
        `${evaluation.macs_saved_percent.toFixed(1)} % saved, ${chargedWords(evaluation.exits)}`,
        ...time,
      ],
    ],
  );
  const drop = `drop ${fixed(evaluation.drop_points, 2)} points, 95 % interval ${fixed(evaluation.drop_low_points, 2)} to ${fixed(evaluation.drop_high_points, 2)} (paired, Tango)`;
  const exits = renderTable(
    [
      exitHeading(evaluation.exits),
      'threshold',
      'leave here',
      'of them right',
      'MACs each',
      ...(timeHeader.length === 0 ? [] : ['predicted time each']),
    ],
    evaluation.exits.map((exit) => [
      exit.name,
      describeThreshold(exit, criterion),
      `${exit.share_percent.toFixed(1)} %`,
      exit.accuracy_percent === null ? null : `${exit.accuracy_percent.toFixed(2)} %`,
      exit.enabled ? grouped(exit.macs) : null,
      ...(exit.predicted_milliseconds === null
        ? []
        : [exit.enabled ? inWords(exit.predicted_milliseconds) : null]),
    ]),
  );
  return [`${title}:`, '', summary, drop, '', exits].join('\n');
}

/** Header and cells of the predicted times; none without a measurement. */
function timeCells(evaluation: Evaluation): readonly [string[], string[], string[]] {
  const { batch_size: batchSize, predicted_milliseconds_per_image: time } = evaluation;
  const { predicted_full_milliseconds_per_image: full, predicted_time_saved_percent: saved } = evaluation;
  if (batchSize === null || time === null || full === null || saved === null) return [[], [], []];
  return [
    [`predicted time, ${atOnce(batchSize)}`, ''],
    [inWords(full), ''],
    [inWords(time), `${saved.toFixed(1)} % saved`],
  ];
}

function inWords(milliseconds: number): string {
  return `${milliseconds.toFixed(3)} ms`;
}

/** What an image pays for besides the network that it leaves: heads, of networks in a row those before, or both. */
export function chargedWords(exits: readonly Pick<ExitShare, 'block'>[]): string {
  const inner = exits.slice(0, -1);
  const charged = [
    ...(inner.some(({ block }) => block === null) ? ['networks before'] : []),
    ...(inner.some(({ block }) => block !== null) ? ['heads'] : []),
  ];
  return `${charged.join(' and ')} charged`;
}

/** Null where there is none to show. */
export function describeThreshold(
  { enabled, threshold }: Pick<ExitShare, 'enabled' | 'threshold'>,
  criterion: CriterionName,
): string | null {
  if (!enabled) return 'disabled';
  if (threshold === null) return null;
  // Patience counts exits.
  return threshold.toFixed(criterion === 'patience' ? 0 : 4);
}

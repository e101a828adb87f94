import { type Calibration, currencyOf, promiseKind } from '../../artifact/calibration.js';
import type { Calibrations } from '../../artifact/calibrations.js';
import { grouped } from '../../counted.js';
import { scoringName } from '../../exits/scoring.js';
import { percent } from '../../stats/percent.js';
import { askedDrop, atOnce, OF_WHOM } from '../describe/describe-promise.js';
import { inPoints } from '../numbers.js';
import { renderTable } from '../table.js';

/** All calibrations of a cascade in one table, the active one marked. */
export function describeCalibrations({ all, active }: Calibrations, folder: string): string {
  if (all.length === 0)
    return `There are no thresholds yet; \`cascade calibrate ${folder} --max-drop 1%\` chooses some.`;
  const table = renderTable(
    [
      '',
      'name',
      'asked for',
      'method',
      'confidence by',
      'promised at',
      'on images',
      'split seed',
      'exits run',
    ],
    all.map((calibration, index) => [
      `${calibration === active ? '*' : ' '} ${index + 1}`,
      calibration.name ?? null,
      askedWords(calibration),
      calibration.method,
      scoringName(calibration.rule.scoring),
      calibration.promise && `${percent(calibration.promise.confidence)} %`,
      grouped(calibration.images),
      calibration.split_seed,
      exitsWords(calibration),
    ]),
    5,
  );
  const other = all.find((calibration) => calibration !== active);
  const word = other && (other.name ?? String(all.indexOf(other) + 1));
  const how =
    word === undefined ? '' : `; \`cascade show ${folder} --use ${word}\` makes another the active one`;
  return `${table}\n\n* The active calibration, which commands take where no --use is given${how}.`;
}

function askedWords(calibration: Calibration): string {
  const { target, labels, timing } = calibration;
  const by = timing === undefined ? '' : `, by the time of ${atOnce(timing.batch_size)}`;
  switch (target.kind) {
    case 'max-drop':
      return `${askedDrop(percent(target.drop), labels)}${OF_WHOM[promiseKind(calibration)]}${by}`;
    case 'max-cost':
      return `${percent(target.share)} % of the ${currencyOf(calibration) === 'macs' ? 'MACs' : 'time'}${by}`;
    case 'epsilon':
      return `a slack of ${inPoints(percent(target.epsilon))}`;
  }
}

function exitsWords({ rule: { thresholds } }: Calibration): string {
  return `${thresholds.filter((threshold) => threshold !== null).length} of ${thresholds.length}`;
}

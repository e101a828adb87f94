import { confidencePercent } from '../../artifact/calibration.js';
import { writtenTarget } from '../../artifact/written-target.js';
import type { AnswersReport } from '../../cascade/ask/calibrate-answers.js';
import { counted, grouped } from '../../counted.js';
import { percent } from '../../stats/percent.js';
import { chargedWords, describeThreshold } from '../describe/describe-evaluation.js';
import { describePromised } from '../describe/describe-promise.js';
import { fixed, inPoints } from '../numbers.js';
import { renderTable } from '../table.js';

/** Thresholds that were chosen by some labels, what they cost, what is promised, and whether more labels may give more. */
export function describeAnswers(report: AnswersReport): string {
  const { calibration, evaluation, labels } = report;
  const { images, macs_per_image: macs, full_macs: fullMacs, macs_saved_percent: saved } = evaluation;
  const tested = `${grouped(labels.test_images)} tested them ${labels.given === 0 ? 'without a label' : `with ${counted(labels.given, 'label')}`}`;
  const title = `Thresholds chosen by --method ${calibration.method} on ${calibration.split} (${counted(images, 'image')}, of which ${tested}):`;
  const summary = renderTable(
    ['', 'MACs per image', ''],
    [
      ['full network', grouped(fullMacs), ''],
      ['cascade', grouped(macs), `${saved.toFixed(1)} % saved, ${chargedWords(evaluation.exits)}`],
    ],
  );
  const exits = renderTable(
    ['exit after', 'threshold', 'leave here', 'MACs each'],
    evaluation.exits.map((exit) => [
      exit.name,
      describeThreshold(exit, calibration.rule.scoring.criterion),
      `${exit.share_percent.toFixed(1)} %`,
      exit.enabled ? grouped(exit.macs) : null,
    ]),
  );
  return [title, '', summary, dropWords(report), '', exits, '', closing(report), moreWords(report)].join(
    '\n',
  );
}

function dropWords({ labels: { breaks, repairs, missing, test_images: images } }: AnswersReport): string {
  if (breaks === null || repairs === null || missing === null)
    return 'no drop: every image runs the full network';
  const least = fixed(percent((breaks - repairs + missing) / images), 2);
  const counts = `${grouped(breaks)} broken, which the full network has right alone; ${grouped(repairs)} repaired, which it has wrong`;
  return missing === 0
    ? `drop ${least} points (${counts})`
    : `drop at most ${least} points (${counts}; ${counted(missing, 'image')} without a label counted as broken)`;
}

/** What more images would save, with and without labels. */
function moreWords({ calibration, labels: { given }, evaluation, more }: AnswersReport): string {
  const { max_drop_points: drop } = writtenTarget(calibration.target, 'macs');
  const { macs_saved_percent: saved, macs_saved_without_labels_percent: unlabelled } = more;
  const labels = Math.round((given * more.images) / evaluation.images);
  const such = `Of ${counted(more.images, 'such image')}`;
  if (labels === 0)
    return `${such}, without a label as these, ${saved.toFixed(1)} % would probably be saved under the same promise.`;
  // Agreement with the full network is no gain over it.
  const without =
    drop! > 0
      ? `; without any, ${unlabelled.toFixed(1)} %, and then what is promised is a disagreement of at most ${inPoints(drop!)}`
      : '';
  return `${such} about ${counted(labels, 'label')} would probably save ${saved.toFixed(1)} % under the same promise${without}.`;
}

function closing({ calibration, labels: { breaks, left_at_most: left } }: AnswersReport): string {
  const confidence = confidencePercent(calibration);
  const { max_drop_points: drop } = writtenTarget(calibration.target, 'macs');
  const promise =
    breaks === null
      ? `Nothing can be promised with ${confidence} % confidence${left === 0 ? '' : ' by the labels so far'}: the full network is run for every image.`
      : `With ${confidence} % confidence ${describePromised(drop!, calibration.labels)}.`;
  const more =
    left === 0
      ? 'All labels that matter are there: more would not change the thresholds.'
      : `At most ${counted(left, 'more label')} can matter; with them more may be saved, and what is promised now stays promised.`;
  return `${promise} ${more}`;
}

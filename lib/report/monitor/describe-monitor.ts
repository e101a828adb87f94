import type { MonitorReport } from '../../cascade/monitor/monitor-report.js';
import { counted, grouped } from '../../counted.js';
import { renderTable } from '../table.js';

/** What a monitor has seen, for a terminal. */
export function describeMonitor(report: MonitorReport): string {
  const { cascade, images, checked, full_runs: runs, reference, alarm } = report;
  const verdict = alarm === null ? 'no alarm' : `alarm since image ${grouped(alarm.images)}`;
  const rows = [
    ['images', '', grouped(images)],
    [
      'checked',
      `a share of ${report.share_percent} %; the full network was run for ${grouped(runs)}`,
      grouped(checked),
    ],
    ['disagreements', shareWords(report.disagreement_percent), grouped(report.disagreements)],
    [
      'highest rate without change',
      `by ${counted(reference.disagreements, 'disagreement')} on ${counted(reference.images, 'image')}, ${reference.source}`,
      `${report.tolerated_percent.toFixed(2)} %`,
    ],
    [
      'evidence of a change',
      `begins at 1, raises the alarm at ${grouped(report.evidence_needed)} (false alarms: at most ${report.false_alarms_percent} %)`,
      evidenceWords(report.evidence),
    ],
  ];
  return [`Monitor of ${cascade}: ${verdict}`, '', renderTable(['seen', '', 'number'], rows, 2)].join('\n');
}

/** The alarm in one sentence. */
export function alarmSentence({ cascade, alarm, tolerated_percent: tolerated }: MonitorReport): string {
  const { images, checked, disagreements } = alarm!;
  return `Alarm: ${cascade} disagrees with the full network on more of these images than of those that it was calibrated for (${grouped(disagreements)} of ${grouped(checked)} checked up to image ${grouped(images)}, where at most ${tolerated.toFixed(2)} % would disagree without a change); its promise does not cover them, so calibrate with images like them.`;
}

function shareWords(percent: number | null): string {
  return percent === null ? '' : `${percent.toFixed(2)} % of the checked`;
}

/** To two figures, since its size is what matters. */
function evidenceWords(evidence: number): string {
  return evidence < 1e6 ? String(Number(evidence.toPrecision(2))) : evidence.toExponential(1);
}

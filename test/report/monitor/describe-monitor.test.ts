import test from 'ava';
import type { MonitorReport } from '../../../lib/cascade/monitor/monitor-report.js';
import { alarmSentence, describeMonitor } from '../../../lib/report/monitor/describe-monitor.js';

const QUIET: MonitorReport = {
  ...{ cascade: 'r56', images: 12_000, checked: 120, full_runs: 100 },
  ...{ disagreements: 3, disagreement_percent: 2.5, tolerated_percent: 2.816, share_percent: 1 },
  reference: { source: 'cifar10/test', images: 5000, disagreements: 116 },
  ...{ false_alarms_percent: 5, evidence: 0.8349, evidence_needed: 40, alarm: null },
};

test('what a monitor has seen is a table under its verdict', (t) => {
  t.deepEqual(describeMonitor(QUIET).split('\n'), [
    'Monitor of r56: no alarm',
    '',
    'seen                                                                                          number',
    'images                                                                                        12,000',
    'checked                      a share of 1 %; the full network was run for 100                    120',
    'disagreements                2.50 % of the checked                                                 3',
    'highest rate without change  by 116 disagreements on 5,000 images, cifar10/test               2.82 %',
    'evidence of a change         begins at 1, raises the alarm at 40 (false alarms: at most 5 %)    0.83',
  ]);
});

test('an alarm names the image and says in one sentence what it means', (t) => {
  const alarm = { images: 9000, checked: 90, disagreements: 12 };
  const raised = { ...QUIET, alarm, evidence: 12_345_678 };
  t.regex(describeMonitor(raised), /^Monitor of r56: alarm since image 9,000\n[\s\S]* 1\.2e\+7$/);
  t.is(
    alarmSentence(raised),
    'Alarm: r56 disagrees with the full network on more of these images than of those that it was calibrated for (12 of 90 checked up to image 9,000, where at most 2.82 % would disagree without a change); its promise does not cover them, so calibrate with images like them.',
  );
});

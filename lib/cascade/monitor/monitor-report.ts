import { clopperPearson } from '../../stats/clopper-pearson.js';
import { percent } from '../../stats/percent.js';
import { logRiseWealth } from '../../stats/rise-wealth.js';
import type { MonitorAlarm, MonitorReference, MonitorState } from './monitor-state.js';

/** What a monitor has seen, and what it makes of it. */
export interface MonitorReport {
  /** Name of the cascade. */
  readonly cascade: string;
  /** Images that went through. */
  readonly images: number;
  /** Those among them that were chosen to be checked. */
  readonly checked: number;
  /** How often the full network was run for that, beside the cascade. */
  readonly full_runs: number;
  /** Checked images on which cascade and full network disagree. */
  readonly disagreements: number;
  /** That as a share; null before the first. */
  readonly disagreement_percent: number | null;
  readonly reference: MonitorReference;
  /** Disagreement that the reference allows for: the upper end of its exact interval. */
  readonly tolerated_percent: number;
  readonly share_percent: number;
  /** Probability with which a stream that has not changed ever raises the alarm, at most. */
  readonly false_alarms_percent: number;
  /** What a gambler has won who began with 1 and bets that the disagreement is above what is tolerated. */
  readonly evidence: number;
  /** The evidence that raises the alarm. */
  readonly evidence_needed: number;
  /** What had been seen when the alarm was raised; null as long as it is not. */
  readonly alarm: MonitorAlarm | null;
}

/**
 * The largest rate of disagreement that is no reason for an alarm: an upper confidence limit of the rate in the source of the reference,
 * which errs with half the false alarms that are allowed; the bets take the other half.
 */
export function toleratedRate({ reference, false_alarms_percent: allowed }: ToleranceOf): number {
  return clopperPearson(reference.disagreements, reference.images, 1 - allowed / 100).high;
}

/** What a gambler must win for an alarm, from 1 on: by Ville's inequality that errs with half the false alarms that are allowed. */
export function neededEvidence({
  false_alarms_percent: allowed,
}: Pick<MonitorState, 'false_alarms_percent'>): number {
  return 200 / allowed;
}

type ToleranceOf = Pick<MonitorState, 'reference' | 'false_alarms_percent'>;

export function monitorReport(state: Omit<MonitorState, 'schema'>): MonitorReport {
  const { cascade, images, checked, full_runs, disagreements, reference, alarm } = state;
  const { share_percent, false_alarms_percent } = state;
  const won = Math.exp(logRiseWealth({ observations: checked, logStakes: state.log_stakes }));
  return {
    ...{ cascade, images, checked, full_runs, disagreements },
    disagreement_percent: checked === 0 ? null : percent(disagreements / checked),
    reference,
    tolerated_percent: percent(toleratedRate(state)),
    ...{ share_percent, false_alarms_percent },
    evidence: Math.min(won, Number.MAX_VALUE),
    evidence_needed: neededEvidence(state),
    alarm,
  };
}

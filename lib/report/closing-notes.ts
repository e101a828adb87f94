import type { Timing } from '../artifact/timings/timing-schema.js';
import { timingUncertainty } from '../artifact/timings/uncertainty.js';
import type { Thresholds } from '../exits/thresholds.js';
import type { Reporter } from '../reporter.js';
import { percent } from '../stats/percent.js';
import { atOnce } from './describe/describe-promise.js';

/** Says that thresholds disable every exit, where they do. */
export function noteDisabledExits(thresholds: Thresholds, reporter: Reporter): void {
  if (thresholds.every((threshold) => threshold === null))
    reporter.note('No early exit can be used under this target, so the full network runs for every image.');
}

/** Beyond this share of the full network's time an interval hides what an exit saves. */
const WIDE_INTERVAL = 0.1;

/** Says that times were measured too roughly to choose by, where they were. */
export function noteUncertainTimes(timing: Timing, reporter: Reporter): void {
  const width = timingUncertainty(timing);
  if (width > WIDE_INTERVAL)
    reporter.note(
      `The times of ${atOnce(timing.batch_size)} are uncertain: a 95 % interval is as wide as ${percent(width).toFixed(0)} % of the full network's time; run cascade measure again when nothing else runs on this machine.`,
    );
}

/** The option that the next command takes so that it reads the same halves; nothing for the default. */
export function splitSeedWords(seed: number): string {
  return seed === 0 ? '' : ` --split-seed ${seed}`;
}

import type { Thresholds } from '../exits/thresholds.js';
import type { Reporter } from '../reporter.js';

/** Says that thresholds disable every exit, where they do. */
export function noteDisabledExits(thresholds: Thresholds, reporter: Reporter): void {
  if (thresholds.every((threshold) => threshold === null))
    reporter.note('No early exit can be used under this target, so the full network runs for every image.');
}

/** The option that the next command takes so that it reads the same halves; nothing for the default. */
export function splitSeedWords(seed: number): string {
  return seed === 0 ? '' : ` --split-seed ${seed}`;
}

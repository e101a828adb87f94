import type { Calibration } from '../../artifact/calibration.js';
import type { Calibrations } from '../../artifact/calibrations.js';
import { calibrationOf } from '../../artifact/chosen-calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { atDrop } from '../../artifact/promised-drop.js';
import { usageError } from '../../errors.js';
import { calibrationSuffix, dropSuffix } from '../../report/results/point-suffix.js';
import type { EvalOptions } from '../eval.js';

/** What `eval` looks at. */
export interface Evaluated {
  /** The one that counts is the last. */
  readonly calibrations: readonly Calibration[];
  /** What the names of its files have behind them, so that nothing of the active operating point is overwritten. */
  readonly suffix: string;
  /** The same for single exits, which depend on images and scoring, not on thresholds. */
  readonly exitsSuffix: string;
  /** The calibration that was chosen among those of the cascade; undefined for all of them. */
  readonly use: string | undefined;
}

/** @throws CascadeError if there is no such calibration, or it is asked for in two ways. */
export function evaluatedCalibrations(
  folder: string,
  { all, splitSeed, maxDrop, use }: EvalOptions,
  manifest: Manifest,
  calibrations: Calibrations,
): Evaluated {
  const { active } = calibrations;
  const named = calibrationOf(calibrations, use, folder);
  const seed = splitSeed ?? named.split_seed;
  const matching = calibrations.all.filter((calibration) => calibration.split_seed === seed);
  if (use !== undefined && seed !== named.split_seed)
    throw usageError(
      `The calibration ${use} of ${folder} was chosen with --split-seed ${named.split_seed}; leave --split-seed out.`,
    );
  if (matching.length === 0)
    throw usageError(
      `The thresholds of ${folder} were chosen with other halves of the test set (--split-seed ${named.split_seed}), so that images of seed ${seed} would serve twice; run \`cascade calibrate ${folder} --split-seed ${seed}\` first.`,
    );
  const isOne = use !== undefined || maxDrop !== undefined;
  if (isOne && all)
    throw usageError(
      `--${use === undefined ? 'max-drop' : 'use'} asks one calibration and --all shows every one; leave one of them out.`,
    );
  const chosen = matching.includes(named) ? named : matching.at(-1)!;
  if (all) {
    const others = matching.filter((calibration) => calibration !== chosen);
    const suffix = seed === active?.split_seed ? '' : `.seed-${seed}`;
    return { calibrations: [...others, chosen], suffix, exitsSuffix: suffix, use: undefined };
  }
  const exitsSuffix = calibrationSuffix(calibrations, chosen);
  return {
    // The same tested path, another largest drop.
    calibrations: [maxDrop === undefined ? chosen : atDrop(chosen, maxDrop, folder, manifest)],
    suffix: `${exitsSuffix}${dropSuffix(chosen, maxDrop)}`,
    exitsSuffix,
    use: chosen.name ?? String(calibrations.all.indexOf(chosen) + 1),
  };
}

import { type Calibration, currencyOf } from '../../artifact/calibration.js';
import { exitCosts } from '../../artifact/exit-costs.js';
import type { Manifest } from '../../artifact/manifest.js';
import { pricesOf } from '../../artifact/timings/prices.js';
import { loadTimings } from '../../artifact/timings/timings.js';
import { defaultMethod } from '../../calibrate/default-search.js';
import type { FrontMethod } from '../../calibrate/front.js';
import { usageError } from '../../errors.js';
import type { Scoring } from '../../exits/scoring.js';
import { type ChosenPrices, chosenPrices, pricesOfChoice } from './chosen-prices.js';
import type { CostOptions } from './cost-options.js';
import { SCORING_DEFAULTS, type ScoringOptions, scoringOf } from './scoring-options.js';

/** How the points of a front are chosen. */
export interface FollowedSearch {
  readonly method: FrontMethod;
  readonly scoring: Scoring;
}

/**
 * The search of the active calibration, so that a front is one on which its point stands; that of the options where they say anything of it, or
 * nothing was calibrated.
 *
 * @throws CascadeError if the options do not go together.
 */
export function followedSearch(
  options: Partial<ScoringOptions> & { readonly method?: FrontMethod },
  manifest: Manifest,
  active: Calibration | undefined,
): FollowedSearch {
  const {
    method: asked,
    criterion = SCORING_DEFAULTS.criterion,
    average,
    top = SCORING_DEFAULTS.top,
  } = options;
  const isAsked = [asked, options.criterion, average, options.top].some((value) => value !== undefined);
  if (active !== undefined && !isAsked)
    return {
      // The paper's rule with one ε is a point of the path of all of them.
      method: active.method === 'paper-epsilon' ? 'paper-path' : active.method,
      scoring: active.rule.scoring,
    };
  const method = asked ?? defaultMethod(criterion);
  const { scoring, scorings } = scoringOf(
    { criterion, top, ...(average !== undefined && { average }) },
    manifest.classes,
    { method, labelFree: false, costs: exitCosts(manifest) },
  );
  if (scorings !== undefined)
    throw usageError('--average auto chooses for one target, and a front has many; give a weight.');
  return { method, scoring };
}

/**
 * What exits cost as the active calibration reckoned, by the newest measurement of this machine or, where it has none, by the calibration's own; as
 * the options say where they say anything of it.
 *
 * @throws CascadeError if times are asked for that nobody has measured.
 */
export async function followedPrices(
  folder: string,
  manifest: Manifest,
  options: CostOptions,
  active: Calibration | undefined,
): Promise<ChosenPrices> {
  const { cost, batch } = options;
  if (active === undefined) return chosenPrices(folder, manifest, options);
  if (cost !== undefined || batch !== undefined) {
    const asked = { cost: cost ?? currencyOf(active), batch: batch ?? active.timing?.batch_size };
    return chosenPrices(folder, manifest, {
      ...options,
      cost: asked.cost,
      ...(asked.batch !== undefined && { batch: asked.batch }),
    });
  }
  const timings = await loadTimings(folder, manifest);
  const prices = pricesOfChoice(timings, folder, manifest, options, active);
  const { timing } = active;
  if (timing === undefined || prices.time !== null) return { currency: currencyOf(active), prices };
  return { currency: 'time', prices: pricesOf(manifest, timing) };
}

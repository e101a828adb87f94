import { type Calibration, currencyOf } from '../../artifact/calibration.js';
import { costsIn, type Prices } from '../../artifact/timings/prices.js';
import {
  certifiedThresholds,
  certifiedUnderDrop,
  exactDropTest,
  remembered,
} from '../../calibrate/certified-path.js';
import type { Thresholds } from '../../exits/thresholds.js';

/** What is certified for a largest drop. */
export interface CertifiedStep {
  /** Asked for, a fraction. */
  readonly drop: number;
  readonly thresholds: Thresholds;
}

/** Between two drops that are asked for: a twentieth of a point. */
const STEP = 0.0005;

/** Beyond it nobody asks. */
const LARGEST = 0.05;

/**
 * The thresholds that a calibration certifies for one largest drop after another, from none to five points or to where the path ends; and the drop that it
 * was asked for. Each holds for the drop by itself, as `atDrop` has it.
 *
 * @param prices in which the calibration's currency is known.
 * @returns nothing for a choice without a promise.
 */
export function certifiedSteps(calibration: Calibration, prices: Prices): readonly CertifiedStep[] {
  const { promise, target, rule } = calibration;
  if (promise === null) return [];
  const { path, confidence } = promise;
  const costs = costsIn(currencyOf(calibration), prices);
  const test = remembered(exactDropTest);
  const steps: CertifiedStep[] = [];
  const own = target.kind === 'max-drop' ? target.drop : 0;
  let before = 0;
  for (const drop of askedDrops(own)) {
    // What is certified for a smaller drop is so for a larger one: the path goes on from there.
    const rest = { ...path, points: path.points.slice(before) };
    const point = certifiedUnderDrop(rest, drop, confidence, costs, test);
    if (point !== undefined) before = path.points.indexOf(point);
    steps.push({ drop, thresholds: certifiedThresholds(point, rule.thresholds.length) });
    if (point !== undefined && point === path.points.at(-1) && drop >= own) break;
  }
  return steps;
}

function askedDrops(own: number): readonly number[] {
  const grid = Array.from({ length: Math.round(LARGEST / STEP) + 1 }, (_, step) => step * STEP);
  return [...new Set([own, ...grid].map((drop) => Number(drop.toFixed(9))))].sort((a, b) => a - b);
}

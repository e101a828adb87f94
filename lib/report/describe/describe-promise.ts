import { type Calibration, confidencePercent, currencyOf, promiseKind } from '../../artifact/calibration.js';
import type { Currency } from '../../artifact/timings/prices.js';
import type { PromiseKind } from '../../calibrate/promises/promise-kind.js';
import type { PromiseOutcome } from '../../cascade/calibrate-cascade.js';
import { type Evaluation, inMilliseconds } from '../../cascade/evaluation.js';
import { counted, grouped } from '../../counted.js';
import { percent } from '../../stats/percent.js';
import { inPoints } from '../numbers.js';

export const EMPIRICAL_WARNING =
  'The choice is empirical: on unseen images the drop or the cost is larger in about half of all cases.';

export const EPSILON_WARNING =
  'The slack is allowed to each exit, below its best accuracy where it is sure, and bounds no drop of the whole cascade; `cascade eval` measures the drop on the test images.';

/** What was asked of a calibration, in words. */
export function describeTarget(calibration: Calibration): string {
  const { target, promise, method, labels, timing } = calibration;
  const promised = promise === null ? '' : ` with ${percent(promise.confidence)} % confidence`;
  const by = timing === undefined ? method : `${method}, by the time of ${atOnce(timing.batch_size)}`;
  switch (target.kind) {
    case 'max-drop':
      return `Asked for ${askedDrop(percent(target.drop), labels)}${OF_WHOM[promiseKind(calibration)]}${promised} (${by})`;
    case 'max-cost':
      return `Asked for at most ${budgetWords(calibration, target.share)}${promised} (${by})`;
    case 'epsilon':
      return `The paper's rule with a slack of ${inPoints(percent(target.epsilon))}`;
  }
}

/** The images that a drop is asked for, as the end of a phrase. */
export const OF_WHOM: Readonly<Record<PromiseKind, string>> = {
  mean: '',
  'per-exit': ' at every exit',
  'per-class': ' in every class',
};

/** On which images besides all together a promise holds. */
const ALSO_OF: Readonly<Record<PromiseKind, string>> = {
  mean: '',
  'per-exit': 'and for every exit on those of them that leave at it or before it',
  'per-class': 'and on those of every class that the calibration images show',
};

/** A largest drop in words; one below 0 is a gain. @param drop in points. */
export function askedDrop(drop: number, labels: Calibration['labels']): string {
  if (labels === 'none') return `a disagreement with the full network of at most ${inPoints(drop)}`;
  if (drop === 0) return 'no drop';
  return drop < 0 ? `a gain of at least ${inPoints(-drop)}` : `a drop of at most ${inPoints(drop)}`;
}

/** What holds of a largest drop that is promised. @param drop in points. */
export function describePromised(
  drop: number,
  labels: Calibration['labels'],
  kind: PromiseKind = 'mean',
): string {
  const also = ALSO_OF[kind];
  const source = `on images from this source${also === '' ? '' : `, ${also},`}`;
  if (labels === 'none')
    return `the true share of images answered otherwise than by the full network ${source} is at most ${inPoints(drop)}. That bounds the drop of accuracy too, and is stricter than it`;
  if (drop === 0)
    return `the cascade loses nothing: ${source} it is at least as accurate as the full network`;
  return drop < 0
    ? `the cascade is at least ${inPoints(-drop)} more accurate than the full network ${source.replace(/,$/, '')}`
    : `the true drop ${source} is at most ${inPoints(drop)}`;
}

/** What happens without a promise. @param drop in points. */
function riskOf(drop: number): string {
  if (drop === 0) return 'the cascade is the less accurate one';
  return drop < 0 ? 'less is gained' : 'the drop is exceeded';
}

/** A number of images at once, in words. */
export function atOnce(batchSize: number): string {
  return batchSize === 1 ? 'one image at a time' : `${counted(batchSize, 'image')} at once`;
}

/** A largest cost, in words; one of time in milliseconds, too. */
export function budgetWords({ timing }: Pick<Calibration, 'timing'>, share: number): string {
  if (timing === undefined) return `${percent(share)} % of the MACs`;
  const milliseconds = inMilliseconds(share * timing.full.nanoseconds).toFixed(3);
  return `${percent(share)} % of the full network's time, ${milliseconds} ms an image`;
}

/** What is promised, what the promise costs, and what to do where nothing can be promised, in sentences. */
export function describePromise(
  calibration: Pick<Calibration, 'target' | 'labels' | 'promise' | 'timing'>,
  evaluation: Evaluation,
  outcome: PromiseOutcome,
): string {
  const { target, labels } = calibration;
  const currency = currencyOf(calibration);
  const drop = target.kind === 'max-drop' ? percent(target.drop) : null;
  const share = target.kind === 'max-cost' ? percent(target.share) : null;
  const confidence = confidencePercent(calibration);
  const { empirical, kept } = outcome;
  const kind = promiseKind(calibration);
  if (!kept) {
    return `Nothing can be promised with ${confidence} % confidence for ${askedDrop(drop!, labels)}${OF_WHOM[kind]}: the full network is run for every image. ${adviceOf(outcome)}; --confidence none chooses without a promise (${savedWords(empirical, currency)}).`;
  }
  const statement =
    drop === null
      ? `the mean ${currency === 'macs' ? 'cost' : 'time, by this measurement,'} on images from this source is at most ${share} % of the full network's`
      : describePromised(drop, labels, kind);
  const cost = drop === null ? '' : ` ${priceOf(outcome, evaluation, { currency, drop, kind })}`;
  return `With ${confidence} % confidence ${statement}.${cost}`;
}

/** What the promise of a largest drop costs, beside the choice that lacks nothing else: one without a promise, or of all images together. */
function priceOf(
  { empirical, mean_only: mean }: PromiseOutcome,
  evaluation: Evaluation,
  {
    currency,
    drop,
    kind,
  }: { readonly currency: Currency; readonly drop: number; readonly kind: PromiseKind },
): string {
  const quantity = currency === 'macs' ? 'MACs' : 'time';
  const costOver = (other: Evaluation): string =>
    `costs ${(savedIn(other, currency) - savedIn(evaluation, currency)).toFixed(1)} points of the ${quantity}`;
  return mean === undefined
    ? `The promise ${costOver(empirical)}: without it (--confidence none) ${savedWords(empirical, currency)}, and ${riskOf(drop)} on unseen images in about half of all cases.`
    : `That it holds${OF_WHOM[kind]} ${costOver(mean)}: promised of all images together (--promise mean) ${savedWords(mean, currency)}.`;
}

/** What would make a promise possible. */
function adviceOf({ path_images: pathImages, candidates, images_needed: needed }: PromiseOutcome): string {
  if (candidates === 0) {
    return `${grouped(pathImages)} of the calibration images make the candidates, too few to make any: calibrate on more images`;
  }
  return needed === null
    ? 'At the drop that the safest candidates have on these images no practical number of them would change that: accept a larger drop, or exits that are more often right'
    : `About ${grouped(needed)} calibration images would do, or a larger drop`;
}

function savedWords(evaluation: Evaluation, currency: Currency): string {
  return `${savedIn(evaluation, currency).toFixed(1)} % would be saved`;
}

/** In percent. */
function savedIn(evaluation: Evaluation, currency: Currency): number {
  return currency === 'macs' ? evaluation.macs_saved_percent : evaluation.predicted_time_saved_percent!;
}

import type { ExitTables } from '../../exits/exit-tables.js';
import { predictedClasses } from '../../exits/predicted-classes.js';
import {
  judgedOutputs,
  outputRows,
  type RecordedOutputs,
  scoredTables,
  withoutLabels,
} from '../../exits/recorded-outputs.js';
import { replayOn } from '../../exits/replay.js';
import type { Scoring } from '../../exits/scoring.js';
import { enabledExits, type Thresholds } from '../../exits/thresholds.js';
import { makeCertifiedPath, type Search } from '../calibrate.js';
import type { PathPoint } from '../certified-path.js';
import type { Target } from '../target.js';
import type { Dispute, OtherPrediction } from './dispute.js';

/** A candidate of which is known what can be known without labels. */
export type UnlabelledPoint = Omit<PathPoint, 'breaks' | 'repairs'>;

/** A path of candidates that was made without labels, and the images whose labels it is to be tested with. */
export interface UnlabelledPath {
  readonly scoring: Scoring;
  /** Images that made it, 0 where nothing was fitted. */
  readonly pathImages: number;
  /** Images that test it. */
  readonly images: number;
  /** From safe to cheap. */
  readonly points: readonly UnlabelledPoint[];
  /**
   * Those of the images that test it on which some candidate and the full network disagree, in the order in which they come into play:
   * that of the first candidate that disagrees, those that stay longest first.
   */
  readonly disputes: readonly Dispute[];
}

/**
 * The path of a search, without a look at any label. Where something is fitted to images, agreement with the full network stands in
 * for being right; the test, which needs the labels, does not depend on how the path came about.
 *
 * @param outputs whose labels are not looked at.
 * @param seed of the partition, if images make the path.
 */
export function makeUnlabelledPath(
  outputs: RecordedOutputs,
  search: Search,
  target: Target,
  seed: number,
): UnlabelledPath {
  const agreeing = withoutLabels(outputs);
  const { scoring, path, pathImages, testRows } = makeCertifiedPath(agreeing, search, target, seed);
  const testing = outputRows(agreeing, testRows);
  const found = disputesOf(
    testing,
    scoring,
    path.points.map(({ thresholds }) => thresholds),
  );
  return {
    scoring,
    pathImages,
    images: path.images,
    points: path.points.map(({ thresholds, parameter, cost }) => ({ thresholds, parameter, cost })),
    disputes: found.map((dispute) => ({ ...dispute, image: testRows[dispute.image]! })).sort(byCandidate),
  };
}

function byCandidate(a: Dispute, b: Dispute): number {
  return (
    a.others[0]!.from - b.others[0]!.from || b.others.at(-1)!.to - a.others.at(-1)!.to || a.image - b.image
  );
}

/** The images on which some candidate and the full network disagree, in their own order. */
function disputesOf(
  outputs: RecordedOutputs,
  scoring: Scoring,
  candidates: readonly Thresholds[],
): readonly Dispute[] {
  const { classes } = outputs;
  const { top } = scoring;
  const tables = scoredTables(outputs, scoring);
  const full = predictedClasses(outputs.fullLogits, classes, top);
  const predictions = predictionsUnder(outputs, scoring);
  const others = new Map<number, OtherPrediction[]>();
  candidates.forEach((thresholds, point) => {
    const predicted = predictedAt(tables, thresholds, predictions(enabledExits(thresholds)));
    for (let image = 0; image < outputs.labels.length; image++) {
      const own = predicted(image);
      if (isSame(own, image, full, top)) continue;
      const before = others.get(image) ?? [];
      others.set(image, before);
      const last = before.at(-1);
      const isGoingOn = last?.to === point && last.classes.every((label, place) => label === own[place]);
      if (isGoingOn) before[before.length - 1] = { ...last, to: point + 1 };
      else before.push({ from: point, to: point + 1, classes: Array.from(own) });
    }
  });
  return [...others]
    .sort(([a], [b]) => a - b)
    .map(([image, predicted]) => ({
      image,
      full: Array.from(full.subarray(image * top, (image + 1) * top)),
      others: predicted,
    }));
}

/** What each exit predicts, and last the end of the cascade: `top` classes an image. */
type Predictions = readonly (Uint16Array | null)[];

/** Predictions under a set of enabled exits; most candidates have the same set. */
function predictionsUnder(
  outputs: RecordedOutputs,
  scoring: Scoring,
): (enabled: readonly boolean[]) => Predictions {
  const known = new Map<string, Predictions>();
  return (enabled) => {
    const key = enabled.join();
    const found = known.get(key);
    if (found !== undefined) return found;
    const judge = (values: ArrayLike<number>): Uint16Array =>
      predictedClasses(values, outputs.classes, scoring.top);
    const { exits, full, last } = judgedOutputs(outputs, scoring, enabled, judge);
    const made = [...exits.map((exit) => exit?.judgement ?? null), last ?? full];
    known.set(key, made);
    return made;
  };
}

/** What a cascade predicts for an image, by where it leaves. */
function predictedAt(
  tables: ExitTables,
  thresholds: Thresholds,
  predictions: Predictions,
): (image: number) => Uint16Array {
  const { leftAt } = replayOn(tables, thresholds);
  const top = predictions.at(-1)!.length / leftAt.length;
  return (image) => predictions[leftAt[image]!]!.subarray(image * top, (image + 1) * top);
}

function isSame(own: Uint16Array, image: number, full: Uint16Array, top: number): boolean {
  for (let place = 0; place < top; place++) if (own[place] !== full[image * top + place]) return false;
  return true;
}

import { exitSummary } from '../../exits/exit-summary.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { logistic } from '../../stats/logistic.js';
import { descendingOrder } from '../reliability.js';
import { scoredBy, softmaxColumns } from './exit-columns.js';
import type { Neighbour, Policy, Scorer } from './neighbour.js';

/** Precisions that are asked of every class at every exit, from 1 down. */
const PRECISIONS = Array.from({ length: 101 }, (_, step) => 1 - (step / 100) ** 2);

/** Log-odds of a confidence that is asked besides where the precision is 1, so that the path begins where hardly any image leaves. */
const FLOORS = Array.from({ length: 48 }, (_, step) => 24 - 0.5 * step);

/** Thresholds an exit and predicted class; Infinity where the class may not leave. */
export type ClassThresholds = readonly Float64Array[];

/**
 * For every exit and predicted class the least confidence from which on the answers are right as often as asked, on the images that no
 * exit before lets leave. @param precision a fraction.
 */
export function classThresholds(
  { classes, exitLogits }: RecordedOutputs,
  correct: readonly Uint8Array[],
  precision: number,
): ClassThresholds {
  const images = correct[0]?.length ?? 0;
  const hasLeft = new Uint8Array(images);
  return exitLogits.map((logits, exit) => {
    const { prediction, confidence } = exitSummary(logits, classes);
    const thresholds = new Float64Array(classes).fill(Number.POSITIVE_INFINITY);
    const right = new Uint32Array(classes);
    const seen = new Uint32Array(classes);
    for (const image of surest(confidence)) {
      if (hasLeft[image]) continue;
      const label = prediction[image]!;
      right[label]! += correct[exit]![image]!;
      seen[label]!++;
      if (right[label]! >= precision * seen[label]!) thresholds[label] = confidence[image]!;
    }
    for (let image = 0; image < images; image++)
      if (confidence[image]! >= thresholds[prediction[image]!]!) hasLeft[image] = 1;
    return thresholds;
  });
}

/** Orders are asked for once a precision. */
const orders = new WeakMap<Float64Array, Uint32Array>();

function surest(confidence: Float64Array): Uint32Array {
  const order = orders.get(confidence) ?? descendingOrder(confidence);
  orders.set(confidence, order);
  return order;
}

/** The paper's second variant, and CalexNet's calibration. */
export const CLASS_THRESHOLDS: Neighbour = {
  source:
    'CalexNet: Aperstein & Apartsin 2025, arXiv 2509.08318 (thresholds by precision on survivors); Berestizshevsky & Even 2019, arXiv 1805.10982 (thresholds by class)',
  differs:
    'The thresholds alone: one precision is asked of all classes and exits, and swept; before it falls below 1, a floor under all thresholds falls, so that the path begins where hardly any image leaves. The heads are those of the cascade; CalexNet fits its own, prototype heads on images weighted to those that come so far, by distillation.',
  fit(making, top) {
    const correct = softmaxColumns(making, top).map((column) => column.correct);
    const strictest = classThresholds(making, correct, 1);
    const floored = FLOORS.map((odds) => {
      const floor = logistic(odds);
      return policyOf(
        1 + odds,
        strictest.map((ofClass) => ofClass.map((threshold) => Math.max(threshold, floor))),
        top,
      );
    });
    const swept = PRECISIONS.map((precision) =>
      policyOf(precision, classThresholds(making, correct, precision), top),
    );
    return [...floored, ...swept];
  },
};

function policyOf(parameter: number, thresholds: ClassThresholds, top: number): Policy {
  const scorer: Scorer = (outputs) =>
    scoredBy(
      outputs,
      top,
      outputs.exitLogits.map((logits, exit) => {
        const { prediction, confidence } = exitSummary(logits, outputs.classes);
        return confidence.map((value, image) => Number(value >= thresholds[exit]![prediction[image]!]!));
      }),
    );
  return { parameter, scorer, thresholds: thresholds.map(() => 1) };
}

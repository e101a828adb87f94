import type { Answers } from '../../lib/calibrate/disputes/dispute.js';
import { countAnswers } from '../../lib/calibrate/disputes/labels-left.js';
import type { UnlabelledPath } from '../../lib/calibrate/disputes/unlabelled-path.js';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { createRandom } from '../../lib/stats/random.js';
import { labelUntilCertain, lastPassing, tabulatedTest } from './labelling.js';

const CONFIDENCE = 0.95;

/** When labelling stops: once the answer is certain, after half of the labels that this takes, or before the first. */
export type LabelPolicy = 'until certain' | 'half of that' | 'none';

export interface LabelSimulation {
  /** Images of a draw, with replacement. */
  readonly images: number;
  /** A fraction. */
  readonly drop: number;
  readonly draws: number;
  readonly seed: number;
}

/** Sums over all draws. */
export interface LabelOutcome {
  /** Draws whose choice truly drops more than asked. */
  broken: number;
  labels: number;
  /** True savings, fractions of the full network's MACs. */
  saved: number;
}

/** @param population a path that nothing was fitted for, over the images of `outputs`. */
export function simulateLabels(
  population: UnlabelledPath,
  { labels, costs }: RecordedOutputs,
  { images, drop, draws, seed }: LabelSimulation,
): Readonly<Record<LabelPolicy, LabelOutcome>> {
  const random = createRandom(seed);
  const passes = tabulatedTest(images, drop, CONFIDENCE);
  const truth = new Map(population.disputes.map(({ image }) => [image, labels[image]!]));
  const { breaks, repairs } = countAnswers(population.disputes, population.points.length, truth);
  const result = {
    'until certain': { broken: 0, labels: 0, saved: 0 },
    'half of that': { broken: 0, labels: 0, saved: 0 },
    none: { broken: 0, labels: 0, saved: 0 },
  };
  for (let draw = 0; draw < draws; draw++) {
    const { path, drawnLabels } = drawn(population, labels, images, random);
    const certain = labelUntilCertain(path, drawnLabels, passes);
    const half = new Map([...certain].slice(0, certain.size / 2));
    const record = (policy: LabelPolicy, answers: Answers): void => {
      const point = lastPassing(path, answers, passes);
      const outcome = result[policy];
      outcome.labels += answers.size;
      if (point === -1) return;
      if ((breaks[point]! - repairs[point]!) / population.images > drop) outcome.broken++;
      outcome.saved += Math.max(0, 1 - population.points[point]!.cost / population.images / costs.full);
    };
    record('until certain', certain);
    record('half of that', half);
    record('none', new Map());
  }
  return result;
}

/** Images drawn from the population, of which only the disputed ones are looked at: each draw of one counts as an image of its own. */
function drawn(
  population: UnlabelledPath,
  labels: Uint16Array,
  images: number,
  random: () => number,
): { readonly path: UnlabelledPath; readonly drawnLabels: ArrayLike<number> } {
  const times = new Uint32Array(labels.length);
  for (let image = 0; image < images; image++) times[Math.floor(random() * labels.length)]!++;
  const originals = population.disputes.flatMap((dispute) =>
    Array.from({ length: times[dispute.image]! }, () => dispute),
  );
  const disputes = originals.map((dispute, image) => ({ ...dispute, image }));
  return {
    path: { ...population, images, disputes },
    drawnLabels: originals.map(({ image }) => labels[image]!),
  };
}

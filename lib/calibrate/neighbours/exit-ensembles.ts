import { softmaxTerms } from '../../exits/criteria/softmax-terms.js';
import { exitSummary } from '../../exits/exit-summary.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { createAdam } from '../../stats/adam.js';
import { argmax } from '../../stats/argmax.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';
import { sharedPath } from '../paths/shared-path.js';
import { knownCorrectness, tablesOf } from './exit-columns.js';
import type { Neighbour, Scorer } from './neighbour.js';

const EPOCHS = 3;
const BATCH = 50;
const RATE = 0.02;

/** How an exit's answer is made of its own and those before: log-probabilities are weighted and summed, and each class has a bias. */
export interface EnsembleWeights {
  /** One an exit up to this one, its own last; none below 0. */
  readonly weights: Float64Array;
  /** One a class. */
  readonly bias: Float64Array;
}

/** Log-probabilities up to normalisation of an ensemble. @param members log-probabilities of each exit up to this one, `classes` an image. */
export function ensembleLogits(
  { weights, bias }: EnsembleWeights,
  members: readonly Float64Array[],
): Float64Array {
  const logits = new Float64Array(members[0]!.length);
  const classes = bias.length;
  members.forEach((values, member) => {
    const weight = weights[member]!;
    if (weight === 0) return;
    for (let index = 0; index < logits.length; index++) logits[index]! += weight * values[index]!;
  });
  for (let index = 0; index < logits.length; index++) logits[index]! += bias[index % classes]!;
  return logits;
}

/**
 * Weights and biases under which the ensemble gives the labels the largest likelihood; convex. Starts from the exit's own answer.
 *
 * @param members log-probabilities of each exit up to this one, `classes` values an image.
 */
export function fitEnsemble(
  members: readonly Float64Array[],
  labels: Uint16Array,
  classes: number,
): EnsembleWeights {
  const count = members.length;
  const parameters = new Float64Array(count + classes);
  parameters[count - 1] = 1;
  const gradient = new Float64Array(parameters.length);
  const adam = createAdam(parameters.length, RATE);
  const logits = new Float64Array(classes);
  const slopes = new Float64Array(classes);
  const random = createRandom(count);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const order = permutation(labels.length, random);
    for (let first = 0; first < order.length; first += BATCH) {
      const batch = order.subarray(first, first + BATCH);
      gradient.fill(0);
      for (const image of batch) {
        const start = image * classes;
        for (let label = 0; label < classes; label++) logits[label] = parameters[count + label]!;
        members.forEach((values, member) => {
          const weight = parameters[member]!;
          for (let label = 0; label < classes; label++) logits[label]! += weight * values[start + label]!;
        });
        const highest = logits[argmax(logits)]!;
        let sum = 0;
        for (let label = 0; label < classes; label++) {
          slopes[label] = Math.exp(logits[label]! - highest);
          sum += slopes[label]!;
        }
        for (let label = 0; label < classes; label++) slopes[label]! /= sum * batch.length;
        slopes[labels[image]!]! -= 1 / batch.length;
        for (let label = 0; label < classes; label++) gradient[count + label]! += slopes[label]!;
        members.forEach((values, member) => {
          let slope = 0;
          for (let label = 0; label < classes; label++) slope += slopes[label]! * values[start + label]!;
          gradient[member]! += slope;
        });
      }
      adam(parameters, gradient);
      for (let member = 0; member < count; member++) parameters[member] = Math.max(0, parameters[member]!);
    }
  }
  return { weights: parameters.slice(0, count), bias: parameters.slice(count) };
}

/** Zero Time Waste's ensembles. */
export const EXIT_ENSEMBLES: Neighbour = {
  source: 'Zero Time Waste: Wołczyk et al. 2021, arXiv 2106.05409, geometric ensembling',
  differs:
    'The ensembles alone, with weights fitted to the images that make the path, not to training images, on which late heads are always right. The connections that hand an exit’s answer to the next head need heads that are fitted for it, and are not here. The answer at the end stays the full network’s, which drops refer to: averaged too, it saves more where a gain is enough, and less under a promise. Each ensemble is charged a multiplication a class and member.',
  fit(making, top) {
    const { labels, classes } = making;
    const members = logProbabilities(making);
    const fitted = members.map((_, exit) => fitEnsemble(members.slice(0, exit + 1), labels, classes));
    const scorer: Scorer = (outputs) => ensembleTables(outputs, top, fitted);
    // Every other step of the path of one threshold for all exits.
    const steps = sharedPath([]).parameter.filter((_, step) => step % 2 === 0);
    return Array.from(steps, (threshold) => ({
      parameter: threshold,
      scorer,
      thresholds: making.exitLogits.map(() => threshold),
    }));
  },
};

function logProbabilities({ exitLogits, classes }: RecordedOutputs): readonly Float64Array[] {
  return exitLogits.map((logits) => exitSummary(logits, classes).logProbabilities);
}

function ensembleTables(outputs: RecordedOutputs, top: number, fitted: readonly EnsembleWeights[]) {
  const { classes, labels } = outputs;
  const members = logProbabilities(outputs);
  const columns = fitted.map((weights, exit) => {
    const logits = ensembleLogits(weights, members.slice(0, exit + 1));
    const confidence = Float64Array.from(labels, (_, image) => {
      const start = image * classes;
      return 1 / softmaxTerms({ logits, start, classes, top: 1, agreeing: 1 }).sum;
    });
    return { confidence, correct: knownCorrectness(logits, outputs, top) };
  });
  const added = outputs.exitLogits.map((_, exit) => (exit + 1) * classes);
  return tablesOf(outputs, top, columns, added);
}

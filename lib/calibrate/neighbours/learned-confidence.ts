import { exitSummary } from '../../exits/exit-summary.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { leavingCosts } from '../../exits/thresholds.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';
import { ConfidenceNetwork } from './confidence-network.js';
import { scoredBy } from './exit-columns.js';
import type { Neighbour, Policy, Scorer } from './neighbour.js';
import { undominatedPolicies } from './policy-path.js';

/** Weights λ of the expected cost, a fraction of the full network's, against the cross-entropy. */
const COST_WEIGHTS = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6];
/** Thresholds of the learned confidence. */
const THRESHOLDS = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];
/** Steps for each weight, however few the images are. */
const STEPS = 400;
const BATCH = 50;
/** Log-probabilities that the second output sees, the largest first. */
const SEEN = 5;

/**
 * The blended loss of an image and its slope in each exit's confidence: what a cascade says that leaves at each exit with the probability
 * `h` is Y = h · y + (1 − h) · Y of the exits behind, and so is its cost; the loss is −ln Y of the label + λ · cost (EENets, arXiv
 * 2409.05336, and PTEENet, arXiv 2501.02508: training loss).
 *
 * @param h of each exit, in (0, 1).
 * @param probabilities that each exit, and last the full network, gives to the label.
 * @param costs of leaving at each exit, and last at the end.
 */
export function blendedLoss(
  h: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  costs: ArrayLike<number>,
  costWeight: number,
): { readonly loss: number; readonly slopes: Float64Array } {
  const exits = h.length;
  const behind = new Float64Array(exits + 1);
  const costBehind = new Float64Array(exits + 1);
  behind[exits] = probabilities[exits]!;
  costBehind[exits] = costs[exits]!;
  for (let exit = exits - 1; exit >= 0; exit--) {
    behind[exit] = h[exit]! * probabilities[exit]! + (1 - h[exit]!) * behind[exit + 1]!;
    costBehind[exit] = h[exit]! * costs[exit]! + (1 - h[exit]!) * costBehind[exit + 1]!;
  }
  const blended = Math.max(behind[0]!, Number.MIN_VALUE);
  let reaching = 1;
  const slopes = Float64Array.from({ length: exits }, (_, exit) => {
    const right = (probabilities[exit]! - behind[exit + 1]!) / blended;
    const slope = reaching * (costWeight * (costs[exit]! - costBehind[exit + 1]!) - right);
    reaching *= 1 - h[exit]!;
    return slope;
  });
  return { loss: costWeight * costBehind[0]! - Math.log(blended), slopes };
}

/** The largest log-probabilities of every exit, `SEEN` an image, the largest first. */
function sortedLogProbabilities({ exitLogits, classes, labels }: RecordedOutputs): readonly Float64Array[] {
  const seen = Math.min(SEEN, classes);
  return exitLogits.map((logits) => {
    const { logProbabilities } = exitSummary(logits, classes);
    const inputs = new Float64Array(labels.length * seen);
    for (let image = 0; image < labels.length; image++) {
      const own = inputs.subarray(image * seen, (image + 1) * seen).fill(Number.NEGATIVE_INFINITY);
      for (let label = 0; label < classes; label++) {
        const value = logProbabilities[image * classes + label]!;
        let place = seen;
        for (; place > 0 && value > own[place - 1]!; place--) if (place < seen) own[place] = own[place - 1]!;
        if (place < seen) own[place] = value;
      }
    }
    return inputs;
  });
}

/** A second output of each head, whether to leave. */
export const LEARNED_CONFIDENCE: Neighbour = {
  source: 'EENets: Demir & Akbas 2024, arXiv 2409.05336; PTEENet: Lahiany & Aperstein 2025, arXiv 2501.02508',
  differs:
    'The second output of a head sees its five largest log-probabilities through 8 hidden units, not the feature map, and is fitted to the images that make the path, not to training images; heads and network stay frozen, as in PTEENet. λ and the threshold are swept together; pairs that another pair beats on these images are left out.',
  fit(making, top) {
    const { labels, classes, exitLogits, fullLogits } = making;
    const inputs = sortedLogProbabilities(making);
    const size = Math.min(SEEN, classes);
    const enabled = exitLogits.map(() => true);
    const costs = leavingCosts(making.costs, enabled).map((cost) => cost / making.costs.full);
    const ofLabel = [...exitLogits, fullLogits].map((logits) => {
      const { logProbabilities } = exitSummary(logits, classes);
      return Float64Array.from(labels, (label, image) =>
        Math.exp(logProbabilities[image * classes + label]!),
      );
    });
    const networks = exitLogits.map((_, exit) => new ConfidenceNetwork(size, exit));
    const addedMacs = networks.map(({ macs }) => macs);
    const known = new WeakMap<Float32Array, readonly Float64Array[]>();
    const inputsOf = (outputs: RecordedOutputs): readonly Float64Array[] => {
      const found = known.get(outputs.fullLogits) ?? sortedLogProbabilities(outputs);
      known.set(outputs.fullLogits, found);
      return found;
    };
    // Each weight goes on from where the one before ended.
    const policies = COST_WEIGHTS.flatMap((costWeight): Policy[] => {
      fitNetworks(networks, { inputs, ofLabel, costs, costWeight });
      const fitted = networks.map((network) => network.frozen());
      const scorer: Scorer = (outputs) =>
        scoredBy(
          outputs,
          top,
          inputsOf(outputs).map((values, exit) => fitted[exit]!(values)),
          addedMacs,
        );
      return THRESHOLDS.map((threshold) => ({
        parameter: costWeight,
        scorer,
        thresholds: enabled.map(() => threshold),
      }));
    });
    return undominatedPolicies(policies, making);
  },
};

/** What the second outputs are fitted to. */
interface Fit {
  readonly inputs: readonly Float64Array[];
  readonly ofLabel: readonly Float64Array[];
  readonly costs: Float64Array;
  readonly costWeight: number;
}

function fitNetworks(
  networks: readonly ConfidenceNetwork[],
  { inputs, ofLabel, costs, costWeight }: Fit,
): void {
  const images = ofLabel[0]!.length;
  const random = createRandom(0);
  const h = new Float64Array(networks.length);
  const probabilities = new Float64Array(networks.length + 1);
  for (let step = 0; step < STEPS; ) {
    const order = permutation(images, random);
    for (let first = 0; first < images && step < STEPS; first += BATCH, step++) {
      const batch = order.subarray(first, first + BATCH);
      for (const image of batch) {
        networks.forEach((network, exit) => {
          h[exit] = network.forward(inputs[exit]!, image);
        });
        for (let exit = 0; exit <= networks.length; exit++) probabilities[exit] = ofLabel[exit]![image]!;
        const { slopes } = blendedLoss(h, probabilities, costs, costWeight);
        networks.forEach((network, exit) => {
          network.backward(slopes[exit]! / batch.length);
        });
      }
      for (const network of networks) network.step();
    }
  }
}

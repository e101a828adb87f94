import { exitSummary } from '../../exits/exit-summary.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { leavingCosts } from '../../exits/thresholds.js';
import { choleskySolver } from '../../stats/cholesky.js';
import { knownCorrectness, scoredBy } from './exit-columns.js';
import type { Neighbour, Scorer } from './neighbour.js';

/** Prices of the full network's whole cost, in right answers: 40 steps down to next to nothing and as many from there on. */
const STEP_PRICES = Array.from({ length: 40 }, (_, step) => 0.002 * 1.19 ** step);
/** Below 0 going on is paid for, so that only images leave that gain by it: the path begins where next to nobody does. */
const PRICES = [
  ...STEP_PRICES.slice(0, 24)
    .reverse()
    .map((price) => -price),
  0,
  ...STEP_PRICES,
];

/** Where the piecewise linear basis of a confidence's log-odds bends. */
const KNOTS = [-1, 0, 1, 2, 3, 4, 5, 6, 8, 10];
/** Log-odds beyond which a softmax has no digits left. */
const MOST_LOG_ODDS = 16;
/** How much a weight's square counts, an image. */
const RIDGE = 1e-4;

/**
 * The state at an exit, from the outputs so far: a constant, the log-odds of the confidence bent at knots, the margin, those of the exit
 * before, and whether the two agree.
 *
 * @returns for each exit `stateSize` numbers an image.
 */
function exitStates({ exitLogits, classes, labels }: RecordedOutputs): readonly Float64Array[] {
  const summaries = exitLogits.map((logits) => exitSummary(logits, classes));
  return summaries.map((own, exit) => {
    const before = summaries[exit - 1];
    const size = stateSize(exit);
    const states = new Float64Array(labels.length * size);
    for (let image = 0; image < labels.length; image++) {
      const state = states.subarray(image * size, (image + 1) * size);
      const odds = logOdds(own.confidence[image]!);
      state[0] = 1;
      state[1] = odds / MOST_LOG_ODDS;
      KNOTS.forEach((knot, index) => {
        state[2 + index] = Math.max(0, odds - knot) / MOST_LOG_ODDS;
      });
      state[2 + KNOTS.length] = own.margin[image]!;
      if (before === undefined) continue;
      const agrees = Number(before.prediction[image] === own.prediction[image]);
      const earlier = logOdds(before.confidence[image]!) / MOST_LOG_ODDS;
      state.set([agrees, earlier, agrees * earlier, agrees * state[1]!], 3 + KNOTS.length);
    }
    return states;
  });
}

function stateSize(exit: number): number {
  return 3 + KNOTS.length + (exit === 0 ? 0 : 4);
}

function logOdds(confidence: number): number {
  const odds = Math.log(confidence / (1 - confidence));
  return Math.min(MOST_LOG_ODDS, Math.max(-MOST_LOG_ODDS, odds));
}

/** What a policy expects of leaving at each exit and of going on: weights of the exit's state. */
export interface FittedPolicy {
  readonly leave: readonly Float64Array[];
  readonly goOn: readonly Float64Array[];
}

/**
 * Fitted Q-iteration: the reward is 1 for a right answer less `price` times the share of the full network's cost that was spent. As an
 * image passes every exit at most once, one sweep from the last exit to the first is exact but for the regression.
 *
 * @param states of each exit, as `exitStates` makes them.
 * @param correct of each exit, and last of the full network.
 * @param costs of leaving at each exit, and last at the end, in the full network's.
 * @returns a function of the price.
 */
export function fittedPolicies(
  states: readonly Float64Array[],
  correct: readonly Uint8Array[],
  costs: readonly number[],
): (price: number) => FittedPolicy {
  const images = correct[0]!.length;
  const solvers = states.map((values) => leastSquares(values, images));
  const leave = states.map((_, exit) => solvers[exit]!(Float64Array.from(correct[exit]!)));
  const leaving = states.map((values, exit) => expected(values, leave[exit]!, images));
  return (price) => {
    const goOn: Float64Array[] = [];
    // From going on at an exit on, the reward less what was spent to come there.
    let value = Float64Array.from(correct.at(-1)!);
    let costAhead = costs.at(-1)!;
    for (let exit = states.length - 1; exit >= 0; exit--) {
      const step = price * (costAhead - costs[exit]!);
      goOn[exit] = solvers[exit]!(value.map((each) => each - step));
      const going = expected(states[exit]!, goOn[exit]!, images);
      const next = value;
      // What the policy really gets, not what it expects: a maximum of two estimates would be too high on the same images.
      value = next.map((each, image) =>
        leaving[exit]![image]! >= going[image]! ? correct[exit]![image]! : each - step,
      );
      costAhead = costs[exit]!;
    }
    return { leave, goOn };
  };
}

/** Regression on states, for any targets. */
function leastSquares(states: Float64Array, images: number): (targets: Float64Array) => Float64Array {
  const size = states.length / images;
  const gram = new Float64Array(size * size);
  for (let image = 0; image < images; image++) {
    for (let row = 0; row < size; row++) {
      const value = states[image * size + row]!;
      for (let column = 0; column <= row; column++)
        gram[row * size + column]! += value * states[image * size + column]!;
    }
  }
  for (let row = 0; row < size; row++) gram[row * size + row]! += RIDGE * images;
  const solve = choleskySolver(gram, size);
  return (targets) => {
    const moments = new Float64Array(size);
    for (let image = 0; image < images; image++)
      for (let row = 0; row < size; row++) moments[row]! += targets[image]! * states[image * size + row]!;
    return solve(moments);
  };
}

function expected(states: Float64Array, weights: Float64Array, images: number): Float64Array {
  const size = weights.length;
  const values = new Float64Array(images);
  for (let image = 0; image < images; image++) {
    let sum = 0;
    for (let index = 0; index < size; index++) sum += weights[index]! * states[image * size + index]!;
    values[image] = sum;
  }
  return values;
}

/** Exit selection as a policy. */
export const EXIT_POLICY: Neighbour = {
  source:
    'DQN based exit selection: Vashist et al. 2022; fitted Q-iteration: Ernst, Geurts & Wehenkel 2005, JMLR 6, section 3',
  differs:
    'The source trains a deep network on the image’s features; here both values of an exit are linear in some 15 functions of the outputs so far, and are fitted to the images that make the path. One price of cost is a policy, and prices are swept. Charged are both values at each exit.',
  fit(making, top) {
    const correct = [...making.exitLogits, making.fullLogits].map((logits) =>
      knownCorrectness(logits, making, top),
    );
    const enabled = making.exitLogits.map(() => true);
    const costs = [...leavingCosts(making.costs, enabled)].map((cost) => cost / making.costs.full);
    const policyAt = fittedPolicies(exitStates(making), correct, costs);
    const known = new WeakMap<Float32Array, readonly Float64Array[]>();
    const statesOf = (outputs: RecordedOutputs): readonly Float64Array[] => {
      const states = known.get(outputs.fullLogits) ?? exitStates(outputs);
      known.set(outputs.fullLogits, states);
      return states;
    };
    const addedMacs = making.exitLogits.map((_, exit) => 2 * stateSize(exit));
    return PRICES.map((price) => {
      const { leave, goOn } = policyAt(price);
      const scorer: Scorer = (outputs) => {
        const advantages = statesOf(outputs).map((states, exit) => {
          const difference = leave[exit]!.map((weight, index) => weight - goOn[exit]![index]!);
          return expected(states, difference, outputs.labels.length);
        });
        return scoredBy(outputs, top, advantages, addedMacs);
      };
      return { parameter: price, scorer, thresholds: leave.map(() => 0) };
    });
  },
};

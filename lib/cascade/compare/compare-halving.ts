import { type Currency, costsIn, frontExits, type Prices } from '../../artifact/timings/prices.js';
import { type DropTest, exactDropTest, remembered } from '../../calibrate/certified-path.js';
import {
  type ComparedMethod,
  type Comparison,
  type JudgedPoint,
  judge,
  judgeExit,
  judgePolicies,
  makePoints,
} from '../../calibrate/compare.js';
import type { Policy } from '../../calibrate/neighbours/neighbour.js';
import { promisedPolicies } from '../../calibrate/promised-policies.js';
import { stratifiedHalves } from '../../data/split.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import { outputRows, type RecordedOutputs } from '../../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../exits/scoring.js';

/** What is asked of every halving. */
export interface HalvingOptions {
  readonly methods: readonly ComparedMethod[];
  /** Fractions. */
  readonly drops: readonly number[];
  /** Shares of the full network's cost. */
  readonly budgets: readonly number[];
  /** Confidence of a promise, a fraction; undefined where none is asked for. */
  readonly confidence: number | undefined;
  readonly prices: Prices;
  readonly currency: Currency;
  /** Exits at the ends of a chain's networks, which are judged by themselves. */
  readonly ends: readonly number[];
}

/** What something does on one halving, in each currency that is known. */
export interface Judged<Figures> {
  readonly macs: Figures;
  readonly time?: Figures;
}

/** Figures of one halving, a method each. */
export interface HalvingFigures {
  /** Without a promise. */
  readonly free: readonly Judged<Comparison>[];
  /** Under one, a drop each; null where none was asked for, or for what makes no path. */
  readonly promised: readonly (readonly Judged<JudgedPoint>[] | null)[];
  /** What networks by themselves come to. */
  readonly alone: readonly Judged<JudgedPoint>[];
}

/**
 * Makes every method from one half of the images and judges it on the other.
 *
 * @param seed of the halves.
 * @param test of promises; a remembered one is worth keeping over halvings, whose points often have the same counts.
 */
export function compareHalving(
  outputs: RecordedOutputs,
  { methods, drops, budgets, confidence, prices, currency, ends }: HalvingOptions,
  seed: number,
  test: DropTest = remembered(exactDropTest),
): HalvingFigures {
  const [first, second] = stratifiedHalves(outputs.labels, seed);
  const making = { ...outputRows(outputs, first), costs: billed(costsIn(currency, prices), prices) };
  const judging = outputRows(outputs, second);
  const scoring = { ...DEFAULT_SCORING, top: methods[0]?.scoring.top ?? DEFAULT_SCORING.top };
  return {
    free: methods.map((method) => {
      const points = makePoints(method, making, frontExits(currency));
      return inEach(prices, (costs) => judge(points, { ...judging, costs }, drops, budgets));
    }),
    promised: methods.map((method) =>
      confidence === undefined
        ? null
        : (promisedPolicies(method, making, drops, confidence, seed, test)?.map((policy) =>
            kept(policy, method, judging, prices),
          ) ?? null),
    ),
    alone: ends.map((exit) => inEach(prices, (costs) => judgeExit({ ...judging, costs }, exit, scoring))),
  };
}

/** What a promised policy does; the full network where nothing could be promised. */
function kept(
  policy: Policy | undefined,
  { exits }: ComparedMethod,
  judging: RecordedOutputs,
  prices: Prices,
): Judged<JudgedPoint> {
  return inEach(prices, (costs) =>
    policy === undefined ? { drop: 0, saved: 0 } : judgePolicies([policy], { ...judging, costs }, exits)[0]!,
  );
}

function inEach<Figures>(prices: Prices, judgedBy: (costs: ExitCosts) => Figures): Judged<Figures> {
  const { macs, time } = prices;
  return { macs: judgedBy(macs), ...(time && { time: judgedBy(billed(time.costs, prices)) }) };
}

/** Costs in which a multiply-accumulate that a method adds has the full network's own price. */
function billed(costs: ExitCosts, { macs }: Prices): ExitCosts {
  return costs === macs ? costs : { ...costs, macPrice: costs.full / macs.full };
}

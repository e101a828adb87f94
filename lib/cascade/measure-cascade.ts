import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Prices } from '../artifact/timings/prices.js';
import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import type { DecisionRule } from '../exits/decision-rule.js';
import { costOf, enabledExits } from '../exits/thresholds.js';
import { elementCount } from '../network/tensor.js';
import { openRouter } from '../router/open-router.js';
import type { RoutedImage, Router } from '../router/router.js';
import { quantile } from '../stats/quantile.js';
import { type PredictedTime, predictedTime } from './evaluation.js';
import { type Batch, batchesOf } from './timing/batches.js';
import { inTurns } from './timing/in-turns.js';

/** Wall time of a cascade and of its full network on the same images; milliseconds an image, fractions. */
export interface TimedRun {
  readonly batchSize: number;
  readonly images: number;
  readonly rounds: number;
  /** Medians over the rounds. */
  readonly fullMilliseconds: number;
  readonly cascadeMilliseconds: number;
  /** Median of the rounds' savings, and the interval in which 95 % of them lie. */
  readonly timeSaved: number;
  readonly timeSavedLow: number;
  readonly timeSavedHigh: number;
  /** Share of the MACs saved on the same images, every visited head billed. */
  readonly macsSaved: number;
  /** What the exits' measured times say of the same images; all null without a measurement. */
  readonly predicted: PredictedTime;
  /** Milliseconds of single images by the exit where they left, the full network last; empty unless the batch size is 1. */
  readonly latencies: readonly (readonly number[])[];
}

export interface TimedRunOptions {
  readonly rule: DecisionRule;
  /** What exits cost, in time with as many images at once. */
  readonly prices: Prices;
  readonly source: ImageSource;
  /** Images to run, by their number in the source. */
  readonly rows: Uint32Array;
  readonly batchSize: number;
  /** How often both networks are run, in turns. */
  readonly rounds: number;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Times the router that really stops against the full network in one session, in turns, so that a machine that slows down does so
 * for both. Images are decoded and in memory before the clock starts.
 *
 * @throws the signal's reason if it is aborted.
 */
export async function measureCascade(
  engine: Engine,
  saved: SavedNetwork,
  options: TimedRunOptions,
): Promise<TimedRun> {
  const { source, rows, batchSize, rule, prices } = options;
  const imageBytes = elementCount(source.shape);
  const pixels = new Uint8Array(rows.length * imageBytes);
  await source.readImages(rows, pixels);
  const left: RoutedImage[] = [];
  const latencies: number[][] = Array.from({ length: rule.thresholds.length + 1 }, () => []);
  const full = await engine.load(saved.network, { inputType: 'uint8' });
  const router = await openRouter(engine, saved, {
    rule,
    batchSize,
    onImage: (routed) => {
      left[routed.image] = routed;
    },
  });
  const batches = batchesOf(pixels, rows.length, batchSize, imageBytes);
  let rounds: readonly (readonly number[])[];
  try {
    rounds = await inTurns(
      [
        async () => {
          const start = performance.now();
          for (const { images, numbers } of batches) await full.run(images, numbers.length);
          return performance.now() - start;
        },
        async (round) => {
          const start = performance.now();
          await runCascade(router, batches, (image, milliseconds) => {
            if (round > 0 && batchSize === 1) latencies[left[image]!.exit]!.push(milliseconds);
          });
          return performance.now() - start;
        },
      ],
      options,
    );
  } finally {
    await full.dispose();
    await router.dispose();
  }
  const savings = rounds.map(([full, cascade]) => 1 - cascade! / full!);
  const counts = latencies.map((_, exit) => left.filter((routed) => routed.exit === exit).length);
  const enabled = enabledExits(rule.thresholds);
  const macs = costOf(counts, prices.macs, enabled);
  const perImage = (column: number): number =>
    quantile(
      rounds.map((round) => round[column]!),
      0.5,
    ) / rows.length;
  return {
    batchSize,
    images: rows.length,
    rounds: rounds.length,
    fullMilliseconds: perImage(0),
    cascadeMilliseconds: perImage(1),
    timeSaved: quantile(savings, 0.5),
    timeSavedLow: quantile(savings, 0.025),
    timeSavedHigh: quantile(savings, 0.975),
    macsSaved: 1 - macs / rows.length / prices.macs.full,
    predicted: predictedTime(counts, prices.time, enabled),
    latencies,
  };
}

async function runCascade(
  router: Router,
  batches: readonly Batch[],
  onBatch: (first: number, milliseconds: number) => void,
): Promise<void> {
  for (const { images, numbers } of batches) {
    const start = performance.now();
    await router.push(images, numbers);
    onBatch(numbers[0]!, performance.now() - start);
  }
  await router.flush();
}

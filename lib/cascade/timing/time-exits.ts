import type { SavedNetwork } from '../../artifact/attached-network.js';
import type { Timing } from '../../artifact/timings/timing-schema.js';
import { type Engine, identityOf } from '../../engine/engine.js';
import { type Processor, thisProcessor } from '../../engine/processor.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import { elementCount } from '../../network/tensor.js';
import { quantile } from '../../stats/quantile.js';
import { additiveCosts } from './additive-costs.js';
import { type Batch, batchesOf } from './batches.js';
import { inTurns, type TurnOptions } from './in-turns.js';
import { type OpenWay, openWay } from './open-ways.js';
import { timedWays } from './timed-ways.js';

/** What is timed, on what. */
export interface ExitTiming extends TurnOptions {
  readonly engine: Engine;
  readonly saved: SavedNetwork;
  /** The residual block of each exit; null at the end of a network of a chain. */
  readonly blocks: readonly (number | null)[];
  /** As `ExitCosts` has them. */
  readonly members: ExitCosts['members'];
  readonly batchSize: number;
  /** Images of one round, one after another. */
  readonly pixels: Uint8Array;
  /** Where they are from. */
  readonly source: Timing['pixels'];
  /** When, in ISO 8601. */
  readonly date: string;
  /** What it runs on; this machine when left out. */
  readonly processor?: Processor;
}

/** Share of the batches that nothing else is taken to have disturbed. */
const UNDISTURBED = 0.25;

/** In a millisecond. */
const NANOSECONDS = 1e6;

/**
 * Times every trunk and every head of a cascade through the router that `run` stops with: each exit alone enabled with nobody leaving,
 * then with everybody leaving, and the bare network, in turns.
 *
 * @throws CascadeError if the engine lacks a node of the network; the signal's reason if it is aborted.
 */
export async function timeExits(timing: ExitTiming): Promise<Timing> {
  const { engine, saved, blocks, members, batchSize, pixels, rounds, source, date } = timing;
  const imageBytes = elementCount(saved.network.graph.inputShape);
  const images = pixels.length / imageBytes;
  const batches = batchesOf(pixels, images, batchSize, imageBytes);
  const timed = timedWays(blocks.length, members);
  const open: OpenWay[] = [];
  try {
    for (const thresholds of timed.ways) open.push(await openWay(engine, saved, thresholds, batchSize));
    const perImage = await inTurns(
      open.map((way) => () => nanosecondsAnImage(way, batches)),
      timing,
    );
    const { full, exits } = additiveCosts(timed, perImage, members);
    return {
      date,
      ...(timing.processor ?? thisProcessor()),
      engine: identityOf(engine),
      batch_size: batchSize,
      images,
      rounds,
      pixels: source,
      full,
      exits: exits.map((exit, index) => ({ block: blocks[index]!, ...exit })),
    };
  } finally {
    for (const way of open) await way.dispose();
  }
}

/**
 * The lower quartile of the batches: whatever else runs on a machine only ever adds, and on a busy one it adds to more than half of them. On
 * an idle one it is the median's equal.
 */
async function nanosecondsAnImage(way: OpenWay, batches: readonly Batch[]): Promise<number> {
  const readings: number[] = [];
  for (const batch of batches) {
    const start = performance.now();
    await way.run(batch);
    readings.push((NANOSECONDS * (performance.now() - start)) / batch.numbers.length);
  }
  return quantile(readings, UNDISTURBED);
}

import type { SavedNetwork } from '../../artifact/attached-network.js';
import type { Engine } from '../../engine/engine.js';
import { DEFAULT_SCORING } from '../../exits/scoring.js';
import type { Thresholds } from '../../exits/thresholds.js';
import { openRouter } from '../../router/open-router.js';
import type { Batch } from './batches.js';

/** A way of running a cascade's network, ready to run. */
export interface OpenWay {
  run(batch: Batch): Promise<void>;
  dispose(): Promise<void>;
}

/** The bare network where no exit is enabled, else the router that `run` stops with. */
export async function openWay(
  engine: Engine,
  saved: SavedNetwork,
  thresholds: Thresholds,
  batchSize: number,
): Promise<OpenWay> {
  if (thresholds.every((threshold) => threshold === null)) {
    const full = await engine.load(saved.network, { inputType: 'uint8' });
    return {
      async run({ images, numbers }) {
        await full.run(images, numbers.length);
      },
      dispose: () => full.dispose(),
    };
  }
  const rule = { scoring: DEFAULT_SCORING, thresholds };
  const router = await openRouter(engine, saved, { rule, batchSize, onImage: () => {} });
  return {
    async run({ images, numbers }) {
      await router.push(images, numbers);
      await router.flush();
    },
    dispose: () => router.dispose(),
  };
}

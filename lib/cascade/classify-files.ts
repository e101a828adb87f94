import { decodeImage } from '../data/decode-image.js';
import { STRETCH } from '../data/preprocessing.js';
import type { Engine } from '../engine/engine.js';
import { CascadeError } from '../errors.js';
import { enabledExits, leavingMacs } from '../exits/thresholds.js';
import { elementCount } from '../network/tensor.js';
import { percent } from '../report/numbers.js';
import type { SavedNetwork } from './attached-network.js';
import type { Calibration } from './calibrations.js';
import { exitCosts } from './exit-costs.js';
import type { Manifest } from './manifest.js';
import { openRouter } from './open-router.js';

/** What a cascade says about an image: a row of `run`'s output. */
export type Classification = {
  readonly image: string;
  /** Number of the class, from 0. */
  readonly class: number;
  readonly class_name: string;
  /** The exit's softmax at that class. */
  readonly probability_percent: number;
  /** Residual block after which the image left; null for the full network. */
  readonly block: number | null;
  /** What it cost, every visited head billed. */
  readonly macs: number;
};

export interface ClassifyOptions {
  readonly calibration: Pick<Calibration, 'scoring' | 'thresholds'>;
  /** Images that a segment runs at once. */
  readonly batchSize: number;
  /** Told of every image, in the order of the files. */
  readonly onResult: (result: Classification) => void;
  /** Told of every image that cannot be decoded; the others go on. */
  readonly onBadImage: (error: CascadeError) => void;
  readonly signal?: AbortSignal;
}

/**
 * Classifies image files with real early exit. The next batch is decoded while one computes.
 *
 * @throws CascadeError if the engine lacks a node of the network; whatever `onBadImage` throws; the signal's reason.
 */
export async function classifyFiles(
  engine: Engine,
  saved: SavedNetwork,
  manifest: Manifest,
  files: readonly string[],
  { calibration, batchSize, onResult, onBadImage, signal }: ClassifyOptions,
): Promise<void> {
  const { exits, class_names: names } = manifest;
  const shape = saved.network.graph.inputShape as readonly [number, number, number];
  const preprocessing = manifest.backbone?.preprocessing ?? STRETCH;
  const imageBytes = elementCount(shape);
  const macs = leavingMacs(exitCosts(manifest), enabledExits(calibration.thresholds));
  // Images leave in an order of their own; what comes early waits for its turn.
  const finished = new Map<number, Classification | undefined>();
  let next = 0;
  const finish = (image: number, result: Classification | undefined): void => {
    finished.set(image, result);
    for (; finished.has(next); next++) {
      const ready = finished.get(next);
      if (ready !== undefined) onResult(ready);
      finished.delete(next);
    }
  };
  const router = await openRouter(engine, saved, {
    ...calibration,
    batchSize,
    onDeparture: ({ image, exit, prediction, probability }) => {
      finish(image, {
        image: files[image]!,
        class: prediction,
        class_name: names[prediction]!,
        probability_percent: percent(probability),
        block: exits[exit]?.block ?? null,
        macs: macs[exit]!,
      });
    },
  });
  const decode = (first: number): Promise<readonly (Uint8Array | CascadeError)[]> =>
    Promise.all(
      files.slice(first, first + batchSize).map((file) =>
        decodeImage(file, file, shape, { preprocessing, asViewed: true }).catch((error: unknown) => {
          if (error instanceof CascadeError) return error;
          throw error;
        }),
      ),
    );
  try {
    let pending = decode(0);
    for (let first = 0; first < files.length; first += batchSize) {
      const decoded = await pending;
      signal?.throwIfAborted();
      pending = decode(first + batchSize);
      const numbers: number[] = [];
      const pixels = new Uint8Array(decoded.length * imageBytes);
      decoded.forEach((image, index) => {
        if (image instanceof CascadeError) {
          onBadImage(image);
          finish(first + index, undefined);
        } else {
          pixels.set(image, numbers.length * imageBytes);
          numbers.push(first + index);
        }
      });
      await router.push(pixels.subarray(0, numbers.length * imageBytes), numbers);
    }
    await router.flush();
  } finally {
    await router.dispose();
  }
}

import type { SavedNetwork } from '../artifact/attached-network.js';
import type { Calibration } from '../artifact/calibration.js';
import type { Manifest } from '../artifact/manifest.js';
import { readAhead } from '../data/read-ahead.js';
import type { Engine } from '../engine/engine.js';
import { CascadeError } from '../errors.js';
import { InOrder } from '../router/in-order.js';
import { percent } from '../stats/percent.js';
import type { Checks } from './monitor/check.js';
import { openCheckedClassifier } from './monitor/checked-classifier.js';

/** What a cascade says about an image: a row of `run`'s output. */
export type Classification = {
  readonly image: string;
  /** Number of the class, from 0. */
  readonly class: number;
  readonly class_name: string;
  /** The exit's softmax at that class. */
  readonly probability_percent: number;
  /** Residual block after which the image left; null for the full network, and at the end of a network of a chain. */
  readonly block: number | null;
  /** Where it left, in words. */
  readonly left_at: string;
  /** What it cost, every visited head billed, and the full network where it checked the image. */
  readonly macs: number;
  /** Whether the full network was run to check it, which is billed; left out where nobody checks. */
  readonly checked?: boolean;
};

export interface ClassifyOptions {
  readonly calibration: Pick<Calibration, 'rule'>;
  /** Images that a segment runs at once. */
  readonly batchSize: number;
  /** Who has some images checked by the full network; none when left out. */
  readonly checks?: Checks | undefined;
  /** Told of every image, in the order of the files. */
  readonly onResult: (result: Classification) => void;
  /** Told of every image that cannot be decoded; the others go on. Without it the first one ends the run. */
  readonly onBadImage: ((error: CascadeError) => void) | undefined;
  readonly signal?: AbortSignal;
}

/** Batches of results that may wait for an image that itself waits for others to fill a batch of a late segment. */
const MOST_WAITING = 32;

/**
 * Classifies image files with real early exit. The next batch is decoded while one computes; memory does not grow with the number
 * of files.
 *
 * @param files may come one by one, and without end.
 * @throws CascadeError if the engine lacks a node of the network, or an image cannot be decoded and that is to end the run, after the
 * results of those before; the signal's reason.
 */
export async function classifyFiles(
  engine: Engine,
  saved: SavedNetwork,
  manifest: Manifest,
  files: AsyncIterable<string>,
  { calibration, batchSize, checks, onResult, onBadImage, signal }: ClassifyOptions,
): Promise<void> {
  const results = new InOrder<Classification | undefined>((result) => {
    if (result !== undefined) onResult(result);
  });
  /** Names of the images that are under way. */
  const underWay = new Map<number, string>();
  const classifier = await openCheckedClassifier(engine, saved, manifest, {
    rule: calibration.rule,
    batchSize,
    checks,
    onAnswer: (image, { label, className, probability, block, leftAt, macs, isChecked = false }) => {
      results.add(image, {
        image: underWay.get(image)!,
        class: label,
        class_name: className,
        probability_percent: percent(probability),
        block,
        left_at: leftAt,
        macs,
        ...(checks && { checked: isChecked }),
      });
      underWay.delete(image);
    },
  });
  const { imageBytes } = classifier;
  const decode = async (file: string): Promise<DecodedFile> => {
    try {
      return { file, pixels: await classifier.decode(file) };
    } catch (error) {
      if (error instanceof CascadeError) return { file, error };
      throw error;
    }
  };
  let count = 0;
  try {
    for await (const batch of readAhead(decodedBatches(files, batchSize, decode))) {
      signal?.throwIfAborted();
      const numbers: number[] = [];
      let failure: CascadeError | undefined;
      const pixels = new Uint8Array(batch.length * imageBytes);
      for (const { file, ...decoded } of batch) {
        const number = count++;
        if ('error' in decoded) {
          if (onBadImage === undefined) {
            failure = decoded.error;
            break;
          }
          onBadImage(decoded.error);
          results.add(number, undefined);
          continue;
        }
        pixels.set(decoded.pixels, numbers.length * imageBytes);
        numbers.push(number);
        underWay.set(number, file);
      }
      await classifier.push(pixels.subarray(0, numbers.length * imageBytes), numbers);
      if (failure !== undefined) {
        await classifier.flush();
        throw failure;
      }
      if (results.waiting > MOST_WAITING * batchSize) await classifier.flush();
    }
    signal?.throwIfAborted();
    await classifier.flush();
  } finally {
    await classifier.dispose();
  }
}

type DecodedFile =
  | { readonly file: string; readonly pixels: Uint8Array }
  | { readonly file: string; readonly error: CascadeError };

async function* decodedBatches(
  files: AsyncIterable<string>,
  batchSize: number,
  decode: (file: string) => Promise<DecodedFile>,
): AsyncGenerator<readonly DecodedFile[]> {
  let batch: Promise<DecodedFile>[] = [];
  for await (const file of files) {
    const decoded = decode(file);
    decoded.catch(() => {});
    batch.push(decoded);
    if (batch.length < batchSize) continue;
    yield await Promise.all(batch);
    batch = [];
  }
  if (batch.length > 0) yield await Promise.all(batch);
}

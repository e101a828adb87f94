import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { ImageSource } from '../data/image-source.js';
import type { Engine, Program } from '../engine/engine.js';
import { type StreamOptions, streamImages } from '../engine/stream-images.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { openGrowingMatrices } from '../files/npy/growing-matrices.js';
import type { Network } from '../network/graph.js';
import { graft } from '../network/segments.js';
import { inferShapes } from '../network/shapes.js';
import { elementCount } from '../network/tensor.js';
import { encodeHalf } from '../stats/half-precision.js';
import { recordedGraph } from './head-graph.js';
import type { PooledHead } from './head-kinds.js';

/** Features to be taken at one value of the network, and where they go. */
export interface FeatureTarget {
  /** Name of the cut point's value. */
  readonly value: string;
  /** The head to be fitted on them; where left out, the value is taken as it is. */
  readonly kind?: PooledHead;
  /** The channels of the value, or the width of its tokens, stand last. */
  readonly channelsLast?: boolean | undefined;
  /** The `.npy` file to write, half precision, one row an image. */
  readonly file: string;
}

export interface FeatureOptions extends Omit<StreamOptions, 'transform'> {
  /** What changes batches of pixels in place, from the image on that is the `first`-th of the run. */
  readonly transformFrom?: (first: number) => NonNullable<StreamOptions['transform']>;
  /** Milliseconds since some moment. */
  readonly clock?: () => number;
}

/** Ending of files that are not whole. */
const GROWING = '.growing';

/** Beside unfinished features: how many rows are surely on the disk, and of what. */
const layout = {
  schema: z.strictObject({
    rows: z.int().nonnegative(),
    images: z.int().nonnegative(),
    features: z.array(z.strictObject({ file: z.string(), columns: z.int() })),
  }),
  remedy: 'delete it and attach again',
};

/**
 * Runs images through the network as far as the last target and writes the features of every target, in the order of
 * the rows. The pooling is part of the network that runs, so that a feature map crosses into JavaScript only
 * where a head begins with a convolution; it is written flat, channels first. Files appear whole, at the end; what an interrupted run
 * of the same targets left is gone on with, to the same bytes.
 *
 * @param network that takes pixels.
 */
export async function recordFeatures(
  engine: Engine,
  network: Network,
  targets: readonly FeatureTarget[],
  source: ImageSource,
  options: FeatureOptions,
): Promise<void> {
  const shapes = inferShapes(network.graph);
  let pooled = network;
  const outputs = targets.map(({ value, kind, channelsLast }, index) => {
    if (kind === undefined) return value;
    const branch = { graph: recordedGraph(kind, shapes.get(value)!, channelsLast), parameters: new Map() };
    const grafted = graft(pooled, value, branch, `target-${index}/`);
    pooled = grafted.network;
    return grafted.output;
  });
  const program = await engine.load(pooled, { outputs, inputType: 'uint8' });
  try {
    const columns = program.outputs.map(({ shape }) => elementCount(shape));
    await runInto(targets, columns, program, source, options);
  } finally {
    await program.dispose();
  }
}

/** Runs images through a program whose outputs are the features of the targets. */
async function runInto(
  targets: readonly FeatureTarget[],
  columns: readonly number[],
  program: Program,
  source: ImageSource,
  { transformFrom, clock, ...options }: FeatureOptions,
): Promise<void> {
  const order = options.rows ?? Uint32Array.from({ length: source.count }, (_, row) => row);
  const images = order.length;
  const matrices = targets.map(({ file }, index) => ({
    ...{ file: `${file}${GROWING}`, type: '<f2' as const },
    columns: columns[index]!,
  }));
  const content = {
    images,
    features: targets.map(({ file }, index) => ({ file: path.basename(file), columns: columns[index]! })),
  };
  const progressFile = `${targets[0]!.file}.progress`;
  const progress = await readLayoutIfThere(progressFile, layout);
  const isOurs = progress !== undefined && isDeepStrictEqual(progress, { rows: progress.rows, ...content });
  const growing = await openGrowingMatrices(matrices, {
    rows: images,
    claimed: isOurs ? progress.rows : 0,
    progressFile,
    progressOf: (rows) => ({ rows, ...content }),
    clock,
  });
  const { done } = growing;
  try {
    await streamImages(program, source, (results) => growing.append(results.map(toHalf)), {
      ...options,
      rows: order.subarray(done),
      ...(transformFrom === undefined ? {} : { transform: transformFrom(done) }),
      onProgress: (more) => options.onProgress?.(done + more, images),
    });
  } catch (error) {
    await growing.suspend();
    throw error;
  }
  await growing.finish();
  for (const { file } of targets) await rename(`${file}${GROWING}`, file);
  await rm(progressFile);
}

function toHalf(features: Float32Array): Uint16Array {
  const bits = new Uint16Array(features.length);
  encodeHalf(features, bits);
  return bits;
}

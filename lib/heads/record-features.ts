import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import { type StreamOptions, streamImages } from '../engine/stream-images.js';
import { createNpy } from '../files/npy.js';
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

/**
 * Runs images through the network as far as the last target and writes the features of every target, in the order of
 * the rows. The pooling is part of the network that runs, so that a feature map crosses into JavaScript only
 * where a head begins with a convolution; it is written flat, channels first. Files appear whole, at the end.
 *
 * @param network that takes pixels.
 */
export async function recordFeatures(
  engine: Engine,
  network: Network,
  targets: readonly FeatureTarget[],
  source: ImageSource,
  options: StreamOptions,
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
  const images = options.rows?.length ?? source.count;
  const files = await Promise.all(
    targets.map(({ file }, index) =>
      createNpy(file, '<f2', [images, elementCount(program.outputs[index]!.shape)]),
    ),
  );
  try {
    await streamImages(
      program,
      source,
      async (results) => {
        await Promise.all(
          results.map((features, index) => {
            const bits = new Uint16Array(features.length);
            encodeHalf(features, bits);
            return files[index]!.append(bits);
          }),
        );
      },
      options,
    );
    for (const file of files) await file.commit();
  } catch (error) {
    await Promise.all(files.map((file) => file.abort()));
    throw error;
  } finally {
    await program.dispose();
  }
}

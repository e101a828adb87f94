import { createHash } from 'node:crypto';
import { CascadeError } from '../../errors.js';
import type { RecognizedNetwork } from '../recognize.js';
import { membersOf, parseJson } from './json.js';
import { kerasNetwork } from './keras-network.js';
import { ManifestWeights, parseManifest } from './manifest-weights.js';
import { modelFileName, type TfjsSource } from './tfjs-source.js';

/**
 * A network from a TensorFlow.js layers model: a Keras model's configuration in `model.json`, its weights in binary shards.
 *
 * @param imageSize `[height, width]` where the model takes any.
 * @returns the sha256 is that of the `model.json` and its shards, joined in the manifest's order.
 * @throws CascadeError if a file cannot be read or is damaged, or the model is none that cascade can run.
 */
export async function readTfjs(
  source: TfjsSource,
  imageSize: readonly [number, number] | undefined,
): Promise<RecognizedNetwork & { readonly sha256: string }> {
  const file = source.model;
  const description = await source.read(modelFileName(source));
  const { format, modelTopology, weightsManifest } = membersOf(parseJson(description.toString(), file));
  const topology = membersOf(modelTopology);
  if (format === 'graph-model' || 'node' in topology || modelTopology === undefined) {
    throw new CascadeError(
      `${file} is no TensorFlow.js layers model; convert the Keras model with tensorflowjs_converter --output_format tfjs_layers_model.`,
    );
  }
  const hash = createHash('sha256').update(description);
  const weights = new ManifestWeights(file);
  for (const group of parseManifest(weightsManifest, file)) {
    const shards: Buffer[] = [];
    for (const shard of group.paths) shards.push(await source.read(shard));
    const bytes = Buffer.concat(shards);
    hash.update(bytes);
    weights.add(group, bytes);
  }
  const config = topology['model_config'] ?? topology;
  return { ...kerasNetwork(config, weights, imageSize, file), sha256: hash.digest('hex') };
}

import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import { type StreamOptions, streamImages } from '../engine/stream-images.js';
import type { Network } from '../network/graph.js';
import { createRecords, RECORDS_SCHEMA, type RecordsMeta } from './records.js';

/**
 * Runs a split through the backbone with all its heads at once and records every exit's logits and the full network's.
 *
 * @param network that takes pixels, heads grafted.
 * @param outputs the exits' logits in order, the full network's last.
 */
export async function recordSplit(
  engine: Engine,
  network: Network,
  outputs: readonly string[],
  source: ImageSource,
  folder: string,
  costs: Omit<RecordsMeta, 'schema' | 'source' | 'images'>,
  options: StreamOptions,
): Promise<void> {
  const program = await engine.load(network, { outputs, inputType: 'uint8' });
  const meta = { schema: RECORDS_SCHEMA, source: source.name, images: source.count, ...costs };
  const records = await createRecords(folder, source.labels, meta);
  try {
    await streamImages(program, source, (logits) => records.append(logits), options);
    await records.commit();
  } catch (error) {
    await records.abort();
    throw error;
  } finally {
    await program.dispose();
  }
}

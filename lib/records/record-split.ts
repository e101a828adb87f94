import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import { type StreamOptions, streamImages } from '../engine/stream-images.js';
import type { Network } from '../network/graph.js';
import type { RecordsContent, ShardContent } from './records-meta.js';
import { createRecords } from './records-writer.js';

/**
 * Runs a split through the backbone with all its heads at once and records every exit's logits and the full network's. What an
 * interrupted run left in the folder is gone on with, to the same bytes.
 *
 * @param network that takes pixels, heads grafted.
 * @param outputs the exits' logits in order, the full network's last.
 * @param first image to record; `meta.images` says how many.
 */
export async function recordSplit(
  engine: Engine,
  network: Network,
  outputs: readonly string[],
  source: ImageSource,
  folder: string,
  meta: RecordsContent | ShardContent,
  { onProgress, signal, first = 0 }: Pick<StreamOptions, 'onProgress' | 'signal'> & { first?: number },
): Promise<void> {
  const { images } = meta;
  const program = await engine.load(network, { outputs, inputType: 'uint8' });
  try {
    const records = await createRecords(folder, source.labels.slice(first, first + images), meta);
    const { done } = records;
    try {
      const rows = Uint32Array.from({ length: images - done }, (_, row) => first + done + row);
      await streamImages(program, source, (logits) => records.append(logits), {
        rows,
        signal,
        onProgress: (more) => onProgress?.(done + more, images),
      });
    } catch (error) {
      await records.suspend();
      throw error;
    }
    await records.commit();
  } finally {
    await program.dispose();
  }
}

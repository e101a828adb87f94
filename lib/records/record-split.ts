import { onlyCosts, type WrittenCosts } from '../artifact/exit-costs.js';
import type { ImageSource } from '../data/image-source.js';
import type { Engine } from '../engine/engine.js';
import { streamImages } from '../engine/stream-images.js';
import type { Network } from '../network/graph.js';
import type { Reporter } from '../reporter.js';
import { RECORDS_SCHEMA, type RecordsContent, type ShardContent } from './records-meta.js';
import { createRecords } from './records-writer.js';
import { shardName } from './shards.js';

export interface RecordingOptions {
  readonly engine: Engine;
  /** Takes pixels, heads grafted. */
  readonly network: Network;
  /** Names of the exits' logits in the network, in order. */
  readonly exitLogits: readonly string[];
  readonly reporter: Reporter;
  readonly signal?: AbortSignal | undefined;
}

/** What the records of a whole split hold. */
export function contentOfSplit(
  { name, count }: ImageSource,
  costs: WrittenCosts & Pick<RecordsContent, 'classes'>,
): RecordsContent {
  const { classes } = costs;
  return { schema: RECORDS_SCHEMA, source: name, images: count, classes, ...onlyCosts(costs) };
}

/**
 * Runs a split, or a shard of it, through the backbone with all its heads at once and records every exit's logits and the full
 * network's. What an interrupted run left in the folder is gone on with, to the same bytes.
 */
export async function recordSplit(
  { engine, network, exitLogits, reporter, signal }: RecordingOptions,
  source: ImageSource,
  folder: string,
  content: RecordsContent | ShardContent,
): Promise<void> {
  const { images } = content;
  const shard = 'shard' in content ? content.shard : undefined;
  const first = shard?.first ?? 0;
  const part = shard === undefined ? '' : `, shard ${shardName(shard)}`;
  const bar = reporter.bar(`Recording ${source.name}${part}`, images);
  const outputs = [...exitLogits, network.graph.output];
  try {
    const program = await engine.load(network, { outputs, inputType: 'uint8' });
    try {
      const records = await createRecords(folder, source.labels.slice(first, first + images), content);
      const { done } = records;
      try {
        const rows = Uint32Array.from({ length: images - done }, (_, row) => first + done + row);
        await streamImages(program, source, (logits) => records.append(logits), {
          rows,
          signal,
          onProgress: (more) => bar.update(done + more),
        });
      } catch (error) {
        await records.suspend();
        throw error;
      }
      await records.commit();
    } finally {
      await program.dispose();
    }
  } finally {
    bar.stop();
  }
}

import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CascadeError } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { type GrowingNpy, openGrowingNpy } from '../files/growing-npy.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { npyHeader, writeNpy } from '../files/npy.js';
import { sha256OfFile } from '../files/sha256.js';
import { writeFailure } from '../files/write-failure.js';
import { logitsFile } from './records.js';
import {
  LABELS_FILE,
  META_FILE,
  PROGRESS_LAYOUT,
  type RecordsContent,
  recordFiles,
  type ShardContent,
} from './records-meta.js';

const PROGRESS_FILE = 'progress.json';

/** Rows between two flushes, the most that a killed run loses; whole batches, so that going on cuts the same ones. */
const FLUSH_ROWS = 2048;

/** Logits that are being written batch by batch; they count once `meta.json` is there, from `commit` on. */
export interface RecordsWriter {
  /** Rows that an interrupted run left behind; the next to append comes after them. */
  readonly done: number;
  /** @param logits of the exits in order, the full network's last. */
  append(logits: readonly Float32Array[]): Promise<void>;
  commit(): Promise<void>;
  /** Ends without committing; what was flushed stays for a run that goes on. */
  suspend(): Promise<void>;
}

/**
 * Starts records, or goes on with those that an interrupted run of the same `meta` began.
 *
 * @throws CascadeError if a file cannot be written.
 */
export async function createRecords(
  folder: string,
  labels: Uint16Array,
  meta: RecordsContent | ShardContent,
): Promise<RecordsWriter> {
  const { images, classes } = meta;
  const names = Array.from({ length: meta.exits.length + 1 }, (_, exit) =>
    logitsFile(folder, exit, meta.exits.length),
  );
  const progressFile = path.join(folder, PROGRESS_FILE);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw writeFailure(folder, error);
  });
  await rm(path.join(folder, META_FILE), { force: true });
  const done = await flushedRows(progressFile, names, meta);
  const files: GrowingNpy[] = [];
  for (const name of names) files.push(await openGrowingNpy(name, [images, classes], done));
  let rows = done;
  let flushed = done;
  const flush = async (): Promise<void> => {
    for (const file of files) await file.flush();
    await writeFileAtomically(progressFile, JSON.stringify({ rows, meta }));
    flushed = rows;
  };
  return {
    done,
    async append(logits) {
      await Promise.all(logits.map((values, exit) => files[exit]!.append(values)));
      rows += logits[0]!.length / classes;
      if (rows - flushed >= FLUSH_ROWS) await flush();
    },
    async commit() {
      if (rows !== images) {
        throw new CascadeError(`${folder} was given ${rows} rows where ${images} images are recorded.`);
      }
      await flush();
      for (const file of files) await file.close();
      await writeNpy(path.join(folder, LABELS_FILE), '<u2', [images], labels);
      const sha256: Record<string, string> = {};
      for (const name of recordFiles(meta.exits.length))
        sha256[name] = await sha256OfFile(path.join(folder, name));
      const whole = { ...meta, sha256 };
      await writeFileAtomically(path.join(folder, META_FILE), `${JSON.stringify(whole, null, 2)}\n`);
      await rm(progressFile);
    },
    async suspend() {
      for (const file of files) await file.close();
    },
  };
}

/** Rows that all files hold for certain; none where the progress is of other records or a file is cut off. */
async function flushedRows(
  progressFile: string,
  names: readonly string[],
  meta: RecordsContent | ShardContent,
): Promise<number> {
  const progress = await readLayoutIfThere(progressFile, PROGRESS_LAYOUT);
  if (progress === undefined || !isDeepStrictEqual(progress.meta, meta)) return 0;
  const offset = npyHeader('<f4', [meta.images, meta.classes]).length;
  const needed = offset + progress.rows * meta.classes * Float32Array.BYTES_PER_ELEMENT;
  const sizes = await Promise.all(names.map((name) => stat(name).catch(() => ({ size: 0 }))));
  return progress.rows <= meta.images && sizes.every(({ size }) => size >= needed) ? progress.rows : 0;
}

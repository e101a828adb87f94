import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CascadeError } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { openGrowingMatrices } from '../files/npy/growing-matrices.js';
import { writeNpy } from '../files/npy/npy.js';
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
  const matrices = await openGrowingMatrices(
    names.map((file) => ({ file, type: '<f4', columns: classes })),
    {
      rows: images,
      claimed: await claimedRows(progressFile, meta),
      progressFile,
      progressOf: (rows) => ({ rows, meta }),
    },
  );
  return {
    done: matrices.done,
    append: (logits) => matrices.append(logits),
    async commit() {
      const rows = matrices.rows();
      if (rows !== images) {
        throw new CascadeError(`${folder} was given ${rows} rows where ${images} images are recorded.`);
      }
      await matrices.finish();
      await writeNpy(path.join(folder, LABELS_FILE), '<u2', [images], labels);
      const sha256: Record<string, string> = {};
      for (const name of recordFiles(meta.exits.length))
        sha256[name] = await sha256OfFile(path.join(folder, name));
      const whole = { ...meta, sha256 };
      await writeFileAtomically(path.join(folder, META_FILE), `${JSON.stringify(whole, null, 2)}\n`);
      await rm(progressFile);
    },
    suspend: () => matrices.suspend(),
  };
}

/** Rows that an earlier run says to have written; none where they are of other records. */
async function claimedRows(progressFile: string, meta: RecordsContent | ShardContent): Promise<number> {
  const progress = await readLayoutIfThere(progressFile, PROGRESS_LAYOUT);
  return progress !== undefined && isDeepStrictEqual(progress.meta, meta) ? progress.rows : 0;
}

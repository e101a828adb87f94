import { stat } from 'node:fs/promises';
import { writeFileAtomically } from '../atomic-write.js';
import { bytesOf, type GrowingNpy, type GrowingType, openGrowingNpy } from './growing-npy.js';
import { npyHeader } from './npy.js';

/** Rows between two flushes at most, and time between them: what a killed run loses. */
const FLUSH_ROWS = 2048;
const FLUSH_MILLISECONDS = 60_000;

/** A matrix that grows together with others. */
export interface GrowingMatrix {
  readonly file: string;
  readonly type: GrowingType;
  readonly columns: number;
}

export interface GrowingOptions {
  /** Rows of each whole matrix. */
  readonly rows: number;
  /** Rows that an earlier run says to have written. */
  readonly claimed: number;
  /** Where it is kept how many rows are surely on the disk, ... */
  readonly progressFile: string;
  /** ... and what is written there. */
  readonly progressOf: (rows: number) => unknown;
  /** Milliseconds since some moment. */
  readonly clock?: (() => number) | undefined;
}

/** Matrices with a row for each image that are written batch by batch. */
export interface GrowingMatrices {
  /** Rows that an interrupted run left behind; the next to append comes after them. */
  readonly done: number;
  /** Rows that are there by now. */
  rows(): number;
  /** @param batch rows of each matrix, as many of one as of the others. */
  append(batch: readonly (Float32Array | Uint16Array)[]): Promise<void>;
  /** Brings all to the disk and ends; the progress file is left to its owner. */
  finish(): Promise<void>;
  /** Ends as it is; what was flushed stays for a run that goes on. */
  suspend(): Promise<void>;
}

/**
 * Starts matrices, or goes on with those that an interrupted run left: from the last flush on, which came behind a whole batch, so that
 * going on cuts the same batches.
 *
 * @throws CascadeError if a file cannot be written.
 */
export async function openGrowingMatrices(
  matrices: readonly GrowingMatrix[],
  { rows: all, claimed, progressFile, progressOf, clock = () => performance.now() }: GrowingOptions,
): Promise<GrowingMatrices> {
  const done = (await hold(matrices, all, claimed)) ? claimed : 0;
  const files: GrowingNpy[] = [];
  for (const { file, type, columns } of matrices)
    files.push(await openGrowingNpy(file, type, [all, columns], done));
  let rows = done;
  let flushed = { rows: done, at: clock() };
  const flush = async (): Promise<void> => {
    for (const file of files) await file.flush();
    await writeFileAtomically(progressFile, JSON.stringify(progressOf(rows)));
    flushed = { rows, at: clock() };
  };
  const suspend = async (): Promise<void> => {
    for (const file of files) await file.close();
  };
  return {
    done,
    rows: () => rows,
    async append(batch) {
      await Promise.all(batch.map((values, index) => files[index]!.append(values)));
      rows += batch[0]!.length / matrices[0]!.columns;
      if (rows - flushed.rows >= FLUSH_ROWS || clock() - flushed.at >= FLUSH_MILLISECONDS) await flush();
    },
    async finish() {
      await flush();
      await suspend();
    },
    suspend,
  };
}

/** Whether all files hold so many rows for certain: none does where one is not there or cut off. */
async function hold(matrices: readonly GrowingMatrix[], all: number, claimed: number): Promise<boolean> {
  if (claimed > all) return false;
  const areWhole = matrices.map(async ({ file, type, columns }) => {
    const { size } = await stat(file).catch(() => ({ size: 0 }));
    return size >= npyHeader(type, [all, columns]).length + claimed * columns * bytesOf(type);
  });
  return (await Promise.all(areWhole)).every(Boolean);
}

import path from 'node:path';
import { z } from 'zod';
import type { SealedFile } from '../artifact/manifest.js';
import { type LocatedDataset, openSplit, someImages } from '../data/dataset.js';
import type { SplitDescription } from '../data/dataset-description.js';
import type { ImageSource } from '../data/image-source.js';
import { CascadeError } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { type JsonLayout, readLayoutIfThere } from '../files/json-layout.js';
import { elementCount } from '../network/tensor.js';
import type { Reporter } from '../reporter.js';

/** What is done about images that cannot be decoded: end the work, or decode all beforehand and leave those out. */
export type OnBadImage = 'stop' | 'skip';

export interface CheckOptions {
  readonly onBadImage: OnBadImage;
  readonly reporter: Reporter;
  readonly signal?: AbortSignal;
}

/** In a cascade folder: numbers of the images that were left out, by the name of their source. */
export const LEFT_OUT_FILE = 'left-out.json' satisfies SealedFile;

const leftOutSchema = z.record(z.string(), z.array(z.int().nonnegative()).readonly());

const LAYOUT: JsonLayout<typeof leftOutSchema> = { schema: leftOutSchema, remedy: 'attach again' };

/**
 * Opens a split without the images that are left out of a cascade. To skip them, every image is decoded once before the first use,
 * since a header alone does not tell whether the rest is whole; which they were stays in the cascade's folder, so that recording, its
 * continuation and later measurements number the images alike.
 *
 * @param check may find images to leave out; without it those are left out that were found before.
 * @throws CascadeError if a file is missing or damaged, or no image of the split can be decoded.
 */
export async function openUsable(
  dataset: LocatedDataset,
  split: SplitDescription,
  folder: string,
  check?: CheckOptions,
): Promise<ImageSource> {
  const source = await openSplit(dataset, split);
  if (check !== undefined) tell(check.reporter, source.notes ?? []);
  try {
    const file = path.join(folder, LEFT_OUT_FILE);
    const known = new Map(Object.entries((await readLayoutIfThere(file, LAYOUT)) ?? {}));
    let leftOut = known.get(source.name);
    if (leftOut === undefined && check?.onBadImage === 'skip') {
      leftOut = await findBadImages(source, check);
      const found = Object.fromEntries(known.set(source.name, leftOut));
      await writeFileAtomically(file, `${JSON.stringify(found)}\n`);
    }
    return leftOut === undefined || leftOut.length === 0 ? source : without(source, leftOut);
  } catch (error) {
    await source.close();
    throw error;
  }
}

const told = new WeakMap<Reporter, Set<string>>();

/** Notes on a data set, each once, since its splits may come from the same files. */
function tell(reporter: Reporter, notes: readonly string[]): void {
  const before = told.get(reporter) ?? new Set();
  told.set(reporter, before);
  for (const note of notes) if (!before.has(note)) reporter.note(note);
  for (const note of notes) before.add(note);
}

function without(source: ImageSource, leftOut: readonly number[]): ImageSource {
  const bad = new Set(leftOut);
  const all = Uint32Array.from({ length: source.count }, (_, row) => row);
  const rows = all.filter((row) => !bad.has(row));
  if (rows.length === 0)
    throw new CascadeError(`No image of ${source.name} can be decoded; check that it is what it should be.`);
  return someImages(source, source.name, rows);
}

/** Images tried at once; if one of them fails, each is tried by itself. */
const CHUNK = 32;

/** Numbers of the images that cannot be decoded; each is named to the reporter. */
export async function findBadImages(
  source: ImageSource,
  { reporter, signal }: CheckOptions,
): Promise<readonly number[]> {
  const bad: number[] = [];
  const pixels = new Uint8Array(CHUNK * elementCount(source.shape));
  const failure = async (rows: readonly number[]): Promise<string | undefined> => {
    try {
      await source.readImages(rows, pixels);
      return undefined;
    } catch (error) {
      if (error instanceof CascadeError) return error.message;
      throw error;
    }
  };
  const bar = reporter.bar(`Checking ${source.name}`, source.count);
  try {
    for (let first = 0; first < source.count; first += CHUNK) {
      signal?.throwIfAborted();
      const length = Math.min(CHUNK, source.count - first);
      const rows = Array.from({ length }, (_, index) => first + index);
      if ((await failure(rows)) !== undefined) {
        for (const row of rows) {
          const message = await failure([row]);
          if (message === undefined) continue;
          bad.push(row);
          reporter.note(`Left out: ${message.split(';')[0]}.`);
        }
      }
      bar.update(first + length);
    }
  } finally {
    bar.stop();
  }
  return bad;
}

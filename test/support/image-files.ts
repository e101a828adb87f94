import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { locateDataset, openSplit } from '../../lib/data/dataset.js';
import type { ImageSource } from '../../lib/data/image-source.js';

/** Small files of every format. */
export const FIXTURES = path.join('test', 'data', 'fixtures');

const CLASSES = { class_ids: ['n1', 'n2', 'n3'], class_names: ['red', 'green', 'blue'] };

/** Opens one group of files as a data set of 2×2 images in colour. */
export async function openFiles(
  folder: string,
  files: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ImageSource> {
  const description = {
    name: 'mine',
    title: 'Mine',
    format: 'image-folder',
    ...CLASSES,
    shape: [3, 2, 2],
    normalization: { mean: [0, 0, 0], std: [1, 1, 1] },
    files: { all: files },
    splits: {
      fit: { from: 'all', range: [0, 1] },
      calibration: { from: 'all', range: [1, 2] },
      test: { from: 'all', range: [2, 3] },
    },
    ...more,
  };
  await writeFile(path.join(folder, 'dataset.json'), JSON.stringify(description));
  return openSplit(await locateDataset(folder, folder), { from: 'all' });
}

/** Writes a grey picture of one level. */
export async function writePicture(file: string, level: number): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const background = { r: level, g: level, b: level };
  await sharp({ create: { width: 2, height: 2, channels: 3, background } })
    .png()
    .toFile(file);
}

/** The level of each image, asked for in this order. */
export async function levelsOf(source: ImageSource, indices: readonly number[]): Promise<number[]> {
  const into = new Uint8Array(indices.length * 12);
  await source.readImages(Uint32Array.from(indices), into);
  return indices.map((_, position) => into[12 * position]!);
}

import { existsSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { counted, grouped } from '../counted.js';
import { CascadeError, usageError } from '../errors.js';
import {
  type DatasetDescription,
  type FileGroup,
  loadDescription,
  type SplitDescription,
} from './dataset-description.js';
import type { ImageSource } from './image-source.js';
import { isOfTheSystem } from './lists/image-names.js';
import { openFiles } from './open-files.js';
import type { Preprocessing } from './pictures/preprocessing.js';

/** A data set with the folder that its files are in. */
export interface LocatedDataset {
  readonly description: DatasetDescription;
  readonly folder: string;
}

/** Where data sets live unless told otherwise: `CASCADE_DATA`, else `cascade` in the user's cache folder. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return (
    environment['CASCADE_DATA'] ??
    path.join(environment['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'cascade')
  );
}

/**
 * Finds a data set's files: in the folder named after it, in the folder itself, or beside the description.
 *
 * @throws CascadeError saying which file was looked for and how to get it.
 */
export async function locateDataset(name: string, dataFolder: string): Promise<LocatedDataset> {
  const { description, file } = await loadDescription(name);
  const candidates = [
    path.join(dataFolder, description.folder ?? description.name),
    dataFolder,
    path.dirname(file),
  ];
  const first = Object.values(description.files)[0]!;
  const folder = candidates.find((candidate) => first.some((group) => isThere(candidate, group)));
  if (folder !== undefined) return { description, folder };
  throw usageError(
    `${description.title} is not in ${dataFolder} (${first[0]!.paths[0]} was looked for); ${remedy(name, description)}.`,
  );
}

function remedy(name: string, { downloads, obtain }: DatasetDescription): string {
  if (downloads.length > 0) return `run \`cascade fetch ${name}\` or name its folder with --data-dir`;
  return obtain === undefined
    ? 'name its folder with --data-dir'
    : `${obtain}, then name its folder with --data-dir`;
}

function isThere(folder: string, { paths }: FileGroup): boolean {
  return paths.every((each) => filesOf(folder, each).length > 0);
}

/** What a path of a description stands for: all files that fit the one `*` in its name; the unpacked file where only its `.gz` is described. */
function filesOf(folder: string, name: string): readonly string[] {
  const file = path.join(folder, name);
  const base = path.basename(file);
  if (base.includes('*')) {
    const parent = path.dirname(file);
    const [start, end] = base.split('*', 2) as [string, string];
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .filter(
        (each) => each.length >= start.length + end.length && each.startsWith(start) && each.endsWith(end),
      )
      .filter((each) => !isOfTheSystem(each))
      .sort()
      .map((each) => path.join(parent, each));
  }
  return [file, file.replace(/\.gz$/, '')].filter((candidate) => existsSync(candidate)).slice(0, 1);
}

/** A data set whose photographs are resized as a network was trained to see them; as described where that is not known. */
export function resizedAs(dataset: LocatedDataset, preprocessing: Preprocessing | undefined): LocatedDataset {
  if (preprocessing === undefined) return dataset;
  return { ...dataset, description: { ...dataset.description, preprocessing } };
}

/**
 * Opens the images of a split, its range applied but not its halving, which depends on a seed.
 *
 * @throws CascadeError if a file is missing or damaged.
 */
export async function openSplit(
  { description, folder }: LocatedDataset,
  split: SplitDescription,
): Promise<ImageSource> {
  const layouts = description.files[split.from]!;
  const group = layouts.find((each) => isThere(folder, each)) ?? layouts[0]!;
  const files = group.paths.flatMap((each) => {
    const found = filesOf(folder, each);
    return found.length === 0 ? [path.join(folder, each)] : found;
  });
  const name = `${description.name}/${split.from}`;
  const source = await openFiles({ name, files, folder, group, description });
  if (source.shape.join() !== description.shape.join()) {
    await source.close();
    throw new CascadeError(
      `${files[0]} has images of ${source.shape.join('×')} where ${description.name} has ${description.shape.join('×')}.`,
    );
  }
  if (split.range === undefined) return source;
  const [start, end] = split.range;
  const within = someImages(
    source,
    `${name}[${start}:${end}]`,
    Uint32Array.from(
      { length: Math.max(0, Math.min(end, source.count) - start) },
      (_, index) => start + index,
    ),
  );
  if (source.count >= end) return within;
  if (within.count > 0) {
    const note = `${name} has ${counted(source.count, 'image')}: the split from ${start} to ${end} holds ${grouped(within.count)} of them.`;
    return { ...within, notes: [...(within.notes ?? []), note] };
  }
  await source.close();
  throw new CascadeError(
    `${name} has ${counted(source.count, 'image')}, and the split begins behind them at ${start}.`,
  );
}

/** Some images of a source, by their number in it, as a source of their own. */
export function someImages(source: ImageSource, name: string, rows: Uint32Array): ImageSource {
  return {
    ...source,
    name,
    count: rows.length,
    labels: Uint16Array.from(rows, (row) => source.labels[row]!),
    readImages: (indices, into) =>
      source.readImages(
        Uint32Array.from(indices, (index) => rows[index]!),
        into,
      ),
  };
}

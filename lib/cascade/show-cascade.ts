import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Calibrations, loadCalibrations } from '../artifact/calibrations.js';
import { loadManifest, type Manifest, type SplitRecords } from '../artifact/manifest.js';
import type { Timing } from '../artifact/timings/timing-schema.js';
import { loadTimings } from '../artifact/timings/timings.js';
import { readLayoutIfThere } from '../files/json-layout.js';
import { recordsFolder } from '../records/records.js';
import { META_FILE, RECORDS_LAYOUT, type RecordsMeta } from '../records/records-meta.js';

/** What lies in a cascade's folder. */
export interface ShownCascade {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly splits: readonly ShownSplit[];
  readonly timings: readonly Timing[];
  readonly calibrations: Calibrations;
  /** Files and folders by name. */
  readonly entries: readonly ShownEntry[];
}

export interface ShownSplit extends SplitRecords {
  readonly name: keyof Manifest['splits'];
  /** What is recorded; undefined where nothing is. */
  readonly recorded: Pick<RecordsMeta, 'source' | 'images'> | undefined;
}

export interface ShownEntry {
  readonly name: string;
  /** Bytes of a file, or of a folder with all that is in it. */
  readonly bytes: number;
}

/**
 * Looks at what a cascade's folder holds, without running or reading a network.
 *
 * @throws CascadeError if it is no cascade, or one of its files is damaged.
 */
export async function showCascade(folder: string): Promise<ShownCascade> {
  const manifest = await loadManifest(folder);
  const splits: ShownSplit[] = [];
  for (const name of ['calibration', 'test'] as const) {
    const split = manifest.splits[name];
    const file = path.join(recordsFolder(folder, split.records), META_FILE);
    splits.push({ ...split, name, recorded: await readLayoutIfThere(file, RECORDS_LAYOUT) });
  }
  return {
    ...{ folder, manifest, splits },
    timings: await loadTimings(folder, manifest),
    calibrations: await loadCalibrations(folder, manifest),
    entries: await entriesOf(folder),
  };
}

async function entriesOf(folder: string): Promise<readonly ShownEntry[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await bytesOf(path.join(folder, name)) })));
}

/** 0 for what has gone meanwhile, and for a link that leads nowhere. */
async function bytesOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isDirectory()) return found?.size ?? 0;
  const inside = await readdir(file, { recursive: true, withFileTypes: true });
  const files = inside.filter((entry) => entry.isFile());
  const sizes = files.map(({ parentPath, name }) => bytesOf(path.join(parentPath, name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Need, type NeededPath, neededPath } from './needs.js';

const SHARED = path.join('..', 'shared');

/** A trained network, or its reference logits. */
export function trainedModel(name: string): NeededPath {
  return neededPath(path.join(SHARED, 'data', 'models', name), name);
}

/** An input that a public report or an attack is made of, or that once failed. */
export function sharedCase(...name: readonly string[]): NeededPath {
  return neededPath(path.join(SHARED, 'cases', ...name), name.join('/'));
}

/** A folder of photographs in folders by their class. */
export const PHOTOGRAPHS = neededPath(
  path.join(SHARED, 'data', 'imagenet-sample', 'val'),
  'a sample of photographs',
);

/** CIFAR-10 and CIFAR-100, and the folder in the archives of each. */
const CIFAR = {
  cifar10: { title: 'CIFAR-10', folder: 'cifar-10-batches-bin' },
  cifar100: { title: 'CIFAR-100', folder: 'cifar-100-binary' },
} as const;

export type CifarName = keyof typeof CIFAR;

/** Writes both data sets into a folder, from their lossless pictures. */
const UNPACK = path.join(SHARED, 'data', 'unpack.mjs');

/** Where the data sets are looked for, and unpacked for all tests. */
const DATA = process.env['CASCADE_DATA'] ?? path.join(tmpdir(), 'cascade-data');

export function cifar(name: CifarName): Need {
  const { title, folder } = CIFAR[name];
  // What is in the folder already is the user's: nothing is unpacked beside it.
  const isHere = existsSync(path.join(DATA, folder)) || (existsSync(UNPACK) && !existsSync(DATA));
  return { isHere, reason: `${title} is not here` };
}

/** The folder with both data sets in their official layout, as `--data-dir` takes it, for a test that needs one of them. */
export async function cifarFolder(): Promise<string> {
  if (existsSync(DATA)) return DATA;
  // Unpacked aside and renamed at the end, so that a test beside this one never sees half of it; the first one wins.
  const aside = await mkdtemp(`${DATA}-`);
  await promisify(execFile)(process.execPath, [UNPACK, aside]);
  await rename(aside, DATA).catch(() => rm(aside, { recursive: true }));
  return DATA;
}

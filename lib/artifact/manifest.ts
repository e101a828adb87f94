import path from 'node:path';
import type { Preprocessing } from '../data/preprocessing.js';
import { CascadeError } from '../errors.js';
import { writeFileAtomically } from '../files/atomic-write.js';
import { readJson } from '../files/read-json.js';
import type { HeadKindName } from '../heads/head-kinds.js';
import type { MacConvention } from '../network/macs.js';
import type { Normalization } from '../network/pixel-input.js';

/** Version of the folder's layout that this program writes and reads. */
export const SCHEMA = 1;

/** Where the inputs of a split are recorded. */
export interface SplitRecords {
  /** Folder under `records/`. */
  readonly records: string;
  /** The first or second half of a seeded stratified halving; all of it when left out. */
  readonly half?: 0 | 1;
}

export interface ManifestExit {
  /** Residual block after which the exit stands, counted from 0; for imported records the exit's own number. */
  readonly block: number;
  readonly name: string;
  readonly head: HeadKindName | 'imported';
  /** Multiply-accumulates of the backbone up to the exit. */
  readonly backbone_macs: number;
  readonly head_macs: number;
  /** Accuracy on the fitting images that were held out, in percent; null for imported records. */
  readonly held_out_accuracy_percent: number | null;
}

/** How the heads were fitted. */
export interface FitSummary {
  readonly split: string;
  readonly images: number;
  readonly augmented_passes: number;
  /** Of each head, in the order of the exits. */
  readonly epochs: readonly number[];
  readonly backend: string;
}

/** The parts of a cascade that only one with a network has. */
export interface BackboneSummary {
  readonly file: string;
  readonly sha256: string;
  readonly architecture: string;
  readonly input_shape: readonly number[];
  readonly normalization: Normalization;
  /** How photographs become images of the input's shape; stretched where an older program left it out. */
  readonly preprocessing?: Preprocessing;
}

/** `cascade.json`: what a cascade folder is. */
export interface Manifest {
  readonly schema: number;
  readonly cascade_version: string;
  readonly name: string;
  readonly dataset: string;
  readonly classes: number;
  readonly class_names: readonly string[];
  readonly full_macs: number;
  readonly mac_convention: MacConvention;
  readonly exits: readonly ManifestExit[];
  readonly splits: { readonly calibration: SplitRecords; readonly test: SplitRecords };
  readonly seed: number;
  /** Absent for imported records. */
  readonly backbone?: BackboneSummary;
  readonly fit?: FitSummary;
  readonly engine?: { readonly name: string; readonly version: string; readonly backend?: string };
}

export const MANIFEST_FILE = 'cascade.json';

/**
 * Reads a cascade folder's `cascade.json`.
 *
 * @throws CascadeError if the folder is no cascade, is damaged, or was written by a newer program.
 */
export async function loadManifest(folder: string): Promise<Manifest> {
  const manifest = (await readJson(
    path.join(folder, MANIFEST_FILE),
    `${folder} is not a cascade; make one with \`cascade attach\` or \`cascade import-records\``,
  )) as Partial<Manifest>;
  const { schema, exits, splits } = manifest;
  const file = path.join(folder, MANIFEST_FILE);
  if (typeof schema === 'number') checkSchema(schema, SCHEMA, file);
  if (typeof schema !== 'number' || !Array.isArray(exits) || splits === undefined) {
    throw new CascadeError(`${file} is damaged; attach again.`);
  }
  return manifest as Manifest;
}

export async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFileAtomically(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** @throws CascadeError if a file is of a newer layout than this program knows. */
export function checkSchema(found: number, known: number, file: string): void {
  if (found > known) {
    throw new CascadeError(
      `${file} has schema ${found} and this cascade reads up to ${known}; install a newer cascade.`,
    );
  }
}

import path from 'node:path';
import type { Manifest } from '../../artifact/manifest.js';
import { readLayout } from '../../files/json-layout.js';
import { sha256OfFile } from '../../files/sha256.js';
import { recordsFolder } from '../../records/records.js';
import { META_FILE, RECORDS_LAYOUT } from '../../records/records-meta.js';
import type { RunRecord } from './run-record.js';

/** What a run's figures are of. */
export type RunSources = Required<Pick<RunRecord, 'weights' | 'data'>>;

/**
 * The trained networks of a cascade, and what is recorded of its images: the SHA-256 of each `meta.json`, which names those of all files
 * beside it.
 *
 * @throws CascadeError if records are missing or damaged.
 */
export async function cascadeSources(folder: string, manifest: Manifest): Promise<RunSources> {
  const { members, backbone, splits } = manifest;
  const networks = members ?? (backbone === undefined ? [] : [backbone]);
  const data = [];
  for (const name of new Set([splits.calibration.records, splits.test.records])) {
    const records = recordsFolder(folder, name);
    const file = path.join(records, META_FILE);
    const { source, images } = await readLayout(
      file,
      RECORDS_LAYOUT,
      `${records} holds no records; attach again`,
    );
    data.push({ source, images, sha256: await sha256OfFile(file) });
  }
  return { weights: networks.map(({ file, sha256 }) => ({ file, sha256 })), data };
}

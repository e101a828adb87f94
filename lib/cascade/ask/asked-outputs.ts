import path from 'node:path';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { sha256OfFile } from '../../files/sha256.js';
import { readOutputs } from '../../records/recorded-cascade.js';
import { openRecords } from '../../records/records.js';
import { META_FILE } from '../../records/records-meta.js';
import { ASK_FILES } from './ask-record.js';

/** The outputs of all images of a folder that `ask` made, and what seals them. Their labels mean nothing. */
export interface AskedOutputs {
  readonly outputs: RecordedOutputs;
  readonly sha256: string;
}

/** @throws CascadeError if the outputs are missing or damaged. */
export async function loadAskedOutputs(folder: string): Promise<AskedOutputs> {
  const records = path.join(folder, ASK_FILES.outputs);
  const reader = await openRecords(records);
  try {
    return {
      outputs: await readOutputs(reader, 0, reader.meta.images),
      sha256: await sha256OfFile(path.join(records, META_FILE)),
    };
  } finally {
    await reader.close();
  }
}

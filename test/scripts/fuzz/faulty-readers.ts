import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError } from '../../../lib/errors.js';
import type { Reader } from '../../../scripts/fuzz/reader.js';

/** What is done with a damaged file, by the fault that it is. */
const FAULTS: Readonly<Record<string, (folder: string) => unknown>> = {
  throws: () => (undefined as unknown as Buffer).length,
  'says what is inside': () => {
    throw new CascadeError('weights.pt: Cannot read properties of undefined.');
  },
  'rejects later': () => {
    void Promise.reject(new Error('later'));
  },
  'throws later': () => {
    process.nextTick(() => {
      throw new Error('later');
    });
  },
  crashes: () => process.abort(),
  computes: () => {
    for (;;);
  },
  waits: () => new Promise(() => {}),
  'takes memory': () => Buffer.alloc(400e6, 1),
  'keeps objects': () => {
    for (const kept: object[] = []; ; ) kept.push({ kept });
  },
  'writes inside': (folder) => writeFile(path.join(folder, 'more'), ''),
  'writes outside': (folder) => writeFile(path.join(folder, '..', 'more'), ''),
  refuses: () => {
    throw new CascadeError('weights.pt is damaged; get the file again.');
  },
  accepts: () => undefined,
};

const WHOLE = 'whole';

/** Readers that each take a whole file, and do one thing wrong with any other. */
export const READERS: readonly Reader[] = Object.entries(FAULTS).map(([name, fault]) => ({
  name,
  samples: () => [{ 'weights.pt': Buffer.from(WHOLE) }],
  mutationOf: () => () => Buffer.from('damaged'),
  async read(folder) {
    const content = await readFile(path.join(folder, 'weights.pt'), 'utf8');
    if (content !== WHOLE) await fault(folder);
  },
}));

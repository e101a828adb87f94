import { usageError } from '../../lib/errors.js';
import type { Reader } from './reader.js';
import { ARCHIVE_READERS } from './readers/archives.js';
import { ARRAY_READERS } from './readers/arrays.js';
import { CASCADE_READERS } from './readers/cascade-folder.js';
import { CHAIN_READERS } from './readers/chain.js';
import { FAMILY_READERS } from './readers/families.js';
import { IMAGE_READERS } from './readers/images.js';
import { KEPT_READERS } from './readers/kept.js';
import { KERAS_READERS } from './readers/keras.js';
import { LIST_READERS } from './readers/lists.js';
import { PASSING_READERS } from './readers/passing-through.js';
import { RESULT_READERS } from './readers/results.js';
import { UNFINISHED_READERS } from './readers/unfinished.js';
import { WEIGHT_READERS } from './readers/weights.js';

/** Everything in cascade that reads files from anywhere. */
export const READERS: readonly Reader[] = [
  ...WEIGHT_READERS,
  ...FAMILY_READERS,
  ...PASSING_READERS,
  ...KERAS_READERS,
  ...ARRAY_READERS,
  ...IMAGE_READERS,
  ...LIST_READERS,
  ...ARCHIVE_READERS,
  ...CASCADE_READERS,
  ...CHAIN_READERS,
  ...KEPT_READERS,
  ...UNFINISHED_READERS,
  ...RESULT_READERS,
];

/** @throws CascadeError if there is none of that name. */
export function readerNamed(name: string): Reader {
  const found = READERS.find((reader) => reader.name === name);
  if (found !== undefined) return found;
  throw usageError(`--reader ${name} is none of ${READERS.map((reader) => reader.name).join(', ')}.`);
}

import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { type CascadeError, usageError } from '../errors.js';
import { DESCRIPTIONS } from './imagenet-ids.js';
import { nearest } from './nearest.js';

/** What describes the images of a folder. */
export const DESCRIPTION_FILE = 'dataset.json';

/** The names that `--data` takes. */
export async function knownDatasets(): Promise<readonly string[]> {
  const entries = await readdir(DESCRIPTIONS, { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      if (entry.isDirectory()) return entry.name;
      return entry.name.endsWith('.json') && entry.name !== 'backbones.json' ? entry.name.slice(0, -5) : [];
    })
    .sort();
}

/** The file that describes the data set of a name, which may also be a folder with such a file, or the file; undefined if there is none. */
export function findDescription(name: string): string | undefined {
  const candidates = [
    path.join(DESCRIPTIONS, `${name}.json`),
    path.join(DESCRIPTIONS, name, DESCRIPTION_FILE),
    path.join(name, DESCRIPTION_FILE),
    ...(name.endsWith('.json') ? [name] : []),
  ];
  return candidates.find((candidate) => existsSync(candidate));
}

/** The error of a `--data` that `findDescription` finds nothing by. */
export async function noDescription(name: string): Promise<CascadeError> {
  const known = await knownDatasets();
  const found = statSync(name, { throwIfNoEntry: false });
  if (found?.isDirectory())
    return usageError(
      `--data ${name} is a folder without a ${DESCRIPTION_FILE}, which says what its images are; write one as datasets/README.md shows, or, if it holds the files of a known data set, name that with --data (${known.join(', ')}) and the folder with --data-dir.`,
    );
  if (found !== undefined)
    return usageError(
      `--data ${name} is a file, and no description of a data set; give the name of a known one (${known.join(', ')}), or a folder with a ${DESCRIPTION_FILE}, which datasets/README.md shows how to write.`,
    );
  const suggestion = nearest(name, known);
  return usageError(
    `--data ${name} is neither a known data set (${known.join(', ')}) nor a folder with a ${DESCRIPTION_FILE}, which datasets/README.md shows how to write${suggestion === undefined ? '.' : `; did you mean ${suggestion}?`}`,
  );
}

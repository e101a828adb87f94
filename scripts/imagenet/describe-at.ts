import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Where the descriptions go, in the working folder. */
const FOLDER = 'imagenet-data';

interface Variant {
  readonly preprocessing: object;
  /** Another name than the data set's and the side. */
  readonly called?: string;
  /** Images that are calibrated and tested on together, from the first on; all of the split when left out. */
  readonly tested?: number;
}

/**
 * Describes a data set of `datasets/` at another size.
 *
 * @param side of the square images.
 * @returns the folder of the description, for `--data`.
 */
export async function describeAt(
  name: string,
  side: number,
  { preprocessing, called = `${name}-${side}`, tested }: Variant,
): Promise<string> {
  const text = await readFile(path.join('datasets', `${name}.json`), 'utf8');
  const { downloads: _downloads, ...description } = JSON.parse(text);
  const { calibration, test } = description.splits;
  const range = tested === undefined ? {} : { range: [0, tested] };
  const folder = path.join(FOLDER, called);
  await mkdir(folder, { recursive: true });
  const variant = {
    ...description,
    ...{ name: called, shape: [3, side, side], preprocessing },
    splits: { ...description.splits, calibration: { ...calibration, ...range }, test: { ...test, ...range } },
  };
  await writeFile(path.join(folder, 'dataset.json'), `${JSON.stringify(variant, null, 2)}\n`);
  return folder;
}

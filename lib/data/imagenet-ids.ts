import path from 'node:path';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../files/package-root.js';
import { readJson } from '../files/read-json.js';

/** The folder of the descriptions that come with the package. */
export const DESCRIPTIONS = path.join(PACKAGE_ROOT, 'datasets');

const schema = z.object({ class_ids: z.array(z.string()) });

/** The WordNet ids of ImageNet's 1,000 classes in their order, which is that of the outputs of a network trained on them. */
export async function imagenetIds(): Promise<readonly string[]> {
  const file = path.join(DESCRIPTIONS, 'imagenet.json');
  return schema.parse(await readJson(file, `${file} is not there`)).class_ids;
}

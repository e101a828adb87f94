import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../files/package-root.js';
import { downloadSchema } from './download/download-schema.js';
import { normalizationSchema } from './normalization-schema.js';
import { preprocessingSchema } from './pictures/preprocessing.js';

const schema = z.array(
  z.strictObject({
    /** What `cascade fetch` calls it; none where it cannot be downloaded. */
    name: z.string().optional(),
    title: z.string(),
    sha256: z.string().optional(),
    sha256_prefix: z.string().optional(),
    url: downloadSchema.shape.url.optional(),
    size: downloadSchema.shape.size,
    license: z.string().optional(),
    normalization: normalizationSchema,
    /** How its photographs are resized, where that differs from what the data set says. */
    preprocessing: preprocessingSchema.optional(),
  }),
);

/** Published weights that are known by their checksum. */
export type KnownBackbone = z.infer<typeof schema>[number];

/** Reads the catalogue of known weights, `datasets/backbones.json`. */
export async function knownBackbones(): Promise<readonly KnownBackbone[]> {
  const file = path.join(PACKAGE_ROOT, 'datasets', 'backbones.json');
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The known weights whose checksum is this. */
export async function backboneWith(sha256: string): Promise<KnownBackbone | undefined> {
  const all = await knownBackbones();
  return all.find((known) => {
    const wanted = known.sha256 ?? known.sha256_prefix;
    return wanted !== undefined && sha256.startsWith(wanted);
  });
}

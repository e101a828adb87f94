import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { createRandom } from '../../lib/stats/random.js';

/** Rows and columns of a generated picture: about what ImageNet's have, at a smaller file. */
const SIZE = { height: 256, width: 341 } as const;

/** What the crops are cut from: photographs of this many columns. */
const PHOTOGRAPH_WIDTH = 640;

/**
 * Writes JPEGs that are crops of photographs, mirrored and brightened at random, into a folder for each class in turn.
 *
 * @param photographs a folder of image files, also in folders below.
 */
export async function generateImages(
  photographs: string,
  folder: string,
  classes: readonly string[],
  count: number,
): Promise<void> {
  const random = createRandom(count);
  const names = (await readdir(photographs, { recursive: true }))
    .filter((name) => /\.jpe?g$/i.test(name))
    .sort();
  const sources = await Promise.all(
    names.map((name) =>
      sharp(path.join(photographs, name))
        .resize({ width: PHOTOGRAPH_WIDTH, height: 480, fit: 'cover' })
        .toColourspace('srgb')
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  for (const name of classes) await mkdir(path.join(folder, name), { recursive: true });
  const CHUNK = 32;
  for (let first = 0; first < count; first += CHUNK) {
    const last = Math.min(first + CHUNK, count);
    await Promise.all(
      Array.from({ length: last - first }, async (_, offset) => {
        const number = first + offset;
        const { data, info } = sources[Math.floor(random() * sources.length)]!;
        const picture = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
          .extract({
            left: Math.floor(random() * (info.width - SIZE.width)),
            top: Math.floor(random() * (info.height - SIZE.height)),
            ...SIZE,
          })
          .flop(random() < 0.5)
          .modulate({ brightness: 0.7 + 0.6 * random() });
        const name = `${String(number).padStart(6, '0')}.jpg`;
        const jpeg = await picture.jpeg({ quality: 85 }).toBuffer();
        await writeFile(path.join(folder, classes[number % classes.length]!, name), jpeg);
      }),
    );
  }
}

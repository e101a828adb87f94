import path from 'node:path';
import sharp from 'sharp';
import { decodeImage } from '../../../lib/data/pictures/decode-image.js';
import { STRETCH } from '../../../lib/data/pictures/preprocessing.js';
import { type Mutation, oneOf, rarely } from '../mutation.js';
import { damageBytes, damageMostly } from '../mutations/bytes.js';
import { damagePng } from '../mutations/png.js';
import { only, type Reader } from '../reader.js';
import { noiseBytes } from '../samples.js';

const FORMATS = ['jpeg', 'png', 'gif', 'webp', 'tiff', 'avif'] as const;
type Format = (typeof FORMATS)[number];

/** Pixels along a side of the samples. */
const SIDE = 12;

async function encoded(format: Format, channels: 3 | 4): Promise<Buffer> {
  const raw = { width: SIDE, height: SIDE, channels };
  const opened = sharp(noiseBytes(SIDE * SIDE * channels), { raw });
  return opened
    .withExif({ IFD0: { ImageDescription: 'noise' } })
    .toFormat(format)
    .toBuffer();
}

/** Pixels along a side of an image that is large but for its bytes. */
const LARGE = 16_000;
const large = new Map<Format, Promise<Buffer>>();

/** An image of one colour, which takes a few hundred kilobytes and stands for three quarters of a gigabyte. */
function largeImage(format: Format): Mutation {
  return () => {
    const background = { r: 1, g: 2, b: 3 };
    const made =
      large.get(format) ??
      sharp({ create: { width: LARGE, height: LARGE, channels: 3, background } })
        .toFormat(format)
        .toBuffer();
    large.set(format, made);
    return made;
  };
}

function imageReader(format: Format): Reader {
  const inside = format === 'png' ? oneOf(damagePng, damagePng, damageBytes) : damageMostly(() => [[0, 200]]);
  // Encoding AV1 of that size takes minutes, and WebP holds at most 16,383 pixels a side.
  const hasLarge = format !== 'avif' && format !== 'webp';
  return {
    name: `image-${format}`,
    samples: async () =>
      Promise.all(
        ([3, 4] as const)
          .filter((channels) => channels === 3 || format !== 'jpeg')
          .map(async (channels) => ({ [`image.${format}`]: await encoded(format, channels) })),
      ),
    mutationOf: () => (hasLarge ? rarely(2000, largeImage(format), inside) : inside),
    async read(folder, files) {
      const file = path.join(folder, only(files));
      await decodeImage(file, file, [3, 8, 8], { preprocessing: STRETCH });
      await decodeImage(file, file, [1, 8, 8], { preprocessing: STRETCH, upright: true });
    },
  };
}

export const IMAGE_READERS = FORMATS.map(imageReader);

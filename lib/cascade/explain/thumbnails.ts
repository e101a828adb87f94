import type { Manifest } from '../../artifact/manifest.js';
import type { ImageSource } from '../../data/image-source.js';
import { loadSharp } from '../../data/pictures/load-sharp.js';
import { stratifiedHalves } from '../../data/split.js';
import { CascadeError } from '../../errors.js';

/** Longest side of a small picture, in pixels; smaller images stay as they are. */
const LONGEST = 96;

const JPEG_QUALITY = 80;

/** Pictures of images of a cascade's test split as data URLs, by their numbers in it. */
export type Thumbnails = ReadonlyMap<number, string>;

/**
 * Makes small pictures of some images of a cascade's test split.
 *
 * @param source of the split, not halved.
 * @param labels recorded of the images of the split, by which it is known again.
 * @throws CascadeError if the source holds other images than were recorded.
 */
export async function thumbnails(
  { splits }: Pick<Manifest, 'splits'>,
  source: ImageSource,
  labels: Uint16Array,
  splitSeed: number,
  images: Iterable<number>,
): Promise<Thumbnails> {
  const { half } = splits.test;
  const rows = half === undefined ? undefined : stratifiedHalves(source.labels, splitSeed)[half];
  const rowOf = (image: number): number => rows?.[image] ?? image;
  const isSame =
    (rows ?? source.labels).length === labels.length &&
    labels.every((label, image) => source.labels[rowOf(image)] === label);
  if (!isSame)
    throw new CascadeError(
      `${source.name} holds other images than were recorded; name the data set that the cascade was made with by --data and --data-dir.`,
    );
  const pictures = new Map<number, string>();
  const pixels = new Uint8Array(source.shape[0] * source.shape[1] * source.shape[2]);
  for (const image of new Set(images)) {
    await source.readImages([rowOf(image)], pixels);
    pictures.set(image, await dataUrl(pixels, source.shape));
  }
  return pictures;
}

async function dataUrl(pixels: Uint8Array, [channels, height, width]: ImageSource['shape']): Promise<string> {
  const sharp = loadSharp();
  const size = height * width;
  // Channel-first to channel-last, as sharp takes it; what has neither one channel nor three is shown by its first.
  const shown = channels === 3 ? 3 : 1;
  const interleaved = Uint8Array.from(
    { length: shown * size },
    (_, index) => pixels[(index % shown) * size + Math.floor(index / shown)]!,
  );
  const picture = sharp(interleaved, { raw: { width, height, channels: shown } });
  if (Math.max(width, height) <= LONGEST)
    return `data:image/png;base64,${(await picture.png({ compressionLevel: 9 }).toBuffer()).toString('base64')}`;
  const small = picture.resize(LONGEST, LONGEST, { fit: 'inside' }).jpeg({ quality: JPEG_QUALITY });
  return `data:image/jpeg;base64,${(await small.toBuffer()).toString('base64')}`;
}

import type { Sharp, SharpConstructor } from 'sharp';
import { CascadeError } from '../errors.js';
import { type Preprocessing, planResize, type Size } from './preprocessing.js';
import { type DecodedPixels, resample } from './resample.js';

export interface DecodeOptions {
  readonly preprocessing: Preprocessing;
  /**
   * Turned upright as its EXIF orientation says, and transparency laid on black, as a viewer shows it. Otherwise the pixels as they
   * are stored, alpha dropped: what Pillow's `convert('RGB')`, and so torchvision, gives networks to train on.
   */
  readonly asViewed?: boolean;
  /** What its user may do about an image that cannot be decoded, without a full stop. */
  readonly remedy?: string;
}

/**
 * Decodes an image to pixels 0 … 255, channel-first, of the given shape. Colour profiles are left alone, as Pillow does, and with
 * them the pixels of JPEG and PNG files equal Pillow's to the byte.
 *
 * @param image a file's path or its content.
 * @param name what to call it in errors.
 * @throws CascadeError if it cannot be decoded.
 */
export async function decodeImage(
  image: string | Uint8Array,
  name: string,
  [channels, height, width]: readonly [channels: number, height: number, width: number],
  { preprocessing, asViewed = false, remedy }: DecodeOptions,
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  let colours: DecodedPixels;
  try {
    const opened = sharp(image, { failOn: 'error', ignoreIcc: true });
    const { space } = await opened.metadata();
    colours = await decodeColours(asViewed ? opened.autoOrient().flatten() : opened, space === 'cmyk');
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0]! : String(error);
    if (reason.startsWith('Input file is missing'))
      throw new CascadeError(`${name} cannot be read: no such file or directory.`);
    const advice = remedy === undefined ? '' : `; ${remedy}`;
    throw new CascadeError(`${name} cannot be decoded as an image: ${reason}${advice}.`, undefined, {
      cause: error,
    });
  }
  const pixels = channels === 1 ? toGrey(colours) : colours;
  return resample(
    pixels,
    planResize(pixels, { width, height }, preprocessing),
    { width, height },
    preprocessing,
  );
}

/** The decoder: one thread an image, since images are decoded side by side, and no memory of those that are done. */
async function loadSharp(): Promise<SharpConstructor> {
  const { default: sharp } = await import('sharp');
  sharp.concurrency(1);
  sharp.cache(false);
  return sharp;
}

async function decodeColours(image: Sharp, isCmyk: boolean): Promise<DecodedPixels> {
  const converted = isCmyk
    ? image.pipelineColourspace('cmyk').toColourspace('cmyk')
    : image.toColourspace('srgb').removeAlpha();
  const { data, info } = await converted.raw().toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height };
  return { data: isCmyk ? fromCmyk(data, size) : data, ...size, channels: 3 };
}

/** Ink to light as Pillow does it, in bytes. */
function fromCmyk(inks: Uint8Array, { width, height }: Size): Uint8Array {
  const colours = new Uint8ClampedArray(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const light = 255 - inks[4 * pixel + 3]!;
    for (let ink = 0; ink < 3; ink++) {
      const product = inks[4 * pixel + ink]! * light + 128;
      colours[3 * pixel + ink] = light - (((product >> 8) + product) >> 8);
    }
  }
  return new Uint8Array(colours.buffer);
}

/** Luma of ITU-R BT.601 with Pillow's 16-bit weights; grey stays what it is. */
function toGrey({ data, width, height, channels }: DecodedPixels): DecodedPixels {
  const grey = new Uint8Array(width * height);
  for (let pixel = 0; pixel < grey.length; pixel++) {
    const [red, green, blue] = [
      data[channels * pixel]!,
      data[channels * pixel + 1]!,
      data[channels * pixel + 2]!,
    ];
    grey[pixel] = (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
  }
  return { data: grey, width, height, channels: 1 };
}

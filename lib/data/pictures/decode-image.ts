import type { Metadata, Sharp } from 'sharp';
import { CascadeError } from '../../errors.js';
import { readWhole } from '../../files/open-for-reading.js';
import { damageReason } from '../damage-reason.js';
import { decodeBmp } from './bmp.js';
import { type OpaqueGif, opaqueGif } from './gif-palette.js';
import { FORMAT_NAMES, type ImageFormat, imageFormat } from './image-format.js';
import { loadSharp } from './load-sharp.js';
import { checkPixels, withPixels } from './pixel-limit.js';
import { decodePnm } from './pnm.js';
import { type Preprocessing, planResize, type Size } from './preprocessing.js';
import { type DecodedPixels, resample } from './resample.js';
import { hasUnreadColours } from './tiff-colours.js';

export interface DecodeOptions {
  readonly preprocessing: Preprocessing;
  /**
   * Turned upright as its EXIF orientation says, as a viewer shows it. Otherwise only TIFF is, as Pillow does it. Alpha is dropped either
   * way: these are the pixels that Pillow's `convert('RGB')`, and so torchvision, gives networks to train on.
   */
  readonly upright?: boolean;
  /** What its user may do about an image that cannot be decoded, without a full stop. */
  readonly remedy?: string;
}

/**
 * Decodes an image to pixels 0 … 255, channel-first, of the given shape. What it is its bytes tell, not its name. Colour profiles are left
 * alone, as Pillow does, and with them the pixels of JPEG, PNG, GIF, BMP, PPM and PGM files equal Pillow's to the byte.
 *
 * @param image a file's path or its content.
 * @param name what to call it in errors.
 * @throws CascadeError if it cannot be read or decoded, or has more than `MOST_PIXELS`.
 */
export async function decodeImage(
  image: string | Uint8Array,
  name: string,
  [channels, height, width]: readonly [channels: number, height: number, width: number],
  { preprocessing, upright = false, remedy }: DecodeOptions,
): Promise<Uint8Array> {
  const bytes = typeof image === 'string' ? await readWhole(image) : image;
  const prepare = (colours: DecodedPixels): Uint8Array => {
    const pixels = channels === 1 ? toGrey(colours) : colours;
    const output = { width, height };
    return resample(pixels, planResize(pixels, output, preprocessing), output, preprocessing);
  };
  try {
    const format = imageFormat(bytes);
    if (format === undefined) throw new Error(`it is of no format that is read (${FORMAT_NAMES})`);
    const decoder = await openDecoder(bytes, format, upright);
    return await withPixels(decoder.width * decoder.height, async () => prepare(await decoder.decode()));
  } catch (error) {
    const reason = damageReason(error);
    const advice = remedy === undefined ? '' : `; ${remedy}`;
    throw new CascadeError(`${name} cannot be decoded as an image: ${reason}${advice}.`, undefined, {
      cause: error,
    });
  }
}

/** Where a PNG says what its numbers are, and that they are levels of grey without alpha. */
const [PNG_COLOUR_TYPE, PNG_GREY] = [25, 0];

/** A picture of known size. */
interface ImageDecoder extends Size {
  decode(): Promise<DecodedPixels>;
}

async function openDecoder(bytes: Uint8Array, format: ImageFormat, upright: boolean): Promise<ImageDecoder> {
  // These take no more than some bytes for each of the file's.
  if (format === 'bmp') return decoded(decodeBmp(bytes));
  if (format === 'pnm') return decoded(decodePnm(bytes));
  const sharp = loadSharp();
  if (format === 'tiff' && hasUnreadColours(bytes))
    throw new Error('its colours are stored as YCbCr; save it as PNG');
  // The library's own limit would be reported in its own words.
  const options = { failOn: 'error', ignoreIcc: true, limitInputPixels: false } as const;
  if (format === 'gif') {
    const gif = opaqueGif(bytes);
    const picture = sharp(gif.bytes, options);
    const size = await sizeOf(picture);
    return { ...size, decode: async () => onBackground(await decodeColours(picture, size), gif) };
  }
  const picture = sharp(bytes, options);
  const size = await sizeOf(picture);
  const turned = upright || format === 'tiff' ? picture.autoOrient() : picture;
  // A level that counts as transparent comes as a channel of alpha, and Pillow leaves it out of account.
  const stored =
    format === 'png' && bytes[PNG_COLOUR_TYPE] === PNG_GREY ? { ...size, channels: 1 as const } : size;
  return { ...size, decode: () => decodeColours(turned, stored) };
}

function decoded(pixels: DecodedPixels): ImageDecoder {
  return { ...pixels, decode: async () => pixels };
}

/** @throws Error if there are more pixels than are decoded. */
async function sizeOf(picture: Sharp): Promise<Metadata & Size> {
  const metadata = await picture.clone().metadata();
  checkPixels(metadata);
  return metadata;
}

interface RawPixels extends Size {
  readonly data: Uint8Array;
}

async function rawOf(image: Sharp): Promise<RawPixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}

async function decodeColours(image: Sharp, { space, depth, channels }: Metadata): Promise<DecodedPixels> {
  if (space === 'cmyk') return fromCmyk(await rawOf(image.pipelineColourspace('cmyk').toColourspace('cmyk')));
  if (depth === 'ushort' && channels === 1) return fromWideGrey(image);
  return { ...(await rawOf(image.toColourspace('srgb').removeAlpha())), channels: 3 };
}

/** Grey of 16 bits as Pillow makes bytes of it, for better or worse: cut off at 255, and not scaled. */
async function fromWideGrey(image: Sharp): Promise<DecodedPixels> {
  const { data, info } = await image
    .toColourspace('grey16')
    .extractChannel(0)
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const levels = Uint8ClampedArray.from(new Uint16Array(data.buffer, data.byteOffset, data.length / 2));
  const colours = new Uint8Array(3 * levels.length);
  for (const [pixel, level] of levels.entries()) colours.fill(level, 3 * pixel, 3 * pixel + 3);
  return { data: colours, width: info.width, height: info.height, channels: 3 };
}

/** A GIF's colours where its picture is, and the background elsewhere. */
function onBackground(
  { data, width, height }: DecodedPixels,
  { covered, background }: OpaqueGif,
): DecodedPixels {
  const colours = Uint8Array.from(data);
  for (let row = 0; row < height; row++) {
    const isBeside = row < covered.top || row >= covered.bottom;
    for (let column = 0; column < width; column++)
      if (isBeside || column < covered.left || column >= covered.right)
        colours.set(background, 3 * (row * width + column));
  }
  return { data: colours, width, height, channels: 3 };
}

/** Ink to light as Pillow does it, in bytes. */
function fromCmyk({ data: inks, width, height }: RawPixels): DecodedPixels {
  const colours = new Uint8ClampedArray(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const light = 255 - inks[4 * pixel + 3]!;
    for (let ink = 0; ink < 3; ink++) {
      const product = inks[4 * pixel + ink]! * light + 128;
      colours[3 * pixel + ink] = light - (((product >> 8) + product) >> 8);
    }
  }
  return { data: new Uint8Array(colours.buffer), width, height, channels: 3 };
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

/** Kinds of pictures that are decoded. */
export type ImageFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'avif' | 'bmp' | 'pnm';

/** Their names, for people. */
export const FORMAT_NAMES = 'JPEG, PNG, GIF, WebP, TIFF, AVIF, BMP, PPM or PGM';

const PNG = '\x89PNG\r\n\x1a\n';
const TIFF = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'];

/** By the beginning of a file, a character a byte. */
const IS_FORMAT: Readonly<Record<ImageFormat, (beginning: string) => boolean>> = {
  jpeg: (beginning) => beginning.startsWith('\xff\xd8\xff'),
  png: (beginning) => beginning.startsWith(PNG),
  gif: (beginning) => /^GIF8[79]a/.test(beginning),
  webp: (beginning) => beginning.startsWith('RIFF') && beginning.startsWith('WEBP', 8),
  tiff: (beginning) => TIFF.some((mark) => beginning.startsWith(mark)),
  avif: (beginning) => beginning.startsWith('ftyp', 4) && /avi[fs]/.test(beginning.slice(8)),
  bmp: (beginning) => beginning.startsWith('BM'),
  pnm: (beginning) => /^P[2356][\s#]/.test(beginning),
};

/** Bytes that tell what a file is. */
const BEGINNING_BYTES = 48;

/**
 * The kind of a picture by its first bytes, whatever its name is; undefined if it is none that is decoded. Libraries guess more kinds, and
 * one of them, SVG, is a program that may read other files.
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  const beginning = Buffer.from(bytes.subarray(0, BEGINNING_BYTES)).toString('latin1');
  return (Object.keys(IS_FORMAT) as ImageFormat[]).find((format) => IS_FORMAT[format](beginning));
}

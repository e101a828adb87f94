import { checkPixels } from './pixel-limit.js';
import type { Size } from './preprocessing.js';
import type { DecodedPixels } from './resample.js';

const FILE_HEADER_BYTES = 14;
/** The header of OS/2, with sizes of 16 bits and palettes of three bytes a colour. */
const CORE_HEADER_BYTES = 12;
const INFO_HEADER_BYTES = 40;
/** From this length on the masks are part of the header. */
const MASKS_HEADER_BYTES = 52;
const [PLAIN, BIT_FIELDS, ALPHA_BIT_FIELDS] = [0, 3, 6];

interface BmpHeader extends Size {
  readonly bits: number;
  readonly isTopDown: boolean;
  /** Where the palette and the pixels begin. */
  readonly palette: number;
  readonly pixels: number;
  readonly isCore: boolean;
  readonly colours: number;
  /** Which bits are red, green and blue, of 16 and 32 bits a pixel. */
  readonly masks: readonly number[];
}

/**
 * Decodes a BMP of 1, 4, 8, 16, 24 or 32 bits a pixel, uncompressed or with bit fields, as Pillow's `convert('RGB')` does. Source:
 * Microsoft, "Bitmap storage".
 *
 * @throws Error if it is compressed, cut off, damaged or too large.
 */
export function decodeBmp(bytes: Uint8Array): DecodedPixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(view);
  const { width, height, bits, isTopDown } = header;
  checkPixels(header);
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (header.pixels + stride * height > view.byteLength) throw new Error('it is cut off');
  const colourOf = bits <= 8 ? paletteReader(view, header) : directReader(view, header);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const start = header.pixels + (isTopDown ? row : height - 1 - row) * stride;
    for (let column = 0; column < width; column++) colourOf(start, column, data, (row * width + column) * 3);
  }
  return { data, width, height, channels: 3 };
}

function headerOf(view: DataView): BmpHeader {
  if (view.byteLength < FILE_HEADER_BYTES + CORE_HEADER_BYTES) throw new Error('it is cut off');
  const length = view.getUint32(14, true);
  const isCore = length === CORE_HEADER_BYTES;
  if (!isCore && length < INFO_HEADER_BYTES) throw new Error('its header is of no kind that is read');
  if (view.byteLength < FILE_HEADER_BYTES + length) throw new Error('it is cut off');
  const signedHeight = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? PLAIN : view.getUint32(30, true);
  const hasMasks = compression === BIT_FIELDS || compression === ALPHA_BIT_FIELDS;
  if (![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error(`its ${bits} bits a pixel are not read`);
  if (compression !== PLAIN && !(hasMasks && (bits === 16 || bits === 32)))
    throw new Error('it is compressed; save it uncompressed, or as PNG');
  const behind = FILE_HEADER_BYTES + length;
  const maskBytes = hasMasks && length < MASKS_HEADER_BYTES ? (compression === BIT_FIELDS ? 12 : 16) : 0;
  const masksAt = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  const used = isCore ? 0 : view.getUint32(46, true);
  return {
    width: isCore ? view.getUint16(18, true) : view.getInt32(18, true),
    height: Math.abs(signedHeight),
    bits,
    isTopDown: signedHeight < 0,
    palette: behind + maskBytes,
    pixels: view.getUint32(10, true),
    isCore,
    colours: used === 0 ? 2 ** Math.min(bits, 8) : Math.min(used, 256),
    masks: hasMasks ? [0, 4, 8].map((offset) => view.getUint32(masksAt + offset, true)) : defaultMasks(bits),
  };
}

function defaultMasks(bits: number): readonly number[] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
}

/** Writes the colour of a pixel of the row that begins at `start` to `data` at `to`. */
type ColourReader = (start: number, column: number, data: Uint8Array, to: number) => void;

function paletteReader(view: DataView, { bits, palette, pixels, isCore, colours }: BmpHeader): ColourReader {
  const size = isCore ? 3 : 4;
  const table = new Uint8Array(3 * 256);
  const count = Math.min(colours, Math.floor((Math.min(pixels, view.byteLength) - palette) / size));
  for (let colour = 0; colour < count; colour++)
    for (let channel = 0; channel < 3; channel++)
      table[3 * colour + channel] = view.getUint8(palette + colour * size + 2 - channel);
  return (start, column, data, to) => {
    const byte = view.getUint8(start + ((column * bits) >> 3));
    const shift = 8 - bits - ((column * bits) & 7);
    const colour = (byte >> shift) & (2 ** bits - 1);
    for (let channel = 0; channel < 3; channel++) data[to + channel] = table[3 * colour + channel]!;
  };
}

function directReader(view: DataView, { bits, masks }: BmpHeader): ColourReader {
  if (bits === 24) {
    return (start, column, data, to) => {
      for (let channel = 0; channel < 3; channel++)
        data[to + channel] = view.getUint8(start + 3 * column + 2 - channel);
    };
  }
  const fields = masks.map((mask) => {
    const shift = mask === 0 ? 0 : 31 - Math.clz32(mask & -mask);
    return { shift, largest: mask >>> shift };
  });
  if (fields.some(({ largest }) => largest === 0 || (largest & (largest + 1)) !== 0))
    throw new Error('its bit fields are damaged');
  const bytes = bits / 8;
  return (start, column, data, to) => {
    const at = start + bytes * column;
    const pixel = bytes === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    for (const [channel, { shift, largest }] of fields.entries())
      data[to + channel] = Math.floor((((pixel >>> shift) & largest) >>> 0) * (255 / largest));
  };
}

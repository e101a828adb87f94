import { checkPixels } from './pixel-limit.js';
import type { DecodedPixels } from './resample.js';

const LARGEST = 65535;

/**
 * Decodes a PGM or PPM, its numbers as bytes (P5, P6) or as text (P2, P3), as Pillow's `convert('RGB')` does: numbers above 255 are scaled
 * to bytes in colour, but cut off at 255 in grey, where Pillow reads them as whole numbers. Source: the Netpbm project's "ppm" and "pgm".
 *
 * @throws Error if it is cut off, damaged or too large.
 */
export function decodePnm(bytes: Uint8Array): DecodedPixels {
  const words = wordReader(bytes);
  const kind = words.next();
  const [width, height, largest] = [words.number(), words.number(), words.number()];
  checkPixels({ width, height });
  if (largest < 1 || largest > LARGEST) throw new Error('its largest value is not between 1 and 65535');
  const channels = kind === 'P3' || kind === 'P6' ? 3 : 1;
  const isText = kind === 'P2' || kind === 'P3';
  const count = width * height * channels;
  const valueBytes = largest > 255 ? 2 : 1;
  // One white space ends the header of the binary kinds. Text takes two bytes a number, but for the last.
  const start = words.position() + 1;
  if (bytes.length < (isText ? start + 2 * count - 2 : start + count * valueBytes))
    throw new Error('it is cut off');
  const level = levelOf(largest, channels);
  const data = new Uint8Array(width * height * 3);
  for (let index = 0; index < count; index++) {
    const at = start + index * valueBytes;
    let value: number;
    if (isText) value = words.number();
    else value = valueBytes === 2 ? bytes[at]! * 256 + bytes[at + 1]! : bytes[at]!;
    if (isText && value > largest) throw new Error('it holds a value above its largest');
    if (channels === 3) data[index] = level(value);
    else data.fill(level(value), 3 * index, 3 * index + 3);
  }
  return { data, width, height, channels: 3 };
}

/** A value as a byte. */
function levelOf(largest: number, channels: number): (value: number) => number {
  if (largest === 255) return (value) => value;
  const isWide = largest > 255 && channels === 1;
  const top = isWide ? LARGEST : 255;
  const levels = Uint8ClampedArray.from({ length: largest + 1 }, (_, value) =>
    roundHalfEven((value / largest) * top),
  );
  return (value) => levels[value] ?? 255;
}

/** As Python's `round`. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

interface WordReader {
  /** The next word behind white space and comments. */
  next(): string;
  number(): number;
  /** The place behind the last word. */
  position(): number;
}

/** The longest word that means anything. */
const LONGEST_WORD = 10;

function wordReader(bytes: Uint8Array): WordReader {
  let at = 0;
  const isSpace = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const next = (): string => {
    for (; at < bytes.length; at++) {
      if (bytes[at] === 0x23) while (at < bytes.length && bytes[at] !== 0x0a && bytes[at] !== 0x0d) at++;
      else if (!isSpace(bytes[at]!)) break;
    }
    let word = '';
    for (; at < bytes.length && !isSpace(bytes[at]!) && bytes[at] !== 0x23; at++) {
      word += String.fromCharCode(bytes[at]!);
      if (word.length > LONGEST_WORD) throw new Error('its header is damaged');
    }
    return word;
  };
  const number = (): number => {
    const word = next();
    if (word === '') throw new Error('it is cut off');
    if (!/^\d+$/.test(word)) throw new Error('it holds something that is no number');
    return Number(word);
  };
  return { next, number, position: () => at };
}

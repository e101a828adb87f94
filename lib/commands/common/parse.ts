import { InvalidArgumentError } from 'commander';
import { MOST_BATCHED } from '../../engine/most-batched.js';

/**
 * A share or a difference of shares as a fraction: `1%`, `1pt` (percentage points) and `0.01` are the same. A bare number of 1
 * or more is refused, since nobody can tell which was meant.
 */
export function parsePercentage(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(%|pt|pp)?$/.exec(text.trim());
  if (match === null) throw new InvalidArgumentError('Write it as 1%, 1pt or 0.01.');
  const number = Number(match[1]);
  if (match[2] === undefined && number >= 1)
    throw new InvalidArgumentError(`Write ${text}% or ${number / 100}.`);
  const fraction = match[2] === undefined ? number : number / 100;
  if (fraction > 1) throw new InvalidArgumentError('It is more than 100 %.');
  return fraction;
}

/** A drop of accuracy as a fraction, written like a share; one below 0, `-0.5%`, is a gain. */
export function parseDrop(text: string): number {
  const gain = /^\s*[-−](.*)$/.exec(text)?.[1];
  if (gain === undefined) return parsePercentage(text);
  const fraction = gainOf(gain);
  if (fraction === 1) throw new InvalidArgumentError('No gain is as large as 100 %.');
  return 0 - fraction;
}

function gainOf(text: string): number {
  try {
    return parsePercentage(text);
  } catch {
    throw new InvalidArgumentError('Write a gain as -1%, -1pt or -0.01.');
  }
}

/** Drops separated by commas. */
export function parseDrops(text: string): readonly number[] {
  return text.split(',').map(parseDrop);
}

/** A weight as a number, or `auto`. */
export function parseWeight(text: string): number | 'auto' {
  return text === 'auto' ? text : parsePlainNumber(text);
}

/** Shares separated by commas: `0.5%,1%,2%`. */
export function parsePercentages(text: string): readonly number[] {
  return text.split(',').map(parsePercentage);
}

/** `95%`, `0.95`, or `none`, which stays a word: commander takes a null for an empty text. */
export function parseConfidence(text: string): number | 'none' {
  if (text === 'none') return text;
  const confidence = parsePercentage(text);
  if (confidence < 0.5 || confidence > 0.9999)
    throw new InvalidArgumentError('Write a confidence from 50% to 99.99%, or none.');
  return confidence;
}

function parsePlainNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new InvalidArgumentError('It is not a number.');
  return number;
}

export function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is not a whole number.');
  return Number(text);
}

export function parseEpochs(text: string): number {
  const epochs = parseCount(text);
  if (epochs < 1) throw new InvalidArgumentError('Give at least 1.');
  return epochs;
}

/** How many images are computed at once. */
export function parseBatchSize(text: string): number {
  const size = parseCount(text);
  if (size < 1 || size > MOST_BATCHED)
    throw new InvalidArgumentError(`Write a number of images from 1 to ${MOST_BATCHED}.`);
  return size;
}

/** Numbers of images separated by commas: `1,128`; each counts once. */
export function parseBatchSizes(text: string): readonly number[] {
  return [...new Set(text.split(',').map((part) => parseBatchSize(part.trim())))];
}

/** A whole number of 32 bits, as many as the random numbers are told apart by. */
export function parseSeed(text: string): number {
  const seed = parseCount(text);
  if (seed >= 2 ** 32) throw new InvalidArgumentError('The largest seed is 4294967295.');
  return seed;
}

/** Numbers separated by commas, e.g. the means of three channels. */
export function parseNumbers(text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (numbers.some((number) => !Number.isFinite(number)))
    throw new InvalidArgumentError('Write numbers separated by commas.');
  return numbers;
}

/** Words separated by commas. */
export function parseWords(text: string): readonly string[] {
  return text.split(',').map((word) => word.trim());
}

/** Counts with unit prefixes separated by commas: `42.9M,84.2M`. */
export function parseMacs(text: string): readonly number[] {
  return text.split(',').map((part) => {
    const match = /^(\d+(?:\.\d+)?)([kMG])?$/.exec(part.trim());
    if (match === null)
      throw new InvalidArgumentError('Write counts separated by commas, such as 42.9M,84.2M.');
    const unit = { k: 1e3, M: 1e6, G: 1e9 }[match[2] ?? ''] ?? 1;
    const count = Number(match[1]) * unit;
    if (unit === 1 && !Number.isInteger(count))
      throw new InvalidArgumentError(
        `${part.trim()} is no whole count; write its unit, such as ${part.trim()}M.`,
      );
    return Math.round(count);
  });
}

/** `32` or `32x40`: height and width. */
export function parseImageSize(text: string): readonly [number, number] {
  const match = /^(\d+)(?:[x×](\d+))?$/.exec(text);
  if (match === null || Number(match[1]) === 0)
    throw new InvalidArgumentError('Write it as 32 or 32x40 (height x width).');
  return [Number(match[1]), Number(match[2] ?? match[1])];
}

/** Such sizes separated by commas: `224,260`. */
export function parseImageSizes(text: string): readonly (readonly [number, number])[] {
  return text.split(',').map((part) => parseImageSize(part.trim()));
}

/** The name of a folder without separators at its end: others are made beside it by adding to its name. */
export function parseFolder(text: string): string {
  return text.replace(/(?<=.)[\\/]+$/, '');
}

/** `3/16`: the third of sixteen parts. */
export function parseShard(text: string): { readonly number: number; readonly of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [number, of] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || number < 1 || number > of)
    throw new InvalidArgumentError('Write it as 3/16, from 1/16 to 16/16.');
  return { number, of };
}

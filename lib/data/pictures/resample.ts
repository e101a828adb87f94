import { type FilterWeights, filterWeights, PRECISION_BITS } from './filter-weights.js';
import type { Preprocessing, ResizePlan, Size } from './preprocessing.js';

/** What makes cutting the fraction off a rounding. */
const HALF = 1 << (PRECISION_BITS - 1);

/** Decoded pixels 0 … 255, row by row, the channels of a pixel side by side. */
export interface DecodedPixels extends Size {
  readonly data: Uint8Array;
  readonly channels: 1 | 3;
}

/**
 * Scales an image and cuts the wanted window out of it, to the byte as Pillow does (and so torchvision on Pillow images): first along
 * rows, then along columns, rounding to 8 bits after each. Only what the window needs is computed.
 *
 * sharp's own bilinear resizing differs from Pillow's by 0.5 levels on average and 115 at worst on 54 photographs of ImageNet,
 * so it is not used.
 *
 * @returns the window channel by channel, row by row.
 */
export function resample(
  image: DecodedPixels,
  { region, scaled, left, top }: ResizePlan,
  output: Size,
  filter: Pick<Preprocessing, 'interpolation' | 'antialias'>,
): Uint8Array {
  const columns = insideOf(left, output.width, scaled.width);
  const rows = insideOf(top, output.height, scaled.height);
  const horizontal = filterWeights(region.width, scaled.width, columns.range, filter);
  const vertical = filterWeights(region.height, scaled.height, rows.range, filter);
  const firstRow = vertical.first[0]!;
  const last = rows.range[1] - 1;
  const neededRows = vertical.first[last]! + vertical.taps[last]! - firstRow;
  const narrowed = scaleRows(image, region.left, region.top + firstRow, neededRows, horizontal);
  const window = new Uint8ClampedArray(image.channels * output.height * output.width);
  const corner = rows.padding * output.width + columns.padding;
  scaleColumns(narrowed, { width: columns.range[1], channels: image.channels, firstRow }, vertical, {
    data: window.subarray(corner),
    ...output,
  });
  return new Uint8Array(window.buffer);
}

/** The places of a scaled side that are in the window, and how much black stands before them. */
function insideOf(
  start: number,
  wanted: number,
  size: number,
): { readonly range: readonly [number, number]; readonly padding: number } {
  const first = Math.max(0, start);
  return { range: [first, Math.min(size, start + wanted) - first], padding: first - start };
}

/** Scales rows of an image along themselves; the result has a row a row, channels side by side. */
function scaleRows(
  { data, width, channels }: DecodedPixels,
  left: number,
  top: number,
  rows: number,
  weights: FilterWeights,
): Uint8ClampedArray {
  const result = new Uint8ClampedArray(rows * weights.first.length * channels);
  const scale = channels === 3 ? scaleColours : scaleGreys;
  const rowLength = weights.first.length * channels;
  for (let row = 0; row < rows; row++)
    scale(data, ((top + row) * width + left) * channels, weights, result, row * rowLength);
  return result;
}

/** One row of three channels, whose sums are kept together: three times as fast as a loop over the channels. */
function scaleColours(
  data: Uint8Array,
  start: number,
  { first, taps, weights, stride }: FilterWeights,
  result: Uint8ClampedArray,
  to: number,
): void {
  for (let place = 0; place < first.length; place++) {
    let pixel = start + 3 * first[place]!;
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    const end = place * stride + taps[place]!;
    for (let tap = place * stride; tap < end; tap++, pixel += 3) {
      const weight = weights[tap]!;
      red = (red + data[pixel]! * weight) | 0;
      green = (green + data[pixel + 1]! * weight) | 0;
      blue = (blue + data[pixel + 2]! * weight) | 0;
    }
    result[to + 3 * place] = red >> PRECISION_BITS;
    result[to + 3 * place + 1] = green >> PRECISION_BITS;
    result[to + 3 * place + 2] = blue >> PRECISION_BITS;
  }
}

function scaleGreys(
  data: Uint8Array,
  start: number,
  { first, taps, weights, stride }: FilterWeights,
  result: Uint8ClampedArray,
  to: number,
): void {
  for (let place = 0; place < first.length; place++) {
    let sum = HALF;
    for (let tap = 0; tap < taps[place]!; tap++)
      sum = (sum + data[start + first[place]! + tap]! * weights[place * stride + tap]!) | 0;
    result[to + place] = sum >> PRECISION_BITS;
  }
}

/** Scales rows that lie one below another, the first of them the part's `firstRow`-th, into the window, channel by channel. */
function scaleColumns(
  rows: Uint8ClampedArray,
  { width, channels, firstRow }: { width: number; channels: number; firstRow: number },
  { first, taps, weights, stride }: FilterWeights,
  window: Size & { readonly data: Uint8ClampedArray },
): void {
  const rowLength = width * channels;
  // Row by row into sums: memory is walked in its order.
  const sums = new Int32Array(rowLength);
  for (let place = 0; place < first.length; place++) {
    sums.fill(HALF);
    const from = (first[place]! - firstRow) * rowLength;
    const weighing = weights.subarray(place * stride, place * stride + taps[place]!);
    addRows(sums, rows, from, weighing);
    for (let channel = 0; channel < channels; channel++) {
      let to = (channel * window.height + place) * window.width;
      for (let column = channel; column < rowLength; column += channels, to++)
        window.data[to] = sums[column]! >> PRECISION_BITS;
    }
  }
}

/** Adds rows to sums, each with its weight; four at a time, so that sums are read and written less often. */
function addRows(sums: Int32Array, rows: Uint8ClampedArray, start: number, weights: Int32Array): void {
  const length = sums.length;
  let tap = 0;
  for (; tap + 4 <= weights.length; tap += 4) {
    const [a, b, c, d] = [weights[tap]!, weights[tap + 1]!, weights[tap + 2]!, weights[tap + 3]!];
    const at = start + tap * length;
    for (let column = 0; column < length; column++) {
      const place = at + column;
      sums[column]! +=
        ((Math.imul(rows[place]!, a) + Math.imul(rows[place + length]!, b)) | 0) +
        ((Math.imul(rows[place + 2 * length]!, c) + Math.imul(rows[place + 3 * length]!, d)) | 0);
    }
  }
  for (; tap < weights.length; tap++) {
    const weight = weights[tap]!;
    const at = start + tap * length;
    for (let column = 0; column < length; column++) sums[column]! += Math.imul(rows[at + column]!, weight);
  }
}

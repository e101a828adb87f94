import { type FilterWeights, filterWeights, PRECISION_BITS } from './filter-weights.js';
import type { Preprocessing, ResizePlan, Size } from './preprocessing.js';

/** Decoded pixels 0 … 255, row by row, the channels of a pixel side by side. */
export interface DecodedPixels extends Size {
  readonly data: Uint8Array;
  readonly channels: number;
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
  { first, taps, weights, stride }: FilterWeights,
): Uint8ClampedArray {
  const places = first.length;
  const result = new Uint8ClampedArray(rows * places * channels);
  let to = 0;
  for (let row = 0; row < rows; row++) {
    const rowStart = ((top + row) * width + left) * channels;
    for (let place = 0; place < places; place++) {
      const from = rowStart + first[place]! * channels;
      const end = taps[place]!;
      for (let channel = 0; channel < channels; channel++, to++) {
        let sum = 1 << (PRECISION_BITS - 1);
        let pixel = from + channel;
        let weight = place * stride;
        for (let tap = 0; tap < end; tap++, pixel += channels, weight++)
          sum = (sum + data[pixel]! * weights[weight]!) | 0;
        result[to] = sum >> PRECISION_BITS;
      }
    }
  }
  return result;
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
    sums.fill(1 << (PRECISION_BITS - 1));
    for (let tap = 0; tap < taps[place]!; tap++) {
      const weight = weights[place * stride + tap]!;
      const from = (first[place]! - firstRow + tap) * rowLength;
      for (let column = 0; column < rowLength; column++) sums[column]! += rows[from + column]! * weight;
    }
    for (let channel = 0; channel < channels; channel++) {
      let to = (channel * window.height + place) * window.width;
      for (let column = channel; column < rowLength; column += channels, to++)
        window.data[to] = sums[column]! >> PRECISION_BITS;
    }
  }
}

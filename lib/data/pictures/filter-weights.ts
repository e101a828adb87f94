import type { Preprocessing } from './preprocessing.js';

/** Binary digits behind the point of a weight: 8 for a pixel, 2 to spare for overshoots, of 32. */
export const PRECISION_BITS = 32 - 8 - 2;

/** A filter that weighs the pixels around a place, and how far it reaches from it. */
interface Filter {
  readonly reach: number;
  weigh(distance: number): number;
}

const FILTERS: Readonly<Record<'bilinear' | 'bicubic', Filter>> = {
  bilinear: { reach: 1, weigh: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  bicubic: { reach: 2, weigh: bicubic },
};

/** Keys' cubic convolution with a = −0.5, as Pillow and TensorFlow have it. */
function bicubic(distance: number): number {
  const x = Math.abs(distance);
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/** For some places of a scaled side: which pixels of the original side each is made of, and their weights. */
export interface FilterWeights {
  /** The first pixel of each place. */
  readonly first: Int32Array;
  /** Number of pixels of each place. */
  readonly taps: Int32Array;
  /** `stride` numbers a place, fixed-point numbers with `PRECISION_BITS`. */
  readonly weights: Int32Array;
  readonly stride: number;
}

/**
 * The weights that scale a side of `from` pixels to `to`, for the places `start` to `start + count`: Pillow's
 * (`precompute_coeffs` and `normalize_coeffs_8bpc` of its Resample.c), and without antialiasing TensorFlow's with half-pixel centres.
 */
export function filterWeights(
  from: number,
  to: number,
  [start, count]: readonly [start: number, count: number],
  { interpolation, antialias }: Pick<Preprocessing, 'interpolation' | 'antialias'>,
): FilterWeights {
  const scale = from / to;
  const first = new Int32Array(count);
  const taps = new Int32Array(count).fill(1);
  if (interpolation === 'nearest') {
    // Summed up as Pillow does: where a place falls between two pixels, the rounding of the sum decides.
    let center = 0.5 * scale;
    for (let place = 0; place < start + count; place++, center += scale)
      if (place >= start) first[place - start] = Math.floor(center);
    return { first, taps, weights: new Int32Array(count).fill(1 << PRECISION_BITS), stride: 1 };
  }
  const { reach, weigh } = FILTERS[interpolation];
  const filterScale = antialias ? Math.max(1, scale) : 1;
  const support = reach * filterScale;
  const stride = Math.ceil(support) * 2 + 1;
  const weights = new Int32Array(count * stride);
  const exact = new Float64Array(stride);
  for (let place = 0; place < count; place++) {
    const center = (start + place + 0.5) * scale;
    const low = Math.max(0, Math.trunc(center - support + 0.5));
    const high = Math.min(from, Math.trunc(center + support + 0.5));
    let sum = 0;
    for (let pixel = low; pixel < high; pixel++) {
      exact[pixel - low] = weigh((pixel - center + 0.5) / filterScale);
      sum += exact[pixel - low]!;
    }
    first[place] = low;
    taps[place] = high - low;
    for (let tap = 0; tap < high - low; tap++) {
      const weight = (exact[tap]! / sum) * (1 << PRECISION_BITS);
      weights[place * stride + tap] = Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    }
  }
  return { first, taps, weights, stride };
}

import type { Timing } from '../../lib/artifact/timings/timing-schema.js';
import { thisProcessor } from '../../lib/engine/processor.js';

/** A time that was read without any noise. */
export function exactly(nanoseconds: number) {
  return { nanoseconds, low: nanoseconds, high: nanoseconds };
}

/** Invented times of two exits after blocks 8 and 17 on this machine, one image at a time. */
export const TIMING: Timing = {
  date: '2026-01-31T12:00:00.000Z',
  ...thisProcessor(),
  engine: { name: 'onnxruntime', version: '1.30.0' },
  batch_size: 1,
  images: 64,
  rounds: 25,
  pixels: 'test',
  full: exactly(2_000_000),
  exits: [
    { block: 8, trunk: { nanoseconds: 800_000, low: 790_000, high: 812_000 }, head: exactly(60_000) },
    { block: 17, trunk: exactly(1_400_000), head: { nanoseconds: 100_500, low: 90_000, high: 120_000 } },
  ],
};

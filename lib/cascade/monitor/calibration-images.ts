import type { Calibration } from '../../artifact/calibration.js';
import type { Manifest } from '../../artifact/manifest.js';
import { CascadeError } from '../../errors.js';
import { openRecordedSplit } from '../../records/recorded-cascade.js';
import { argmax } from '../../stats/argmax.js';

/** Bins of the largest logit, by which images are looked up. */
const BIN = 0.1;

/** How far a logit may differ where the same image runs in another batch, or on another engine. */
const ROUNDING = 1e-3;
const RELATIVE_ROUNDING = 1e-4;

/**
 * Knows the images that thresholds were chosen on by the full network's recorded logits.
 *
 * @returns whether an image with these logits is one of them; never where the cascade has no records of them.
 * @throws CascadeError if the records prove damaged while they are read.
 */
export async function calibrationImages(
  folder: string,
  manifest: Manifest,
  { split, split_seed: seed }: Pick<Calibration, 'split' | 'split_seed'>,
): Promise<(logits: Float32Array) => boolean> {
  const known = new Map<string, Float32Array[]>();
  const recorded = await openRecordedSplit(folder, manifest, 'calibration', seed).catch((error: unknown) => {
    if (error instanceof CascadeError) return undefined;
    throw error;
  });
  // Without its records a cascade runs all the same.
  if (recorded === undefined) return () => false;
  try {
    if (recorded.description !== split) return () => false;
    for await (const { fullLogits, classes } of recorded.parts()) {
      for (let start = 0; start < fullLogits.length; start += classes) {
        const logits = fullLogits.slice(start, start + classes);
        const [key] = keysOf(logits);
        const same = known.get(key!);
        if (same === undefined) known.set(key!, [logits]);
        else same.push(logits);
      }
    }
  } finally {
    await recorded.close();
  }
  return (logits) => keysOf(logits).some((key) => known.get(key)?.some((each) => isSame(each, logits)));
}

/** Where logits are kept, and then its neighbours, where they may be kept that differ by rounding. */
function keysOf(logits: Float32Array): readonly string[] {
  const best = argmax(logits);
  const bin = Math.round(logits[best]! / BIN);
  return [bin, bin - 1, bin + 1].map((each) => `${best} ${each}`);
}

function isSame(recorded: Float32Array, logits: Float32Array): boolean {
  return recorded.every(
    (value, label) => Math.abs(value - logits[label]!) <= ROUNDING + RELATIVE_ROUNDING * Math.abs(value),
  );
}

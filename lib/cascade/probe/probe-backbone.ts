import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { usageError } from '../../errors.js';
import type { PooledHeadName } from '../../heads/head-kinds.js';
import { cutPoints } from '../../network/cut-points.js';
import { foldBatchNormalization } from '../../network/fold-batch-norm.js';
import { withPixelInput } from '../../network/input/pixel-input.js';
import type { Reading } from '../backbone/reading.js';
import { type ProbeContext, type Probed, probeExits } from './probe-exits.js';

/** Seed of everything random about them. */
export const PROBE_SEED = 0;

/** Kinds of heads that the probes of a backbone stand for: the cheapest, and the default. */
const KINDS: readonly PooledHeadName[] = ['linear', 'mlp'];

/**
 * Fits probes after every block of a backbone but the last; features are kept in a temporary folder meanwhile.
 *
 * @throws CascadeError if the backbone has no place for an exit.
 */
export async function probeBackbone(
  { variant, normalization }: Reading,
  context: Omit<ProbeContext, 'folder' | 'seed'>,
): Promise<Probed> {
  const network = withPixelInput(foldBatchNormalization(variant.network), normalization);
  const cuts = cutPoints(network.graph).slice(0, -1);
  if (cuts.length === 0) throw usageError('This backbone has no place for an exit; leave --probe out.');
  const places = cuts.flatMap((cut) => KINDS.map((head) => ({ cut, head })));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cascade-probe-'));
  try {
    return await probeExits(network, places, {
      ...context,
      folder: path.join(folder, 'features'),
      seed: PROBE_SEED,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

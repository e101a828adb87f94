import type { Probed } from '../../lib/cascade/probe/probe-exits.js';

const cutAt = (block: number, macs: number) => ({ block, value: `block-${block}`, shape: [16, 8, 8], macs });

/** Logits of two classes that predict these. */
const predicting = (...classes: readonly number[]): Float32Array =>
  Float32Array.from(classes.flatMap((each) => [Number(each === 0), Number(each === 1)]));

/** Probes of two kinds at two blocks, judged on four images. */
export const PROBED: Probed = {
  places: [
    { cut: cutAt(0, 2000), head: 'linear' },
    { cut: cutAt(0, 2000), head: 'mlp' },
    { cut: cutAt(1, 6000), head: 'linear' },
    { cut: cutAt(1, 6000), head: 'mlp' },
  ],
  outputs: {
    classes: 2,
    labels: Uint16Array.of(0, 0, 1, 1),
    exitLogits: [
      predicting(1, 1, 0, 1),
      predicting(0, 1, 0, 1),
      predicting(0, 0, 0, 1),
      predicting(0, 0, 1, 0),
    ],
    fullLogits: predicting(1, 0, 1, 1),
    costs: { backbone: [2000, 2000, 6000, 6000], heads: [10, 200, 10, 400], full: 10_000 },
  },
  fittingImages: 4000,
};

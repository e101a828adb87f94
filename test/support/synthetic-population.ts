import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';
import { normalQuantile } from '../../lib/stats/normal-quantile.js';
import { createRandom } from '../../lib/stats/random.js';

const CLASSES = 4;
/** Logit of the right class at the full network, in standard deviations of the others; an exit's grows with its depth. */
const SIGNAL = 5;

/**
 * Made-up recorded outputs: every input has its own difficulty, every exit sees the right class through noise of its own and
 * noise that all share, the later the more clearly. As a population its true drops are known, since it can be replayed whole.
 */
export function syntheticPopulation(images: number, exits: number, seed: number): RecordedOutputs {
  const random = createRandom(seed);
  const normal = (): number => normalQuantile((random() * 2 ** 32 + 0.5) / 2 ** 32);
  const labels = Uint16Array.from({ length: images }, () => Math.floor(random() * CLASSES));
  const easiness = Float64Array.from({ length: images }, () => Math.sqrt(random()));
  const shared = Float64Array.from({ length: images * CLASSES }, normal);
  const logits = (depth: number): Float32Array =>
    Float32Array.from(shared, (common, index) => {
      const image = Math.floor(index / CLASSES);
      const isRight = index % CLASSES === labels[image];
      const signal = isRight ? SIGNAL * (0.35 + 0.65 * depth) * easiness[image]! : 0;
      return signal + 0.8 * common + 0.6 * normal();
    });
  const depths = Array.from({ length: exits }, (_, exit) => (exit + 1) / (exits + 1));
  return {
    classes: CLASSES,
    labels,
    exitLogits: depths.map(logits),
    fullLogits: logits(1),
    costs: {
      backbone: depths.map((depth) => Math.round(10_000 * depth)),
      heads: depths.map(() => 50),
      full: 10_000,
    },
  };
}

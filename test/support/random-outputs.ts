import fc from 'fast-check';
import type { RecordedOutputs } from '../../lib/exits/recorded-outputs.js';

/** Small random recorded outputs of three classes with small whole logits, so that equal ones abound. */
export function randomOutputs(exits: number, mostImages: number): fc.Arbitrary<RecordedOutputs> {
  const classes = 3;
  const logits = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: classes, maxLength: classes });
  const image = fc.record({
    label: fc.nat(classes - 1),
    exits: fc.array(logits, { minLength: exits, maxLength: exits }),
    full: logits,
  });
  return fc.array(image, { minLength: 1, maxLength: mostImages }).map((images) => ({
    classes,
    labels: Uint16Array.from(images, ({ label }) => label),
    exitLogits: Array.from({ length: exits }, (_, exit) =>
      Float32Array.from(images.flatMap((each) => each.exits[exit]!)),
    ),
    fullLogits: Float32Array.from(images.flatMap(({ full }) => full)),
    costs: {
      backbone: Array.from({ length: exits }, (_, exit) => 10 * (exit + 1)),
      heads: Array.from({ length: exits }, (_, exit) => exit + 1),
      full: 10 * (exits + 1),
    },
  }));
}

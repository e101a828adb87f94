import type { ExitTable } from '../../lib/exits/exit-table.js';
import { createRandom } from '../../lib/stats/random.js';

/** A table of invented outputs: later exits are right more often, and right the more often the surer they are. */
export function randomRecords(images: number, exits: number): ExitTable {
  const random = createRandom(images + exits);
  const column = (skill: number) => {
    const confidence = Float64Array.from({ length: images }, () => random() ** (1 - skill));
    return {
      confidence,
      correct: Uint8Array.from(confidence, (value) => Number(random() < 0.5 + 0.5 * value)),
    };
  };
  const share = (exit: number): number => (exit + 1) / (exits + 1);
  return {
    images,
    exits: Array.from({ length: exits }, (_, exit) => column(0.5 + 0.4 * share(exit))),
    fullCorrect: Uint8Array.from({ length: images }, () => Number(random() < 0.93)),
    costs: {
      backbone: Array.from({ length: exits }, (_, exit) => Math.round(1.25e8 * share(exit))),
      heads: new Array<number>(exits).fill(100_000),
      full: 1.25e8,
    },
  };
}

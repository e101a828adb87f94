import { createRandom } from '../../lib/stats/random.js';

/** Odd, so that neighbouring seeds share no case. */
const CASES_A_SEED = 1_000_003;

/** The random choices of one case: the same seed and case choose the same on every machine. */
export class Draw {
  readonly #random: () => number;

  constructor(seed: number, number: number) {
    this.#random = createRandom(seed * CASES_A_SEED + number);
  }

  /** A whole number from 0 to before `end`; 0 if there is none. */
  below(end: number): number {
    return Math.floor(this.#random() * Math.max(1, end));
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)]!;
  }

  /** Mostly short, now and then as long as `most`. */
  length(most: number): number {
    return 1 + this.below(Math.min(most, 2 ** (1 + this.below(Math.ceil(Math.log2(most + 1))))));
  }

  bytes(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.below(256)));
  }
}

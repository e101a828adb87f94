import { CascadeError } from '../../errors.js';
import type { Tensor } from '../../network/tensor.js';

/** What a file holds, by names. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** Most parts of one kind, such as the blocks of a stage: the deepest published network has 200. */
const MOST_PARTS = 1000;

/** Tensors as families look at them: whether a layer or block is there, how many there are, how large they are. */
export class NamedTensors {
  readonly #tensors: Tensors;
  /** Sorted, so that those of a part are neighbours. */
  readonly #names: readonly string[];

  /** @param file named in the errors. */
  constructor(
    tensors: Tensors,
    readonly file: string,
  ) {
    this.#tensors = tensors;
    this.#names = [...tensors.keys()].sort();
  }

  /** Whether there is any tensor of a layer or block. */
  hasPart(name: string): boolean {
    const beginning = `${name}.`;
    let [from, to] = [0, this.#names.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.#names[middle]! < beginning) from = middle + 1;
      else to = middle;
    }
    return this.#names[from]?.startsWith(beginning) ?? false;
  }

  /**
   * Number of consecutive parts, from 0, that have any tensor.
   *
   * @throws CascadeError if they are more than cascade reads.
   */
  countParts(nameOf: (index: number) => string): number {
    let count = 0;
    while (this.hasPart(nameOf(count))) {
      if (++count > MOST_PARTS) {
        throw new CascadeError(
          `${this.file} has more than ${MOST_PARTS} blocks such as ${nameOf(0)}, the most that cascade reads; give a smaller network.`,
        );
      }
    }
    return count;
  }

  /** The numbers that stand directly behind a name, in order: 0, 2 and 5 where there are tensors of `name.0`, `name.2` and `name.5`. */
  numbersIn(name: string): readonly number[] {
    const beginning = `${name}.`;
    const numbers = new Set<number>();
    for (const each of this.#names) {
      if (!each.startsWith(beginning)) continue;
      const [part] = each.slice(beginning.length).split('.');
      if (/^\d{1,6}$/.test(part!)) numbers.add(Number(part));
    }
    return [...numbers].sort((one, other) => one - other);
  }

  /** Size of a tensor along one axis; 0 if the tensor, whose lack is then told apart, is not there. */
  sizeOf(name: string, axis: number): number {
    return this.#tensors.get(name)?.shape[axis] ?? 0;
  }
}

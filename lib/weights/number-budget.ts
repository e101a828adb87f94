import type { CascadeError } from '../errors.js';

/** Numbers that may be handled whatever the size of the file (128 MiB). */
const ALWAYS = 2 ** 25;
/** And for each of its bytes: weights are transposed, scaled and put in order, but hardly more than once each. */
const PER_BYTE = 4;

/**
 * How many numbers may be read from constants and made of them while one file is read, so that a small file that repeats, multiplies
 * or reuses its constants without end takes neither all memory nor hours.
 */
export class NumberBudget {
  #left: number;

  /** @param bytes of the file and all that it keeps in other files. */
  constructor(bytes: number) {
    this.#left = ALWAYS + PER_BYTE * bytes;
  }

  /** @throws what `refusal` makes if so many are no longer left. */
  take(numbers: number, refusal: (fault: string) => CascadeError): void {
    if (!(numbers <= this.#left)) {
      throw refusal(
        `handles ${numbers} numbers more than cascade allows for a file of this size, a limit of its own against files that only grow; simplify the model (its constants folded) and export it again`,
      );
    }
    this.#left -= numbers;
  }
}

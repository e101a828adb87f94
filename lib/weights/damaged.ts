import { CascadeError } from '../errors.js';

/** What to say of a file that ends too early or contradicts itself. */
export function damaged(file: string, cause?: unknown): CascadeError {
  return new CascadeError(`${file} is cut off or damaged; get the file again.`, undefined, { cause });
}

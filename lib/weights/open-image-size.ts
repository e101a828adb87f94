import { CascadeError } from '../errors.js';

/** What to say of a network that takes images of any size where none is given. */
export function openImageSize(file: string): CascadeError {
  return new CascadeError(`${file} leaves the size of its images open; give it with --image-size or --data.`);
}

import { counted } from '../../counted.js';
import type { ImageSource } from '../../data/image-source.js';
import { CascadeError, usageError } from '../../errors.js';
import { permutation } from '../../stats/permutation.js';
import { createRandom } from '../../stats/random.js';

/** Least number of images on which heads can be fitted at all: a batch needs statistics. */
const FEWEST_FITTING_IMAGES = 12;

/**
 * The images that heads are fitted on, by their number in the split, in random order, as fitting needs them: neighbouring rows of
 * the features then have nothing in common.
 *
 * @throws CascadeError if there are not as many as wanted, or too few.
 */
export function fittingRows(source: ImageSource, seed: number, fitImages?: number): Uint32Array {
  if (source.count < FEWEST_FITTING_IMAGES) {
    throw new CascadeError(
      `${source.name} has ${counted(source.count, 'image')}, too few to fit heads on; name at least ${FEWEST_FITTING_IMAGES} in the split fit of the description.`,
    );
  }
  const wanted = fitImages ?? source.count;
  if (wanted > source.count || wanted < FEWEST_FITTING_IMAGES) {
    throw usageError(
      `--fit-images ${wanted} is not between ${FEWEST_FITTING_IMAGES} and the ${counted(source.count, 'image')} of ${source.name}.`,
    );
  }
  return permutation(source.count, createRandom(seed)).slice(0, wanted);
}

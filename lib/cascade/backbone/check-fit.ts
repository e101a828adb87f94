import type { LocatedDataset } from '../../data/dataset.js';
import { CascadeError } from '../../errors.js';
import type { Backbone } from './load-backbone.js';

/** @throws CascadeError if a network does not take the images of a data set, or tells another number of classes apart. */
export function checkFit({ file, classes, network }: Backbone, { description }: LocatedDataset): void {
  if (classes !== description.class_names.length) {
    throw new CascadeError(
      `${file} tells ${classes} classes apart and ${description.title} has ${description.class_names.length}; choose the data set it was trained for with --data.`,
    );
  }
  const { inputShape } = network.graph;
  if (inputShape.join() !== description.shape.join()) {
    throw new CascadeError(
      `${file} takes images of ${inputShape.join('×')} and those of ${description.title} are ${description.shape.join('×')}; choose the data set it was trained for with --data.`,
    );
  }
}

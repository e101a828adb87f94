import { grouped } from '../../counted.js';
import type { LocatedDataset } from '../../data/dataset.js';
import { CascadeError } from '../../errors.js';
import type { Backbone } from './load-backbone.js';

/** @throws CascadeError if a network does not take the images of a data set, or has another number of classes. */
export function checkFit({ file, classes, network }: Backbone, { description }: LocatedDataset): void {
  if (classes !== description.class_names.length) {
    throw new CascadeError(
      `${file} has ${classes} output classes, but ${description.title} has ${describeClasses(description)}; choose the data set it was trained for with --data.`,
    );
  }
  checkInput(file, network.graph.inputShape, description);
}

/** @throws CascadeError if a network does not take the images of a data set. @param shape `[channels, height, width]` that it takes. */
export function checkInput(
  file: string,
  shape: readonly number[],
  { title, shape: ofData }: LocatedDataset['description'],
): void {
  if (shape.join() === ofData.join()) return;
  throw new CascadeError(
    `${file} takes images of ${shape.join('×')} and those of ${title} are ${ofData.join('×')}; choose the data set it was trained for with --data.`,
  );
}

/** How many classes a data set has, and whose, e.g. `200 (of ImageNet's 1,000)`. */
export function describeClasses({
  class_names: names,
  class_indices: chosen,
}: LocatedDataset['description']): string {
  const count = names.length;
  return chosen?.of === undefined ? `${count}` : `${count} (of ImageNet's ${grouped(chosen.of)})`;
}

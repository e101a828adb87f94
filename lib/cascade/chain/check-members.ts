import type { LocatedDataset } from '../../data/dataset.js';
import { CascadeError, usageError } from '../../errors.js';
import { checkInput, describeClasses } from '../backbone/check-fit.js';
import { chosenClassesOf, classesOf, inputShapeOf, type MemberSource, macsOf } from './chain-member.js';

/** @throws CascadeError if networks do not fit the data, are not from cheap to dear, or are too few. */
export function checkMembers(sources: readonly MemberSource[], { description }: LocatedDataset): void {
  if (sources.length < 2)
    throw usageError(
      'A chain needs at least two networks; name them from the cheapest to the most expensive.',
    );
  const classes = description.class_names.length;
  for (const source of sources) {
    if (classesOf(source) === classes) {
      checkChosenClasses(source, description);
      continue;
    }
    throw new CascadeError(
      `${source.file} has ${classesOf(source)} output classes, but ${description.title} has ${describeClasses(description)}; choose networks and data with the same classes.`,
    );
  }
  for (const [index, source] of sources.entries()) {
    const shape = inputShapeOf(source);
    const isFull = index === sources.length - 1;
    // Images are as large as the full network takes them, and resized for the others.
    checkInput(source.file, isFull ? shape : [shape[0]!, ...description.shape.slice(1)], description);
  }
  const macs = sources.map(macsOf);
  for (const [index, source] of sources.entries()) {
    const before = sources[index - 1];
    if (before === undefined || macs[index - 1]! < macs[index]!) continue;
    throw usageError(
      `${source.file} costs ${macs[index]} MACs, no more than ${before.file} before it (${macs[index - 1]}); name the networks from the cheapest to the most expensive.`,
    );
  }
}

/** @throws CascadeError if a cascade was made of other classes of its network than those that the data set chooses. */
function checkChosenClasses(
  source: MemberSource,
  { class_indices: wanted, title }: LocatedDataset['description'],
): void {
  const chosen = chosenClassesOf(source);
  if (chosen === undefined || chosen.indices.join() === wanted?.indices.join()) return;
  throw new CascadeError(
    `${source.file} has other classes of its network than ${title} names in its class_indices; attach it to that data set first.`,
  );
}

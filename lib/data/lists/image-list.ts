import path from 'node:path';
import { readText } from '../../files/read-text.js';
import type { DatasetDescription, FileGroup } from '../dataset-description.js';
import type { ImageSet } from '../image-set.js';
import { labelRefusal, readClassLabels } from './class-labels.js';
import { readLabelList } from './label-list.js';
import { matchFiles } from './match-files.js';

export interface ListFiles {
  /** Holds the images. */
  readonly folder: string;
  /** Says which class each is of. */
  readonly labels: string;
  /** Class ids, one a line, in the order that numbers among the labels count; that of the classes when left out. */
  readonly order: string | undefined;
}

type Classes = Pick<DatasetDescription, 'class_ids' | 'class_names'>;

/**
 * Lists a folder of images whose classes stand in a file beside it, in the order of that file.
 *
 * @throws CascadeError if a file cannot be read, an image is missing or a label is of no class.
 */
export async function listImageList(
  name: string,
  { folder, labels: labelFile, order: orderFile }: ListFiles,
  group: FileGroup,
  description: Classes,
): Promise<ImageSet> {
  const columns = { image: group.image_column ?? 'file', label: group.label_column };
  const { files, list, notes } = await matchFiles(folder, await readLabelList(labelFile, columns), labelFile);
  const order = orderFile === undefined ? undefined : (await readText(orderFile)).trim().split(/\s+/);
  const labels = list.map(({ label }) => withoutBoxes(label));
  const found = readClassLabels(labels, description, { first: group.first_label, order });
  if (found.kind !== 'read') {
    const given = `${labelFile} gives ${files[found.row]} the label ${labels[found.row]}`;
    throw labelRefusal(found.kind, given, description, group.first_label);
  }
  return {
    name,
    labels: Uint16Array.from(found.classes),
    notes,
    imageOf(index) {
      const file = path.join(folder, files[index]!);
      return { name: file, content: file };
    },
  };
}

/** Kaggle's ImageNet writes bounding boxes behind the class, one or more and all of that class. */
function withoutBoxes(label: string): string {
  return /^(\S+)(?: -?\d+){4}(?: \1(?: -?\d+){4})*$/.exec(label)?.[1] ?? label;
}

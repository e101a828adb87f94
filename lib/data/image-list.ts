import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { CascadeError, systemReason } from '../errors.js';
import type { DatasetDescription, FileGroup } from './dataset-description.js';
import { IMAGE_FILE } from './image-files.js';
import type { ImageSet } from './image-set.js';
import { type ListedLabel, readLabelList, readText } from './label-list.js';

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
  const list = await readLabelList(labelFile, {
    image: group.image_column ?? 'file',
    label: group.label_column,
  });
  const files = await matchFiles(folder, list, labelFile);
  const order = orderFile === undefined ? undefined : (await readText(orderFile)).trim().split(/\s+/);
  const classes = classesByLabel(description, group.first_label, order);
  const labels = Uint16Array.from(list, ({ label }, row) => {
    // Kaggle's ImageNet writes bounding boxes behind the class.
    const found = classes.get(label) ?? classes.get(label.split(' ')[0]!) ?? -1;
    if (found < 0) {
      throw new CascadeError(
        `${labelFile} gives ${files[row]} the label ${label}, which is none of the ${description.class_names.length} classes, numbered from ${group.first_label}.`,
      );
    }
    return found;
  });
  return {
    name,
    labels,
    imageOf(index) {
      const file = path.join(folder, files[index]!);
      return { name: file, content: file };
    },
  };
}

/** What may stand for each class: its id, its number, its name if no other class has it; what comes later here counts more. */
function classesByLabel(
  { class_ids: ids = [], class_names: names }: Classes,
  firstLabel: number,
  order: readonly string[] | undefined,
): ReadonlyMap<string, number> {
  const classes = new Map<string, number>();
  for (const [label, name] of names.entries())
    if (names.indexOf(name) === names.lastIndexOf(name)) classes.set(name, label);
  for (let number = 0; number < names.length; number++)
    classes.set(String(number + firstLabel), order === undefined ? number : ids.indexOf(order[number] ?? ''));
  for (const [label, id] of ids.entries()) classes.set(id, label);
  return classes;
}

/** The file of each entry of a list: all files by name where it names none; an ending may be left out. */
async function matchFiles(
  folder: string,
  list: readonly ListedLabel[],
  labelFile: string,
): Promise<readonly string[]> {
  let there: string[];
  try {
    there = (await readdir(folder, { recursive: true })).filter((file) => IMAGE_FILE.test(file)).sort();
  } catch (error) {
    throw new CascadeError(`${folder} cannot be read: ${systemReason(error)}.`, undefined, { cause: error });
  }
  const isUnnamed = list[0]!.file === undefined;
  if (list.some(({ file }) => (file === undefined) !== isUnnamed))
    throw new CascadeError(`${labelFile} has lines with and without a file; write all of them alike.`);
  if (isUnnamed) {
    if (list.length === there.length) return there;
    throw new CascadeError(
      `${labelFile} has ${list.length} labels and ${folder} ${there.length} images; they do not belong together.`,
    );
  }
  const names = new Map(there.map((file) => [file.replace(/\.[^.]+$/, ''), file]));
  for (const file of there) names.set(file, file);
  return list.map(({ file }) => {
    const found = names.get(path.normalize(file!));
    if (found === undefined)
      throw new CascadeError(`${labelFile} lists ${file}, which is not in ${folder}; complete the folder.`);
    return found;
  });
}

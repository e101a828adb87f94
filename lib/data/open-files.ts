import path from 'node:path';
import type { DatasetDescription, DatasetFormat, FileGroup } from './dataset-description.js';
import { openCifarBinary } from './formats/cifar-binary.js';
import { openIdx } from './formats/idx.js';
import { openSvhn } from './formats/svhn.js';
import { listImageFolder } from './image-folder.js';
import { decodedImages } from './image-set.js';
import type { ImageSource } from './image-source.js';
import { listImageList } from './lists/image-list.js';
import { openParquetImages } from './parquet/parquet-images.js';

/** A group of a data set's files, found. */
export interface FoundFiles {
  /** E.g. `cifar10/test`. */
  readonly name: string;
  readonly files: readonly string[];
  /** Folder that paths of the group begin in. */
  readonly folder: string;
  readonly group: FileGroup;
  readonly description: DatasetDescription;
}

const OPENERS: Readonly<Record<DatasetFormat, (found: FoundFiles) => Promise<ImageSource>>> = {
  'cifar-binary': ({ name, files, description: { class_names: names, label_bytes, label_byte } }) =>
    openCifarBinary(name, files, { labelBytes: label_bytes, labelByte: label_byte, classes: names.length }),
  idx: ({ name, files, description }) =>
    openIdx(name, files[0]!, files[1] ?? '', description.class_names.length),
  'image-folder': async ({ name, files, group, description }) => {
    const { class_ids: ids, class_names: names } = description;
    const classes = { ids, names, imagesIn: group.images_in };
    return decodedImages(await listImageFolder(name, files[0]!, classes), description);
  },
  'image-list': async ({ name, files, folder, group, description }) => {
    const order = group.label_order === undefined ? undefined : path.join(folder, group.label_order);
    const list = { folder: files[0]!, labels: files[1] ?? '', order };
    return decodedImages(await listImageList(name, list, group, description), description);
  },
  parquet: async ({ name, files, group, description }) => {
    const columns = { image: group.image_column ?? 'image', label: group.label_column };
    const images = await openParquetImages(name, files, columns, description);
    return decodedImages(images, description);
  },
  'svhn-mat': ({ name, files }) => openSvhn(name, files[0]!),
};

/**
 * Opens files of any format that a description may name.
 *
 * @throws CascadeError if one is missing, damaged, or does not fit the description.
 */
export function openFiles(found: FoundFiles): Promise<ImageSource> {
  return OPENERS[found.group.format ?? found.description.format](found);
}

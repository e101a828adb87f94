import type { DatasetDescription } from '../../data/dataset-description.js';
import { CascadeError } from '../../errors.js';
import { withClasses } from '../../network/chosen-classes.js';
import type { ReadingOptions } from '../../weights/read-network.js';
import { type Backbone, loadBackbone } from './load-backbone.js';
import { withNetworks } from './with-networks.js';

type Described = Pick<DatasetDescription, 'class_indices' | 'shape' | 'title'>;

/**
 * Reads trained weights for a data set: at the size of its images, and where the network has more classes than the data set
 * has, for those alone that its description chooses. Whether the two fit each other is not asked.
 *
 * @throws CascadeError if the file cannot be read or fits no known architecture, or the network lacks a class that is chosen.
 */
export async function loadBackboneFor(
  file: string,
  description: Described,
  options: ReadingOptions = {},
): Promise<Backbone> {
  const [, height, width] = description.shape;
  return forClasses(await loadBackbone(file, [height, width], options), description);
}

/** The network for the classes that a data set chooses; as it is where it chooses none, or those of another network. */
function forClasses(
  backbone: Backbone,
  { class_indices: chosen, title }: Omit<Described, 'shape'>,
): Backbone {
  const { classes, file } = backbone;
  // WordNet ids are of networks for all of ImageNet; any other may have been trained on the data set's own classes.
  if (chosen === undefined || (chosen.of !== undefined && chosen.of !== classes)) return backbone;
  const { indices } = chosen;
  const missing = indices.find((index) => index >= classes);
  if (missing === undefined) {
    const areAll = indices.length === classes && indices.every((index, place) => index === place);
    if (areAll) return backbone;
    return {
      ...withNetworks(backbone, (network) => withClasses(network, indices)),
      classes: indices.length,
      chosenClasses: { of: classes, indices },
    };
  }
  if (indices.length !== classes)
    throw new CascadeError(
      `${title} names class ${missing} of the network in its class_indices, but ${file} has only ${classes}, numbered from 0; correct its dataset.json, or choose another network.`,
    );
  const note = `${file} has ${classes} output classes, as many as ${title}, and is used as it is: the class_indices are those of a larger network.`;
  return { ...backbone, notes: [...backbone.notes, note] };
}

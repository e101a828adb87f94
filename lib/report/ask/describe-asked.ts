import type { AskedLabels } from '../../cascade/ask/ask.js';
import { counted, grouped } from '../../counted.js';

/** What `ask` found, as its `--json` has it. */
export function askedRow({ images, asked, path }: AskedLabels) {
  return {
    images,
    path_images: path.pathImages,
    test_images: path.images,
    candidates: path.points.length,
    labels_at_most: asked.length,
  };
}

/** How many labels can matter. @param folder that was made. */
export function describeAsked(labels: AskedLabels, folder: string): string {
  const { images, path_images: pathImages, labels_at_most: most } = askedRow(labels);
  const made = pathImages === 0 ? '' : `, of which ${grouped(pathImages)} made the path`;
  const ran = `${counted(images, 'image')} ran through all exits and the full network${made}.`;
  if (most === 0) return `${ran}\nNo label is needed: whatever the labels are, the answer is the same.`;
  return [
    ran,
    `At most ${grouped(most)} of them ${most === 1 ? 'needs' : 'need'} a label${images === most ? '' : `; the other ${grouped(images - most)} cannot change the answer`}.`,
    `${most === 1 ? 'It lies' : 'They lie'} in ${folder}, in the order in which they decide: as a rule far fewer do, and the page says when none is left that matters.`,
  ].join('\n');
}

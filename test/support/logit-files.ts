import path from 'node:path';
import { writeNpy } from '../../lib/files/npy/npy.js';
import { createRandom } from '../../lib/stats/random.js';

/** Images, classes and accuracies of the exits and of the full network, the last, of invented records. */
export interface InventedRecords {
  readonly images: number;
  readonly classes: number;
  readonly skills: readonly number[];
}

export const THREE_EXITS: InventedRecords = { images: 2000, classes: 5, skills: [0.7, 0.85, 0.93, 0.95] };

/**
 * Writes `exit-0.npy`, …, `full.npy` and `labels.npy`: an image that is hard for an exit is hard for those before it too, and an
 * exit is surer where it is right.
 */
export async function writeLogitFiles(folder: string, records: InventedRecords): Promise<void> {
  const { images, classes, skills } = records;
  const random = createRandom(images);
  const labels = Uint16Array.from({ length: images }, () => random() * classes);
  const difficulty = Float64Array.from({ length: images }, () => random());
  for (const [exit, skill] of skills.entries()) {
    const logits = new Float32Array(images * classes);
    for (let image = 0; image < images; image++) {
      for (let label = 0; label < classes; label++) logits[image * classes + label] = random();
      const isRight = difficulty[image]! < skill;
      const answer = isRight ? labels[image]! : (labels[image]! + 1) % classes;
      logits[image * classes + answer]! += 1 + 6 * Math.abs(skill - difficulty[image]!) * (isRight ? 1 : 0.5);
    }
    const name = exit === skills.length - 1 ? 'full.npy' : `exit-${exit}.npy`;
    await writeNpy(path.join(folder, name), '<f4', [images, classes], logits);
  }
  await writeNpy(path.join(folder, 'labels.npy'), '<u2', [images], labels);
}

/** The words that import what `writeLogitFiles` wrote for `THREE_EXITS`. */
export const IMPORT_THREE_EXITS: readonly string[] = [
  'import-records',
  ...['--logits', 'exit-0.npy', 'exit-1.npy', 'exit-2.npy', 'full.npy'],
  ...['--labels', 'labels.npy', '--macs', '20M,40M,60M,100M', '--out', 'mine.cascade'],
];

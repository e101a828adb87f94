import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { parameterShapes } from '../../lib/network/parameter-shapes.js';
import { elementCount } from '../../lib/network/tensor.js';
import { createRandom } from '../../lib/stats/random.js';
import { writeSafetensors } from '../../lib/weights/safetensors.js';
import { type Lifetime, temporaryFolder } from './run-cascade.js';

const CLASSES = 3;
/** Height and width of the images. */
export const SIZE = 8;

/** IDX files of noise, brighter the higher the class. */
export function idxFiles(images: number, seed: number): { readonly images: Buffer; readonly labels: Buffer } {
  const random = createRandom(seed);
  const header = (sizes: readonly number[]): Buffer => {
    const bytes = Buffer.alloc(4 + 4 * sizes.length);
    bytes[2] = 8;
    bytes[3] = sizes.length;
    for (const [index, size] of sizes.entries()) bytes.writeUInt32BE(size, 4 + 4 * index);
    return bytes;
  };
  const labels = Uint8Array.from({ length: images }, (_, image) => image % CLASSES);
  const pixels = Uint8Array.from(
    { length: images * SIZE * SIZE },
    (_, index) => 60 * labels[Math.floor(index / (SIZE * SIZE))]! + 100 * random(),
  );
  return {
    images: Buffer.concat([header([images, SIZE, SIZE]), pixels]),
    labels: Buffer.concat([header([images]), labels]),
  };
}

/** A folder with a data set of noise, `noise/`, and a ResNet-8 of random weights, `backbone.safetensors`. */
export async function workshop(t: Lifetime, classes = CLASSES): Promise<string> {
  const folder = await temporaryFolder(t);
  const data = path.join(folder, 'noise');
  await mkdir(data);
  const files: Record<string, string[]> = {};
  for (const [name, images, seed] of [
    ['fit', 300, 1],
    ['calibration', 200, 2],
    ['test', 200, 3],
  ] as const) {
    const content = idxFiles(images, seed);
    await writeFile(path.join(data, `${name}-images`), content.images);
    await writeFile(path.join(data, `${name}-labels`), content.labels);
    files[name] = [`${name}-images`, `${name}-labels`];
  }
  const description = {
    name: 'noise',
    title: 'Noise',
    format: 'idx',
    class_names: ['dark', 'grey', 'bright'],
    shape: [1, SIZE, SIZE],
    normalization: { mean: [0.5], std: [0.25] },
    augmentation: { crop_padding: 1, flip: true },
    files,
    splits: { fit: { from: 'fit' }, calibration: { from: 'calibration' }, test: { from: 'test' } },
  };
  await writeFile(path.join(data, 'dataset.json'), JSON.stringify(description));
  const graph = cifarResNet({ inputShape: [1, SIZE, SIZE], classes, blocksPerStage: 1, shortcut: 'A' });
  const random = createRandom(4);
  const tensors = new Map(
    [...parameterShapes(graph)].map(([name, shape]) => {
      const draw = (): number => (name.endsWith('running_var') ? 1 : random() - 0.4);
      return [name, { shape, data: Float32Array.from({ length: elementCount(shape) }, draw) }];
    }),
  );
  await writeFile(path.join(folder, 'backbone.safetensors'), writeSafetensors(tensors));
  return folder;
}

/**
 * The words that attach two exits to it; its weights are random, so that it may be no better than chance, and no other way to read it is
 * worth trying.
 */
export const ATTACH = [
  ...['attach', 'backbone.safetensors', '--force-backbone', '--mean', '0.5', '--std', '0.25'],
  ...['--data', 'noise', '--exits', '0,1'],
] as const;

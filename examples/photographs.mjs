// Makes what docs/tutorial.md begins with, from the sample that comes with cascade: node examples/photographs.mjs FOLDER
//
// A trained network (checkpoint.safetensors), photographs in a folder for each class (train, calibration, test), and new ones without
// labels (incoming).
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';

const SAMPLE = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  '..',
  'datasets',
  'fashion-mnist-sample',
);
const SIDE = 28;
const CLASSES = [
  't-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'boot',
];

/** Folders to make: which images of which files of the sample, and whether they lie in a folder for each class. */
const FOLDERS = [
  { name: 'train', part: 'fit', first: 0, count: 400, labelled: true },
  { name: 'calibration', part: 'calibration', first: 0, count: 1000, labelled: true },
  { name: 'test', part: 'test', first: 0, count: 400, labelled: true },
  { name: 'incoming', part: 'test', first: 500, count: 100, labelled: false },
];

const [out] = process.argv.slice(2);
if (out === undefined || existsSync(out)) {
  console.error('usage: node examples/photographs.mjs FOLDER, where FOLDER is not there yet');
  process.exit(2);
}

/** The bytes behind the header of one of MNIST's files. */
function idx(name, headerBytes) {
  return gunzipSync(readFileSync(path.join(SAMPLE, `${name}.gz`))).subarray(headerBytes);
}

for (const { name, part, first, count, labelled } of FOLDERS) {
  const pixels = idx(`${part}-images-idx3-ubyte`, 16);
  const labels = idx(`${part}-labels-idx1-ubyte`, 8);
  const folderOf = (image) => path.join(out, name, labelled ? CLASSES[labels[image]] : '');
  for (let image = first; image < first + count; image++) {
    mkdirSync(folderOf(image), { recursive: true });
    const picture = pixels.subarray(image * SIDE * SIDE, (image + 1) * SIDE * SIDE);
    const raw = { width: SIDE, height: SIDE, channels: 1 };
    const file = path.join(folderOf(image), `${String(image).padStart(5, '0')}.png`);
    await sharp(picture, { raw }).toColourspace('b-w').toFile(file);
  }
}
copyFileSync(path.join(SAMPLE, 'resnet20.safetensors'), path.join(out, 'checkpoint.safetensors'));
console.log(
  `${out} holds checkpoint.safetensors and ${FOLDERS.map(({ name, count }) => `${count.toLocaleString('en-US')} images in ${name}`).join(', ')}.`,
);

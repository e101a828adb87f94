import path from 'node:path';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import { listImageList } from '../../../lib/data/lists/image-list.js';
import { LEFT_OUT_FILE, openUsable } from '../../../lib/records/usable-split.js';
import { type Mutation, oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageJson } from '../mutations/json.js';
import { damageText } from '../mutations/text.js';
import type { Files, Reader } from '../reader.js';
import { idxFile, noiseBytes } from '../samples.js';
import { readImages } from './arrays.js';

const CLASSES = { class_names: ['red', 'green', 'blue'], class_ids: ['n1', 'n2', 'n3'] };
const GROUP = { paths: ['flat', 'list'], first_label: 0 as const, label_column: 'label' };
const damageJsonOrBytes = oneOf(damageJson, damageJson, damageJson, damageBytes);

/** Images whose names alone are read. */
const NAMES: Files = Object.fromEntries(['a', 'b', 'c'].map((name) => [`flat/${name}.png`, Buffer.of(0)]));

function listReader(ending: string, contents: readonly string[], mutation: Mutation): Reader {
  const list = `list.${ending}`;
  return {
    name: `labels-${ending}`,
    samples: () => contents.map((content) => ({ ...NAMES, [list]: Buffer.from(content) })),
    mutationOf: (file) => (file === list ? mutation : undefined),
    read: (folder) => {
      const places = { folder: path.join(folder, 'flat'), labels: path.join(folder, list), order: undefined };
      return listImageList('noise', places, GROUP, CLASSES);
    },
  };
}

function description(more: Readonly<Record<string, unknown>>): Buffer {
  const halves = {
    fit: { from: 'all', range: [0, 2] },
    calibration: { from: 'all', range: [2, 4] },
    test: { from: 'all', range: [4, 6] },
  };
  const common = { name: 'noise', title: 'Noise', ...CLASSES, splits: halves };
  const normalization = { mean: [0.5], std: [0.25] };
  return Buffer.from(JSON.stringify({ ...common, normalization, ...more }));
}

const IDX: Files = {
  'dataset.json': description({
    format: 'idx',
    shape: [1, 4, 4],
    files: { all: ['images', 'labels'] },
    augmentation: { crop_padding: 1, flip: true },
    preprocessing: { resize: 'short-side', size: 4 },
    downloads: [{ url: 'https://example.org/noise.gz', size: 10, unpack: true }],
    license: 'none',
  }),
  images: idxFile([6, 4, 4], noiseBytes(6 * 16)),
  labels: idxFile([6], Uint8Array.of(0, 1, 2, 0, 1, 2)),
};

const dataset: Reader = {
  name: 'dataset-json',
  samples() {
    const records = Buffer.concat(
      [0, 1, 2, 0, 1, 2].map((label) => Buffer.concat([Buffer.of(label), noiseBytes(3072)])),
    );
    const binary = {
      format: 'cifar-binary',
      shape: [3, 32, 32],
      normalization: { mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
      class_indices: [4, 0, 9],
      label_bytes: 1,
      label_byte: 0,
      files: { all: { format: 'cifar-binary', paths: ['part-*.bin'] } },
    };
    const chosen = { ...binary, class_indices: ['n01440764', 'n01443537', 'n01484850'] };
    return [
      IDX,
      { 'dataset.json': description(binary), 'part-0.bin': records },
      { 'dataset.json': description(chosen), 'part-0.bin': records },
    ];
  },
  mutationOf: (file) => (file === 'dataset.json' ? damageJsonOrBytes : undefined),
  async read(folder) {
    const located = await locateDataset(path.join(folder, 'dataset.json'), path.join(folder, 'absent'));
    for (const split of Object.values(located.description.splits))
      await readImages(openSplit(located, split));
  },
};

/** Numbers of the images that are left out of a cascade. */
const leftOut: Reader = {
  name: 'left-out-json',
  samples: () => [{ ...IDX, [LEFT_OUT_FILE]: Buffer.from('{"noise/all":[1,4]}') }],
  mutationOf: (file) => (file === LEFT_OUT_FILE ? damageJsonOrBytes : undefined),
  async read(folder) {
    const located = await locateDataset(path.join(folder, 'dataset.json'), path.join(folder, 'absent'));
    await readImages(openUsable(located, { from: 'all' }, folder));
  },
};

export const LIST_READERS = [
  listReader(
    'txt',
    ['a.png n1\nb.png n2\nc.png n3\n', '0\n1\n2\n', 'a\tred\nb\tgreen\nc\tblue\n'],
    damageText,
  ),
  listReader('csv', ['file,label\na.png,0\nb.png,n2\nc.png,blue\n'], damageText),
  listReader(
    'json',
    [
      '{"a.png": 0, "b.png": "green", "c.png": "n3"}',
      '[{"file": "a.png", "label": 0}, {"file": "b.png", "label": "n2"}]',
    ],
    damageJsonOrBytes,
  ),
  dataset,
  leftOut,
];

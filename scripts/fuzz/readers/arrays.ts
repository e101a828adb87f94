import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { locateDataset, openSplit } from '../../../lib/data/dataset.js';
import { openCifarBinary } from '../../../lib/data/formats/cifar-binary.js';
import { openIdx } from '../../../lib/data/formats/idx.js';
import { openSvhn } from '../../../lib/data/formats/svhn.js';
import type { ImageSource } from '../../../lib/data/image-source.js';
import type { Program } from '../../../lib/engine/engine.js';
import { streamImages } from '../../../lib/engine/stream-images.js';
import { npyHeader, readNpy } from '../../../lib/files/npy/npy.js';
import { oneOf, rarely } from '../mutation.js';
import { damageBytes, damageMostly } from '../mutations/bytes.js';
import { damageGzip, gzipBomb } from '../mutations/gzip.js';
import { damageNpy } from '../mutations/headed.js';
import { only, type Reader } from '../reader.js';
import { eachFixture, idxFile, noiseBytes } from '../samples.js';

/** Images that are read of a source that was opened. */
const READ = 8;

const NO_NETWORK: Program = { outputs: [], run: async () => [], dispose: async () => {} };

/** Reads the first images as a network would be given them, and closes the source. */
export async function readImages(opened: Promise<ImageSource>): Promise<void> {
  const source = await opened;
  try {
    const rows = Uint32Array.from({ length: Math.min(READ, source.count) }, (_, row) => row);
    await streamImages(NO_NETWORK, source, () => {}, { rows });
  } finally {
    await source.close();
  }
}

const npy: Reader = {
  name: 'npy',
  samples() {
    const floats = Buffer.from(Float32Array.from({ length: 12 }, (_, index) => index / 4).buffer);
    return [
      { 'floats.npy': Buffer.concat([npyHeader('<f4', [4, 3]), floats]) },
      { 'bytes.npy': Buffer.concat([npyHeader('|u1', [16]), noiseBytes(16)]) },
      { 'halves.npy': Buffer.concat([npyHeader('<f2', [2, 2, 2]), noiseBytes(16)]) },
    ];
  },
  mutationOf: () =>
    oneOf(
      damageNpy,
      damageNpy,
      damageMostly(() => [[0, 128]]),
    ),
  read: (folder, files) => readNpy(path.join(folder, only(files))),
};

const IDX_HEADER = damageMostly(() => [[0, 16]]);

function idxSample(wrap: (bytes: Buffer) => Buffer): { readonly images: Buffer; readonly labels: Buffer } {
  return {
    images: wrap(idxFile([6, 4, 4], noiseBytes(6 * 16))),
    labels: wrap(idxFile([6], Uint8Array.of(0, 1, 2, 0, 1, 2))),
  };
}

const idx: Reader = {
  name: 'idx',
  samples: () => [{ ...idxSample((bytes) => bytes) }],
  mutationOf: () => IDX_HEADER,
  read: (folder) => readImages(openIdx('noise', path.join(folder, 'images'), path.join(folder, 'labels'), 3)),
};

const idxGzip: Reader = {
  name: 'idx-gzip',
  samples() {
    const { images, labels } = idxSample((bytes) => gzipSync(bytes));
    return [{ 'images.gz': images, 'labels.gz': labels }];
  },
  mutationOf: () => rarely(300, gzipBomb, oneOf(damageGzip(IDX_HEADER), damageBytes)),
  read: (folder) =>
    readImages(openIdx('noise', path.join(folder, 'images.gz'), path.join(folder, 'labels.gz'), 3)),
};

const CIFAR = { labelBytes: 1, labelByte: 0, classes: 10 } as const;

const cifar: Reader = {
  name: 'cifar-binary',
  samples() {
    const records = Array.from({ length: 3 }, (_, label) =>
      Buffer.concat([Buffer.of(label), noiseBytes(3072)]),
    );
    return [{ 'a.bin': Buffer.concat(records), 'b.bin': records[2]! }];
  },
  mutationOf: () => damageMostly(() => [0, 3073, 6146].map((start) => [start, start + 2] as const)),
  read: (folder) =>
    readImages(
      openCifarBinary(
        'noise',
        ['a.bin', 'b.bin'].map((name) => path.join(folder, name)),
        CIFAR,
      ),
    ),
};

const svhn: Reader = {
  name: 'svhn-mat',
  samples: () => eachFixture('data', ['digits.mat', 'digits-plain.mat']),
  mutationOf: () =>
    damageMostly((bytes) => [
      [120, 260],
      [bytes.length - 160, bytes.length],
    ]),
  read: (folder, files) => readImages(openSvhn('digits', path.join(folder, only(files)))),
  writes: 'accepted',
};

/** The footer, whose length stands before the last four bytes, and the headers of the first pages. */
const damageParquet = damageMostly((bytes) => {
  const footer = bytes.length < 8 ? 0 : bytes.readUInt32LE(bytes.length - 8);
  return [
    [bytes.length - 8 - footer, bytes.length - 8],
    [bytes.length - 8, bytes.length],
    [0, 64],
  ];
});

/** A description of the shards beside it. */
const SHARDS = {
  name: 'noise',
  title: 'Noise',
  format: 'parquet',
  class_names: ['red', 'green', 'blue'],
  shape: [3, 2, 2],
  normalization: { mean: [0, 0, 0], std: [1, 1, 1] },
  files: { all: ['images-*.parquet'] },
  splits: {
    fit: { from: 'all', range: [0, 1] },
    calibration: { from: 'all', range: [1, 2] },
    test: { from: 'all', range: [2, 3] },
  },
};

const parquet: Reader = {
  name: 'parquet',
  async samples() {
    const shards = await eachFixture('data', ['images-0.parquet', 'images-1.parquet']);
    return shards.map((shard) => ({ ...shard, 'dataset.json': Buffer.from(JSON.stringify(SHARDS)) }));
  },
  mutationOf: (file) => (file.endsWith('.parquet') ? damageParquet : undefined),
  async read(folder) {
    const located = await locateDataset(path.join(folder, 'dataset.json'), path.join(folder, 'absent'));
    await readImages(openSplit(located, { from: 'all' }));
  },
};

export const ARRAY_READERS = [npy, idx, idxGzip, cifar, svhn, parquet] as const;

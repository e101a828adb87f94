import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  type AttachedNetwork,
  attachHeads,
  exitsOf,
  saveNetwork,
} from '../../../lib/artifact/attached-network.js';
import { type Calibration, writtenCalibration } from '../../../lib/artifact/calibration.js';
import { chosenCalibration } from '../../../lib/artifact/chosen-calibration.js';
import { loadManifest, type Manifest } from '../../../lib/artifact/manifest.js';
import { pricesOf } from '../../../lib/artifact/timings/prices.js';
import type { Timing } from '../../../lib/artifact/timings/timing-schema.js';
import { loadTimings, saveTimings } from '../../../lib/artifact/timings/timings.js';
import { Cascade } from '../../../lib/cascade/cascade.js';
import { evaluateCascade } from '../../../lib/cascade/evaluate-cascade.js';
import { STRETCH } from '../../../lib/data/pictures/preprocessing.js';
import { headGraph } from '../../../lib/heads/head-graph.js';
import { HEAD_KINDS } from '../../../lib/heads/head-kinds.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../../lib/network/input/pixel-input.js';
import { totalMacs } from '../../../lib/network/macs.js';
import { randomParameters } from '../../../lib/network/random-network.js';
import { subgraph } from '../../../lib/network/segments.js';
import { checkedShards } from '../../../lib/records/check-shards.js';
import { recordsFolder } from '../../../lib/records/records.js';
import { createRecords } from '../../../lib/records/records-writer.js';
import { cascadeFingerprint, SplitShards, shardRange } from '../../../lib/records/shards.js';
import { createRandom } from '../../../lib/stats/random.js';
import { type Mutation, oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageSafetensors } from '../mutations/headed.js';
import { damageJson } from '../mutations/json.js';
import type { Files, Reader } from '../reader.js';

/** The first layout, which has no checksums yet: with them hardly a damage would get past the first look. */
export const SCHEMA = 1;
export const CLASSES = 3;
export const IMAGES = 64;
export const INPUT_SHAPE = [1, 8, 8] as const;
export const NORMALIZATION = { mean: [0.5], std: [0.25] };

/** The files of a calibrated cascade of random weights, recorded whole and in two shards. */
export async function cascadeFiles(): Promise<Files> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-fuzz-sample-'));
  try {
    const manifest = await writeNetwork(folder);
    const { exits, full_macs } = manifest;
    const meta = {
      schema: SCHEMA,
      source: 'noise/test',
      images: IMAGES,
      classes: CLASSES,
      exits: exits.map(({ block, backbone_macs, head_macs }) => ({ block, backbone_macs, head_macs })),
      full_macs,
    };
    await writeRecords(recordsFolder(folder, 'test'), meta);
    const [cascade, total] = [await cascadeFingerprint(folder), IMAGES];
    for (const number of [1, 2]) {
      const shard = { number, of: 2 };
      const { first, end } = shardRange(shard, total);
      const origin = { ...shard, first, total, cascade, split: cascade, engine: 'none' };
      await writeRecords(new SplitShards(folder, 'test').folderOf(shard), {
        ...meta,
        images: end - first,
        shard: origin,
      } as typeof meta);
    }
    const thresholds = { schema: SCHEMA, calibrations: [writtenCalibration(calibration(exits.length))] };
    await saveTimings(folder, [timing(exits)], manifest);
    await writeFile(path.join(folder, 'cascade.json'), JSON.stringify(manifest));
    await writeFile(path.join(folder, 'thresholds.json'), JSON.stringify(thresholds));
    return await filesIn(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A folded ResNet-8 of random weights that takes pixels, with linear heads at all its places. */
export function attachedNetwork(): AttachedNetwork {
  const [inputShape, widths] = [INPUT_SHAPE, [2, 4, 8]];
  const graph = cifarResNet({ inputShape, classes: CLASSES, blocksPerStage: 1, widths, shortcut: 'A' });
  const backbone = withPixelInput(
    foldBatchNormalization({ graph, parameters: randomParameters(graph, 0) }),
    NORMALIZATION,
  );
  const places = cutPoints(backbone.graph)
    .slice(0, -1)
    .map((cut) => ({ cut, head: 'linear' as const }));
  const heads = places.map(({ cut, head }) =>
    randomParameters(headGraph(HEAD_KINDS[head], cut.shape, CLASSES), 1),
  );
  return attachHeads(backbone, places, CLASSES, heads);
}

async function writeNetwork(folder: string): Promise<Manifest> {
  const attached = attachedNetwork();
  const { graph } = attached.network;
  await saveNetwork(folder, attached);
  return {
    schema: SCHEMA,
    cascade_version: '0.0.0',
    name: 'noise',
    dataset: 'noise',
    classes: CLASSES,
    class_names: ['dark', 'grey', 'bright'],
    full_macs: totalMacs(subgraph(graph, graph.input, [graph.output])),
    mac_convention: 'default',
    exits: exitsOf(
      attached,
      attached.exits.map(() => 50),
    ),
    splits: { calibration: { records: 'test', half: 0 }, test: { records: 'test', half: 1 } },
    seed: 0,
    backbone: {
      file: 'noise.safetensors',
      sha256: '0'.repeat(64),
      architecture: 'ResNet-8',
      input_shape: INPUT_SHAPE,
      normalization: NORMALIZATION,
      preprocessing: STRETCH,
    },
  };
}

export async function writeRecords(folder: string, meta: Parameters<typeof createRecords>[2]): Promise<void> {
  const { images, classes, exits } = meta;
  const random = createRandom(images);
  const writer = await createRecords(
    folder,
    Uint16Array.from({ length: images }, (_, image) => image % classes),
    meta,
  );
  await writer.append(
    Array.from({ length: exits.length + 1 }, () =>
      Float32Array.from({ length: images * classes }, () => 4 * random() - 2),
    ),
  );
  await writer.commit();
}

export function calibration(exits: number): Calibration {
  const thresholds = Array.from({ length: exits }, (_, exit) => 0.9 - 0.1 * exit);
  const point = { thresholds, parameter: 0.1, breaks: 1, repairs: 0, cost: 1000 };
  return {
    method: 'paper-path',
    target: { kind: 'max-drop', drop: 0.1 },
    rule: {
      scoring: { criterion: 'softmax', top: 1, averaging: 0.1, temperatures: thresholds.map(() => 1.5) },
      thresholds,
    },
    labels: 'given',
    split: 'first half of noise/test',
    split_seed: 0,
    images: IMAGES / 2,
    parameter: 0.1,
    promise: { confidence: 0.95, path: { images: IMAGES / 2, labelFree: false, points: [point] } },
  };
}

function timing(exits: Manifest['exits']): Timing {
  const time = (nanoseconds: number) => ({ nanoseconds, low: nanoseconds, high: nanoseconds + 1 });
  return {
    ...{ date: '2026-01-31T12:00:00.000Z', cpu: 'any', cores: 2, platform: 'any' },
    engine: { name: 'onnxruntime', version: '1.0.0' },
    ...{ batch_size: 1, images: 64, rounds: 25, pixels: 'random', full: time(1e6) },
    exits: exits.map(({ block }, exit) => ({ block, trunk: time(1000 * (exit + 1)), head: time(100) })),
  };
}

export async function filesIn(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  const read = files.map(
    async (file) => [file.split(path.sep).join('/'), await readFile(path.join(folder, file))] as const,
  );
  return Object.fromEntries(await Promise.all(read));
}

export const damageDocument = oneOf(damageJson, damageJson, damageJson, damageJson, damageBytes);

/** What `cascade eval` reads. */
export async function evaluate(folder: string): Promise<void> {
  const manifest = await loadManifest(folder);
  await evaluateCascade(folder, manifest, [await chosenCalibration(folder, manifest)]);
}

/** What exits cost, by everything that was measured. */
async function prices(folder: string): Promise<void> {
  const manifest = await loadManifest(folder);
  for (const timing of await loadTimings(folder, manifest)) pricesOf(manifest, timing);
}

/** What a program reads that classifies. */
export async function classify(folder: string): Promise<void> {
  const cascade = await Cascade.load(folder, { maxDrop: 0.5, engine: 'onnxruntime' });
  try {
    await cascade.classify(new Uint8Array(64));
  } finally {
    await cascade.dispose();
  }
}

function folderReader(
  file: string,
  name: string,
  read: Reader['read'],
  mutation: Mutation = damageDocument,
): Reader {
  return {
    name,
    samples: async () => [await cascadeFiles()],
    mutationOf: (each) => (each === file ? mutation : undefined),
    read,
  };
}

export const CASCADE_READERS = [
  folderReader('cascade.json', 'cascade-json', evaluate),
  folderReader('cascade.json', 'cascade-json-classify', classify),
  folderReader('thresholds.json', 'thresholds-json', evaluate),
  folderReader('thresholds.json', 'thresholds-json-classify', classify),
  folderReader('timings.json', 'timings-json', prices),
  folderReader('network.json', 'network-json', classify),
  folderReader('heads.safetensors', 'heads-safetensors', classify, oneOf(damageSafetensors, damageBytes)),
  folderReader('records/test/meta.json', 'records-meta-json', evaluate),
  folderReader('records/test.shards/1-of-2/meta.json', 'shard-meta-json', (folder) =>
    checkedShards(folder, 'test'),
  ),
];

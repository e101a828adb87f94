import path from 'node:path';
import type { ExecutionContext } from 'ava';
import { attachHeads, exitsOf, saveNetwork } from '../../lib/artifact/attached-network.js';
import { onlyCosts } from '../../lib/artifact/exit-costs.js';
import { loadManifest, type Manifest, SCHEMA, saveManifest } from '../../lib/artifact/manifest.js';
import { calibrateCascade } from '../../lib/cascade/calibrate-cascade.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { headGraph } from '../../lib/heads/head-graph.js';
import { HEAD_KINDS } from '../../lib/heads/head-kinds.js';
import { cifarResNet } from '../../lib/network/architectures/resnet-cifar.js';
import { cutPoints } from '../../lib/network/cut-points.js';
import { foldBatchNormalization } from '../../lib/network/fold-batch-norm.js';
import { withPixelInput } from '../../lib/network/input/pixel-input.js';
import { totalMacs } from '../../lib/network/macs.js';
import { randomParameters } from '../../lib/network/random-network.js';
import { recordsFolder } from '../../lib/records/records.js';
import { RECORDS_SCHEMA, type RecordsContent } from '../../lib/records/records-meta.js';
import { createRecords } from '../../lib/records/records-writer.js';
import { createRandom } from '../../lib/stats/random.js';
import { temporaryFolder } from './run-cascade.js';

export const CLASSES = 3;
const SIDE = 8;
/** Shape of the images, `[channels, height, width]`. */
export const SHAPE = [1, SIDE, SIDE] as const;
export const IMAGES = 120;

/** Random logits of two exits and the full network, the labels the full network's own more often than not. */
export function smallRecords(seed: number): { labels: Uint16Array; logits: Float32Array[] } {
  const random = createRandom(seed);
  const labels = Uint16Array.from({ length: IMAGES }, () => Math.floor(CLASSES * random()));
  const logits = [1, 2, 3].map((skill) =>
    Float32Array.from(
      { length: IMAGES * CLASSES },
      (_, index) =>
        random() + (labels[Math.floor(index / CLASSES)] === index % CLASSES ? skill * random() : 0),
    ),
  );
  return { labels, logits };
}

export function contentOfRecords(manifest: Manifest, source: string): RecordsContent {
  const { classes } = manifest;
  return { schema: RECORDS_SCHEMA, source, images: IMAGES, classes, ...onlyCosts(manifest) };
}

/** Writes the records of both splits of a cascade with two exits. */
export async function writeSmallRecords(folder: string, manifest: Manifest): Promise<void> {
  for (const [index, name] of ['calibration', 'test'].entries()) {
    const { labels, logits } = smallRecords(index);
    const content = contentOfRecords(manifest, `noise/${name}`);
    const records = await createRecords(recordsFolder(folder, name), labels, content);
    await records.append(logits);
    await records.commit();
  }
}

/** A whole, calibrated cascade of a ResNet-8 of random weights with two exits, made without fitting anything. */
export async function smallCascade(
  t: ExecutionContext,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  const folder = path.join(await temporaryFolder(t), 'small.cascade');
  const graph = cifarResNet({ inputShape: SHAPE, classes: CLASSES, blocksPerStage: 1, shortcut: 'A' });
  const normalization = { mean: [0.5], std: [0.25] };
  const trained = { graph, parameters: randomParameters(graph, 0) };
  const network = withPixelInput(foldBatchNormalization(trained), normalization);
  const places = cutPoints(network.graph)
    .slice(0, 2)
    .map((cut) => ({ cut, head: 'linear' as const }));
  const heads = places.map(({ cut }, index) =>
    randomParameters(headGraph(HEAD_KINDS.linear, cut.shape, CLASSES), index),
  );
  const attached = attachHeads(network, places, CLASSES, heads);
  const written: Manifest = {
    schema: SCHEMA,
    cascade_version: '0',
    name: 'small',
    dataset: 'noise',
    classes: CLASSES,
    class_names: ['dark', 'grey', 'bright'],
    full_macs: totalMacs(network.graph),
    mac_convention: 'default',
    exits: exitsOf(attached, new Array<number>(places.length).fill(50)),
    splits: { calibration: { records: 'calibration' }, test: { records: 'test' } },
    seed: 0,
    backbone: {
      file: 'backbone.safetensors',
      sha256: '0'.repeat(64),
      architecture: 'ResNet-8',
      input_shape: SHAPE,
      normalization,
    },
    sha256: await saveNetwork(folder, attached),
  };
  await saveManifest(folder, written);
  const manifest = await loadManifest(folder);
  await writeSmallRecords(folder, manifest);
  const search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false } as const;
  const target = { kind: 'max-drop', drop: 0.3 } as const;
  for (const confidence of [null, 0.6])
    await calibrateCascade(folder, manifest, { splitSeed: 0, search, target, confidence });
  return { folder, manifest };
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { attach } from '../../../lib/cascade/attach/attach.js';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { locateDataset } from '../../../lib/data/dataset.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import { CascadeError } from '../../../lib/errors.js';
import { cifarResNet } from '../../../lib/network/architectures/resnet-cifar.js';
import { randomParameters } from '../../../lib/network/random-network.js';
import type { Reporter } from '../../../lib/reporter.js';
import { writeSafetensors } from '../../../lib/weights/safetensors.js';
import { oneOf } from '../mutation.js';
import { damageBytes } from '../mutations/bytes.js';
import { damageSafetensors } from '../mutations/headed.js';
import type { Files, Reader } from '../reader.js';
import { idxFile, noiseBytes } from '../samples.js';
import { CLASSES, damageDocument, filesIn, INPUT_SHAPE, NORMALIZATION } from './cascade-folder.js';

const IMAGES = 60;
const OUT = 'noise.cascade';

/** A data set of noise and a network of random weights. */
function inputs(): Files {
  const [inputShape, widths] = [INPUT_SHAPE, [4, 8, 16]];
  const graph = cifarResNet({ inputShape, classes: CLASSES, blocksPerStage: 1, widths, shortcut: 'B' });
  const splits = {
    fit: { from: 'all', range: [0, 40] },
    calibration: { from: 'all', range: [40, 50] },
    test: { from: 'all', range: [50, 60] },
  };
  const description = {
    ...{ name: 'noise', title: 'Noise', format: 'idx', class_names: ['dark', 'grey', 'bright'] },
    ...{ shape: INPUT_SHAPE, normalization: NORMALIZATION, files: { all: ['images', 'labels'] }, splits },
  };
  return {
    'dataset.json': Buffer.from(JSON.stringify(description)),
    images: idxFile([IMAGES, 8, 8], noiseBytes(IMAGES * 64)),
    labels: idxFile(
      [IMAGES],
      Uint8Array.from({ length: IMAGES }, (_, image) => image % CLASSES),
    ),
    'network.safetensors': Buffer.from(writeSafetensors(randomParameters(graph, 0))),
  };
}

/** Attaches a student and a deep head in a folder, or goes on with that. @param until what the name of the work begins with that it is interrupted at. */
async function attachIn(folder: string, until?: string): Promise<void> {
  const stop = new AbortController();
  const reporter: Reporter = {
    note: () => {},
    bar: (label) => ({
      update: () =>
        until !== undefined && label.startsWith(until)
          ? stop.abort(new CascadeError('Interrupted.'))
          : undefined,
      stop: () => {},
    }),
  };
  const dataset = await locateDataset(path.join(folder, 'dataset.json'), folder);
  const backbone = await loadBackbone(path.join(folder, 'network.safetensors'), [8, 8]);
  await attach(backbone, dataset, await openEngine('onnxruntime'), {
    ...{ out: path.join(folder, OUT), exits: '1', heads: 'deep', students: [0.5] },
    ...{ augmentedPasses: 0, epochs: 1, preprocessing: {}, forceBackbone: true, onBadImage: 'stop' },
    ...{ seed: 0, force: false, version: '0.0.0', reporter, signal: stop.signal },
  });
}

async function interrupted(until: string): Promise<Files> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cascade-fuzz-sample-'));
  try {
    for (const [name, content] of Object.entries(inputs())) await writeFile(path.join(folder, name), content);
    await attachIn(folder, until).catch((error: unknown) => {
      if ((error as Error).message !== 'Interrupted.') throw error;
    });
    return await filesIn(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Without the finished student, so that its last epoch and what the full network said are read. */
async function inTheStudent(): Promise<Files> {
  const files = Object.entries(await interrupted('Recording '));
  const student = /student[^/]*\.safetensors$/;
  const sample = Object.fromEntries(files.filter(([name]) => !student.test(name)));
  const records = `${OUT}.partial/records/test`;
  const meta = JSON.parse(sample[`${OUT}.partial/records/calibration/meta.json`]!.toString()) as object;
  const { sha256: _, ...content } = { sha256: '', ...meta, source: 'noise/all' };
  return { ...sample, [`${records}/progress.json`]: Buffer.from(JSON.stringify({ rows: 0, meta: content })) };
}

/** What an interrupted `cascade attach` left, which it goes on with. */
const unfinished: Reader = {
  name: 'unfinished-attach',
  samples: async () => [await inTheStudent()],
  mutationOf(file) {
    if (!file.startsWith(`${OUT}.partial/`)) return undefined;
    if (/\.(json|progress)$/.test(file)) return damageDocument;
    return /\.safetensors/.test(file) ? oneOf(damageSafetensors, damageBytes) : undefined;
  },
  writes: 'always',
  read: (folder) => attachIn(folder),
};

export const UNFINISHED_READERS = [unfinished] as const;

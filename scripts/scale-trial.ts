// Tries scale on generated JPEGs and networks of random weights: memory over many images, images a second, and going on after a
// kill; then a ResNet-50 through all commands. Writes a CSV for each network. Linux only.
//
// node dist/scripts/scale-trial.js <folder of photographs> <work folder> [results/scale] [resnet20|resnet50]
//
// Images that are in the work folder already are not generated again.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { usageError } from '../lib/errors.js';
import { writeCsv } from '../lib/report/csv.js';
import { generateImages } from './scale/generate-images.js';
import { resnet20, resnet50, writeRandomWeights } from './scale/networks.js';
import { hashRecords, recordedRows } from './scale/recorded-files.js';
import { growth, type Sample, watch } from './scale/watched-process.js';

const CLASSES = ['ant', 'bee', 'cat', 'dog', 'eel', 'fox', 'gnu', 'hen', 'ibis', 'jay'];
const MANY = 50_000;
const FEW = 800;
const PROGRAM = path.join('dist', 'bin', 'cascade.js');

type Row = {
  readonly run: string;
  readonly network: string;
  readonly images: number;
  readonly seconds: number;
  readonly images_per_second: number | null;
  readonly resident_mb_at_20_percent: number | null;
  readonly resident_mb_at_60_percent: number | null;
  readonly resident_mb_at_100_percent: number | null;
  readonly peak_mb: number;
  readonly same_bytes_after_kill: boolean | null;
};

const [photographs, work, out = path.join('results', 'scale'), only] = process.argv.slice(2);
if (photographs === undefined || work === undefined)
  throw usageError('Give a folder of photographs and one to work in.');
await mkdir(out, { recursive: true });
let rows: Row[] = [];
if (only !== 'resnet50') await tryMany();
if (only !== 'resnet20') await tryLarge();

async function tryMany(): Promise<void> {
  const many = await makeDataset('many', MANY, [3, 32, 32]);
  const small = path.join(work!, 'resnet20.safetensors');
  await writeRandomWeights(small, resnet20(CLASSES.length));
  const whole = await attach('ResNet-20', small, many, 'whole.cascade', '2,5');
  await attach('ResNet-20', small, many, 'killed.cascade', '2,5', whole.hash);
  await calibrate('whole.cascade');
  await classify('ResNet-20', 'whole.cascade', many, MANY);
  await writeCsv(path.join(out, 'resnet20.csv'), rows);
  rows = [];
}

async function tryLarge(): Promise<void> {
  const few = await makeDataset('few', FEW, [3, 224, 224]);
  const large = path.join(work!, 'resnet50.safetensors');
  await writeRandomWeights(large, resnet50(CLASSES.length));
  await attach('ResNet-50', large, few, 'resnet50.cascade', '3,7,13');
  await calibrate('resnet50.cascade');
  await step('eval', 'ResNet-50', FEW, [
    ...['eval', path.join(work!, 'resnet50.cascade'), '--results', path.join(work!, 'results')],
  ]);
  await classify('ResNet-50', 'resnet50.cascade', few, FEW);
  await writeCsv(path.join(out, 'resnet50.csv'), rows);
}

/** A data set whose test images are counted; as many as 200 more serve to fit heads. */
async function makeDataset(name: string, count: number, shape: readonly number[]): Promise<string> {
  const folder = path.join(work!, name);
  if (!existsSync(folder)) {
    const unfinished = `${folder}.partial`;
    await rm(unfinished, { recursive: true, force: true });
    await generateImages(photographs!, path.join(unfinished, 'test'), CLASSES, count);
    await generateImages(photographs!, path.join(unfinished, 'train'), CLASSES, 200);
    await rename(unfinished, folder);
  }
  const description = {
    name: `generated-${name}`,
    title: 'Generated pictures',
    format: 'image-folder',
    class_names: CLASSES,
    shape,
    preprocessing: { resize: 'short-side', size: Math.round((shape[1]! * 8) / 7), interpolation: 'bilinear' },
    normalization: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
    files: { train: ['train'], test: ['test'] },
    splits: {
      fit: { from: 'train' },
      calibration: { from: 'test', half: 0 },
      test: { from: 'test', half: 1 },
    },
  };
  await writeFile(path.join(folder, 'dataset.json'), JSON.stringify(description, null, 2));
  return folder;
}

/** @param expected hash of the records of a run that was not killed; this one is killed at half, and goes on. */
async function attach(
  network: string,
  weights: string,
  data: string,
  name: string,
  exits: string,
  expected?: string,
): Promise<{ readonly hash: string }> {
  const cascade = path.join(work!, name);
  await rm(cascade, { recursive: true, force: true });
  await rm(`${cascade}.partial`, { recursive: true, force: true });
  const count = data.endsWith('many') ? MANY : FEW;
  const words = [
    PROGRAM,
    'attach',
    '--force-backbone',
    weights,
    '--data',
    data,
    '--data-dir',
    data,
    '--exits',
    exits,
    '--out',
    cascade,
  ];
  const done = (): Promise<number> => recordedRows(testRecords(`${cascade}.partial`));
  const first = expected === undefined ? [] : await watch(words, { done, killAt: count / 2 });
  const samples = await watch(words, { done });
  const hash = await hashRecords(testRecords(cascade));
  addRow(expected === undefined ? 'attach' : 'attach, killed at half', network, count, first, samples, {
    same_bytes_after_kill: expected === undefined ? null : hash === expected,
  });
  return { hash };
}

function testRecords(folder: string): string {
  return path.join(folder, 'records', 'test');
}

/** Random networks are right by chance, so a drop is asked for that thresholds can give. */
async function calibrate(name: string): Promise<void> {
  await watch([
    PROGRAM,
    'calibrate',
    path.join(work!, name),
    '--max-drop',
    '2%',
    '--confidence',
    'none',
    '--quiet',
  ]);
}

async function classify(network: string, name: string, data: string, count: number): Promise<void> {
  await step('run', network, count, [
    ...['run', path.join(work!, name), path.join(data, 'test'), '--format', 'csv', '--quiet'],
  ]);
}

async function step(title: string, network: string, count: number, words: readonly string[]): Promise<void> {
  addRow(title, network, count, [], await watch([PROGRAM, ...words]), {});
}

function addRow(
  run: string,
  network: string,
  images: number,
  killed: readonly Sample[],
  samples: readonly Sample[],
  more: Partial<Row>,
): void {
  const working = samples.filter(({ done }) => done > 0);
  const grown = growth(samples);
  const seconds = samples.at(-1)!.seconds + (killed.at(-1)?.seconds ?? 0);
  // Where progress is not written down, the time of the whole run counts, start and all.
  const rate =
    grown === undefined
      ? images / seconds
      : (grown.end.done - grown.start.done) / (grown.end.seconds - grown.start.seconds);
  const at = (share: number): number | null => {
    const inside = working.length === 0 ? samples : working;
    return Math.round(
      inside[Math.min(inside.length - 1, Math.floor(share * inside.length))]!.residentMegabytes,
    );
  };
  rows.push({
    run,
    network,
    images,
    seconds: Number(seconds.toFixed(1)),
    // `eval` reads records only.
    images_per_second: run === 'eval' ? null : Number(rate.toPrecision(3)),
    resident_mb_at_20_percent: at(0.2),
    resident_mb_at_60_percent: at(0.6),
    resident_mb_at_100_percent: at(1),
    peak_mb: Math.round(Math.max(...[...killed, ...samples].map(({ peakMegabytes }) => peakMegabytes))),
    same_bytes_after_kill: null,
    ...more,
  });
  console.log(JSON.stringify(rows.at(-1)));
}

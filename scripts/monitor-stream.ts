// The monitor on a real stream: test images that had no part in choosing thresholds are written as files; some begin a state, others are run
// as they are, in two runs, and then the same ones gone bad, each as a command of its own.
//
// CASCADE_DATA=<folder with CIFAR> node dist/scripts/monitor-stream.js <cascade> <text file of what was said>
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { loadManifest } from '../lib/artifact/manifest.js';
import type { ImageSource } from '../lib/data/image-source.js';
import { usageError } from '../lib/errors.js';
import { writeFileAtomically } from '../lib/files/atomic-write.js';
import { elementCount } from '../lib/network/tensor.js';
import { locateCascadeDataset } from '../lib/records/cascade-dataset.js';
import { corruptedSource } from './monitor/corrupted-source.js';
import { openTestImages } from './monitor/test-images.js';

const REFERENCE = 2000;
/** Images of each of the two clean runs, and of the bad one. */
const STREAM = 1000;

const [folder, file] = process.argv.slice(2);
if (folder === undefined || file === undefined) throw usageError('Give a cascade and a text file.');
const manifest = await loadManifest(folder);
const dataset = await locateCascadeDataset(folder, manifest, {});
const images = await openTestImages(folder, manifest, dataset);
const work = await mkdtemp(path.join(tmpdir(), 'cascade-stream-'));
const said: string[] = [];
try {
  const bad = corruptedSource(images, 'contrast', 5);
  const clean = REFERENCE + STREAM;
  await writePictures(images, 0, REFERENCE, 'reference');
  await writePictures(images, REFERENCE, clean, 'monday');
  await writePictures(images, clean, clean + STREAM, 'tuesday');
  await writePictures(bad, REFERENCE, clean, 'faded');
  const state = ['--monitor-state', 'monitor.json'];
  run('monitor', folder, '--reference', 'reference', ...state);
  for (const day of ['monday', 'tuesday', 'faded'])
    run('run', folder, day, '--monitor', '30%', ...state, '--format', 'csv');
  run('monitor', 'monitor.json');
} finally {
  await rm(work, { recursive: true, force: true });
  await images.close();
}
await writeFileAtomically(file, `${said.join('\n\n')}\n`);

async function writePictures(source: ImageSource, from: number, to: number, name: string): Promise<void> {
  await mkdir(path.join(work, name));
  const [channels, height, width] = source.shape;
  const planes = new Uint8Array(elementCount(source.shape));
  for (let image = from; image < to; image++) {
    await source.readImages([image], planes);
    const pixels = Uint8Array.from(planes, (_, index) => {
      const channel = index % channels;
      return planes[channel * height * width + Math.floor(index / channels)]!;
    });
    await sharp(pixels, { raw: { width, height, channels: channels as 1 | 3 } })
      .png()
      .toFile(path.join(work, name, `${String(image).padStart(5, '0')}.png`));
  }
}

/** Runs a command and keeps what it said, but for the rows of `run`. */
function run(...[command, cascade, ...words]: readonly [string, string, ...string[]]): void {
  const program = path.resolve('dist', 'bin', 'cascade.js');
  const named = command === 'run' || words.length > 0 ? path.resolve(cascade) : cascade;
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, command, named, ...words], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const line = `$ cascade ${[command, path.basename(cascade), ...words].join(' ')}`;
  const rows = `(${stdout.trim().split('\n').length - 1} rows)\n`;
  // Neither where the cascade lies nor how long it took.
  const notes = stderr
    .replaceAll(path.resolve(cascade), path.basename(cascade))
    .replace(/^Comparing: .*\n/m, '');
  said.push(`${line}\n${command === 'run' ? rows : stdout}${notes}exit code ${status}`);
  console.log(said.at(-1));
}

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { AttachOptions } from '../../../lib/cascade/attach/attach-plan.js';
import { keptPreprocessing } from '../../../lib/cascade/attach/kept-preprocessing.js';
import { loadBackbone } from '../../../lib/cascade/backbone/load-backbone.js';
import { locateDataset } from '../../../lib/data/dataset.js';
import { openEngine } from '../../../lib/engine/open-engine.js';
import type { Normalization } from '../../../lib/network/input/pixel-input.js';
import { SILENT } from '../../../lib/reporter.js';
import { writeColourNetwork, writeColours } from '../../support/colours.js';
import { type CascadeRun, mustRun, runCascade, temporaryFolder } from '../../support/run-cascade.js';

const BLUE_FIRST = { mean: [0.406, 0.456, 0.485], std: [0.225, 0.224, 0.229], channels: 'bgr' } as const;
const ATTACH = [
  'attach',
  'n.onnx',
  '--data',
  'colours',
  '--exits',
  '0,',
  '--augment',
  '0',
  '--out',
  'c.cascade',
];

/** A folder with the data set `colours` and a network for it, `n.onnx`. */
async function folderWith(
  t: ExecutionContext,
  normalization: Normalization,
  order?: number[],
): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeColours(folder);
  await writeColourNetwork(path.join(folder, 'n.onnx'), normalization, order);
  return folder;
}

async function manifestOf(folder: string) {
  return JSON.parse(await readFile(path.join(folder, 'c.cascade', 'cascade.json'), 'utf8'));
}

test('a network that takes blue first is attached so, and is as good in the cascade as by itself', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST);
  const { code, stderr } = await runCascade(folder, ...ATTACH);
  t.is(code, 0, stderr);
  t.regex(
    stderr,
    /Pixels are normalised by ImageNet's mean and deviation, blue first \(--mean 0\.406,0\.456,0\.485 --std 0\.225,0\.224,0\.229 --channels bgr\): log-likelihood −\S+ and 100\.0 % right on \d+ fitting images, against log-likelihood −\S+ and \S+ % right by the mean and deviation of colours\./,
  );
  t.deepEqual((await manifestOf(folder)).backbone.normalization, BLUE_FIRST);
  await mustRun(folder, 'calibrate', 'c.cascade', '--max-drop', '5%', '--confidence', 'none');
  const evaluated = await runCascade(folder, 'eval', 'c.cascade', '--json', '--quiet');
  t.is(JSON.parse(evaluated.stdout).full_accuracy_percent, 100);
});

test('what is given for the pixels is taken, and what would be better is said', async (t) => {
  const folder = await folderWith(t, { mean: [0, 0, 0], std: [1, 1, 1] });
  const { code, stderr } = await runCascade(folder, ...ATTACH, '--mean', '0,0,0', '--std', '1.3,1.3,1.3');
  t.is(code, 0, stderr);
  t.regex(
    stderr,
    /Pixels are normalised by --mean and --std .*; 0 to 1 would do clearly better: .*\(--mean 0,0,0 --std 1,1,1\)\./,
  );
  t.deepEqual((await manifestOf(folder)).backbone.normalization, { mean: [0, 0, 0], std: [1.3, 1.3, 1.3] });
});

test('only the order of channels that is given is tried', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST);
  const { stderr } = await runCascade(folder, ...ATTACH, '--channels', 'rgb');
  t.notRegex(stderr, /blue first|--channels bgr/);
});

test('a network that always gives the same answer is refused and leaves nothing, unless it is forced', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST, [2, 2, 2, 2, 2]);
  const { code, stderr } = await runCascade(folder, ...ATTACH);
  t.is(code, 1);
  t.regex(
    stderr,
    /^cascade: n\.onnx is right on 20\.0 % of 300 fitting images, no better than chance \(20\.0 %\): its classes or preprocessing are not those of the data; [^\n]*go on all the same with --force-backbone\.$/m,
  );
  t.false(existsSync(path.join(folder, 'c.cascade')));
  t.false(existsSync(path.join(folder, 'c.cascade.partial')));
  t.is((await runCascade(folder, ...ATTACH, '--force-backbone')).code, 0);
});

test('inspect shows what was tried on fitting images, and goes on without them', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST);
  const words = ['inspect', 'n.onnx', '--data', 'colours'];
  const { normalizations } = JSON.parse((await runCascade(folder, ...words, '--json', '--quiet')).stdout);
  t.like(normalizations[0], { ...BLUE_FIRST, accuracy_percent: 100, chosen: true });
  t.is(normalizations.filter((row: { chosen: boolean }) => row.chosen).length, 1);
  const { stdout } = await runCascade(folder, ...words);
  t.regex(stdout, /^ImageNet's mean and deviation, blue first +\d+ +−\S+ +100\.0 % +chosen$/m);
  const without = await runCascade(folder, 'inspect', 'n.onnx', '--data', 'cifar10', '--json');
  t.is(without.code, 0, without.stderr);
  t.regex(without.stderr, /was not tried: CIFAR-10 is not in /);
  t.is(JSON.parse(without.stdout).normalizations, undefined);
});

test('an attach that goes on keeps the choice without trying again', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST);
  const backbone = await loadBackbone(path.join(folder, 'n.onnx'), [32, 32]);
  const dataset = await locateDataset(path.join(folder, 'colours'), folder);
  const engine = await openEngine();
  let told = 0;
  const options: AttachOptions = {
    ...{ out: path.join(folder, 'c.cascade'), exits: '0,', heads: 'linear', augmentedPasses: 0 },
    ...{ preprocessing: {}, forceBackbone: false, onBadImage: 'stop', seed: 0, force: false },
    ...{ version: '0', reporter: SILENT, onReading: () => told++ },
  };
  const work = path.join(folder, 'work');
  const first = await keptPreprocessing(backbone, { dataset, engine, work, options }, 'reading.json');
  t.deepEqual(first.normalization, BLUE_FIRST);
  const untouched = { ...engine, load: () => t.fail('the network was loaded again') as never };
  const again = await keptPreprocessing(
    backbone,
    { dataset, engine: untouched, work, options },
    'reading.json',
  );
  t.deepEqual(again.normalization, BLUE_FIRST);
  t.is(told, 1);
});

function lastLine({ stderr }: CascadeRun): string | undefined {
  return stderr.split('\n').findLast((line) => line !== '');
}

test('an order of channels for pictures of one channel, or unknown, is refused', async (t) => {
  const folder = await folderWith(t, BLUE_FIRST);
  const unknown = await runCascade(folder, ...ATTACH, '--channels', 'grb');
  t.is(unknown.code, 2);
  t.regex(lastLine(unknown)!, /Allowed choices are rgb, bgr/);
  const { workshop } = await import('../../support/workshop.js');
  const grey = await workshop(t);
  const words = ['attach', 'backbone.safetensors', '--data', 'noise', '--channels', 'bgr'];
  const refused = await runCascade(grey, ...words);
  t.is(refused.code, 2);
  t.is(
    lastLine(refused),
    'cascade: --channels bgr is for images of 3 channels, and these have 1; leave it out.',
  );
});

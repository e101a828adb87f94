import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadManifest } from '../../../lib/artifact/manifest.js';
import { writeColourNetwork, writeColours } from '../../support/colours.js';
import { mustRun, runCascade, temporaryFolder } from '../../support/run-cascade.js';

const PLAIN = { mean: [0.3, 0.25, 0.35], std: [0.12, 0.1, 0.14] };

/** The colours of a network's eight classes; those that stand for the data set's five, in their order, are not the first of their colour. */
const COLOURS = [4, 0, 3, 2, 1, 0, 1, 4];
const CHOSEN = [5, 6, 3, 2, 7];
const WORDS = "5 of the network's 8 classes";

/** Multiply-accumulates of a colour network: a 1×1 convolution of 3 channels for the stem and each block, and a classifier. */
function macs(blocks: number, classes: number): number {
  return 9 * 32 * 32 * (1 + blocks) + 3 * classes;
}

/** A folder with the data set `colours`, as five classes of eight, and `eight.onnx`, which tells eight apart. */
async function folderWithNetwork(t: ExecutionContext, chosen: readonly unknown[] = CHOSEN): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeColours(folder);
  const file = path.join(folder, 'colours', 'dataset.json');
  const description = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...description, class_indices: chosen }));
  await writeColourNetwork(path.join(folder, 'eight.onnx'), PLAIN, COLOURS);
  return folder;
}

const ATTACH = ['attach', 'eight.onnx', '--data', 'colours', '--heads', 'linear', '--augment', '0'];
const ONE_EXIT = [...ATTACH, '--exits', '0,', '--out', 'c.cascade'];

test('a cascade of some of a network’s classes is one of so many, and says so', async (t) => {
  const folder = await folderWithNetwork(t);
  const { code, stdout, stderr } = await runCascade(folder, ...ONE_EXIT);
  t.is(code, 0, stderr);
  t.regex(stdout, new RegExp(`^c\\.cascade: .* on Colours, ${WORDS}, 1 exit, 27,663 MACs$`, 'm'));
  const manifest = await loadManifest(path.join(folder, 'c.cascade'));
  t.like(manifest, { classes: 5, full_macs: macs(2, 5) });
  t.deepEqual(manifest.backbone!.chosen_classes, { of: 8, indices: CHOSEN });
});

test('all reports on such a cascade say which classes they are of', async (t) => {
  const folder = await folderWithNetwork(t);
  await mustRun(folder, ...ONE_EXIT);
  for (const words of [
    ['calibrate', 'c.cascade', '--max-drop', '5%', '--confidence', 'none'],
    ['eval', 'c.cascade'],
    ['sweep', 'c.cascade'],
    ['compare', 'c.cascade', '--splits', '2'],
    ['measure', 'c.cascade', '--batch', '1'],
    ['record', 'c.cascade'],
  ]) {
    const { code, stdout, stderr } = await runCascade(folder, ...words);
    t.is(code, 0, stderr);
    t.true(`${stdout}${stderr}`.includes(WORDS), words[0]);
  }
  const evaluated = JSON.parse((await runCascade(folder, 'eval', 'c.cascade', '--json', '--quiet')).stdout);
  t.like(evaluated, { full_accuracy_percent: 100, full_macs: macs(2, 5) });
});

test('such a cascade is exported for every runtime with the classes that it has', async (t) => {
  const folder = await folderWithNetwork(t);
  await mustRun(folder, ...ONE_EXIT);
  await mustRun(folder, 'calibrate', 'c.cascade', '--max-drop', '5%', '--confidence', 'none');
  for (const format of ['onnx', 'tfjs']) {
    const words = ['export', 'c.cascade', '--format', format, '--out', format, '--json'];
    t.like(JSON.parse((await runCascade(folder, ...words)).stdout), { classes: 5 });
  }
});

test('a student of such a network learns the classes that are chosen', async (t) => {
  const folder = await folderWithNetwork(t);
  await writeColourNetwork(path.join(folder, 'eight.onnx'), PLAIN, COLOURS, 300);
  const words = ['attach', 'eight.onnx', '--data', 'colours', '--exits', 'none', '--out', 'c.cascade'];
  await mustRun(folder, ...words, '--heads', 'input:student@80%', '--epochs', '1', '--augment', '0');
  const { members } = await loadManifest(path.join(folder, 'c.cascade'));
  t.deepEqual(
    members!.map(({ chosen_classes: chosen }) => chosen?.of),
    [undefined, 8],
  );
});

test('inspect counts what a network costs for the classes of the data', async (t) => {
  const folder = await folderWithNetwork(t);
  const { stdout } = await runCascade(folder, 'inspect', 'eight.onnx', '--data', 'colours');
  t.regex(stdout, /: 5 of the network's 8 classes, images 3×32×32, 27,663 MACs/);
  const whole = await runCascade(folder, 'inspect', 'eight.onnx');
  t.regex(whole.stdout, /: 8 classes, images 3×32×32, 27,672 MACs/);
});

test('networks of a chain have the classes by their indices, or as many as the data', async (t) => {
  const folder = await folderWithNetwork(t);
  await writeColourNetwork(path.join(folder, 'five.onnx'), PLAIN, [0, 1, 2, 3, 4], 4);
  const words = ['chain', 'eight.onnx', 'five.onnx', '--data', 'colours', '--out', 'c.cascade'];
  const { code, stdout, stderr } = await runCascade(folder, ...words);
  t.is(code, 0, stderr);
  t.is(
    stdout.split('\n')[0],
    "c.cascade: eight > five on Colours, 5 of eight's 8 classes, 1 exit, 46,095 MACs",
  );
  t.regex(stderr, /^five: five\.onnx has 5 output classes, as many as Colours, and is used as it is/m);
  const { members } = await loadManifest(path.join(folder, 'c.cascade'));
  t.deepEqual(
    members!.map(({ macs: cost, chosen_classes: chosen }) => [cost, chosen?.indices]),
    [
      [macs(2, 5), CHOSEN],
      [macs(4, 5), undefined],
    ],
  );
});

test('a cascade of other classes of its network is refused in a chain', async (t) => {
  const folder = await folderWithNetwork(t);
  await mustRun(folder, ...ONE_EXIT);
  const file = path.join(folder, 'colours', 'dataset.json');
  const description = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify({ ...description, class_indices: [1, 4, 3, 2, 0] }));
  await writeColourNetwork(path.join(folder, 'large.onnx'), PLAIN, COLOURS, 4);
  const words = ['chain', 'c.cascade', 'large.onnx', '--data', 'colours', '--out', 'd.cascade', '--quiet'];
  t.is(
    (await runCascade(folder, ...words)).stderr.trim(),
    'cascade: c.cascade has other classes of its network than Colours names in its class_indices; attach it to that data set first.',
  );
});

const refused: Readonly<Record<string, readonly [chosen: readonly unknown[], sentence: string]>> = {
  'a class that the network does not have': [
    [5, 6, 3, 2, 8],
    'Colours names class 8 of the network in its class_indices, but eight.onnx has only 8, numbered from 0; correct its dataset.json, or choose another network.',
  ],
  'WordNet ids of a network that is none of ImageNet': [
    ['n01440764', 'n02102040', 'n02979186', 'n03000684', 'n03028079'],
    "eight.onnx has 8 output classes, but Colours has 5 (of ImageNet's 1,000); choose the data set it was trained for with --data.",
  ],
};

for (const [what, [chosen, sentence]] of Object.entries(refused)) {
  test(`${what} is one sentence`, async (t) => {
    const folder = await folderWithNetwork(t, chosen);
    const { code, stderr } = await runCascade(folder, ...ONE_EXIT, '--quiet');
    t.is(code, 1);
    t.is(stderr.trim(), `cascade: ${sentence}`);
  });
}

test('all classes of a network may be chosen in another order', async (t) => {
  const folder = await folderWithNetwork(t, [4, 3, 2, 1, 0]);
  await writeColourNetwork(path.join(folder, 'eight.onnx'), PLAIN, [4, 3, 2, 1, 0]);
  const { stdout } = await runCascade(folder, ...ONE_EXIT);
  t.regex(stdout, /on Colours, the network's 5 classes in another order, 1 exit/);
});

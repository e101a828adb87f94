import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadManifest } from '../../../lib/artifact/manifest.js';
import { loadPool } from '../../../lib/records/recorded-cascade.js';
import { argmax } from '../../../lib/stats/argmax.js';
import { writeColourNetwork, writeColours } from '../../support/colours.js';
import { mustRun, runCascade, temporaryFolder } from '../../support/run-cascade.js';

const PLAIN = { mean: [0.3, 0.25, 0.35], std: [0.12, 0.1, 0.14] };
const BLUE_FIRST = { mean: [0.406, 0.456, 0.485], std: [0.225, 0.224, 0.229], channels: 'bgr' } as const;
const CHAIN = ['chain', 'small.onnx', 'large.onnx', '--data', 'colours', '--out', 'c.cascade'];

/** Multiply-accumulates of a colour network: a 1×1 convolution of 3 channels for the stem and each block, and a classifier of 5. */
function macs(blocks: number): number {
  return 9 * 32 * 32 * (1 + blocks) + 15;
}

/** A folder with the data set `colours`, and a small and a large network for it that take pixels differently. */
async function folderWithNetworks(t: ExecutionContext): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeColours(folder);
  await writeColourNetwork(path.join(folder, 'small.onnx'), PLAIN);
  await writeColourNetwork(path.join(folder, 'large.onnx'), BLUE_FIRST, [0, 1, 2, 3, 4], 4);
  return folder;
}

test('networks that take pixels differently are put in a row, each as it is right', async (t) => {
  const folder = await folderWithNetworks(t);
  const { code, stdout, stderr } = await runCascade(folder, ...CHAIN);
  t.is(code, 0, stderr);
  t.regex(stderr, /^small: Pixels are normalised by the mean and deviation of colours/m);
  t.regex(stderr, /^large: Pixels are normalised by ImageNet's mean and deviation, blue first/m);
  t.is(stdout.split('\n')[0], 'c.cascade: small > large on Colours, 1 exit, 46,095 MACs');
  const manifest = await loadManifest(path.join(folder, 'c.cascade'));
  t.deepEqual(
    manifest.members!.map(({ name, macs: cost, normalization }) => ({ name, cost, normalization })),
    [
      { name: 'small', cost: macs(2), normalization: PLAIN },
      { name: 'large', cost: macs(4), normalization: BLUE_FIRST },
    ],
  );
  t.deepEqual(manifest.exits, [
    {
      ...{ member: 0, block: null, backbone_macs: macs(2), head_macs: 0 },
      ...{ name: 'small', head: 'classifier', held_out_accuracy_percent: null },
    },
  ]);
  t.like(manifest, { full_macs: macs(4), full_member: 1 });
});

test('a chain is calibrated, evaluated, run, exported and compared as any cascade', async (t) => {
  const folder = await folderWithNetworks(t);
  await mustRun(folder, ...CHAIN);
  await mustRun(folder, 'calibrate', 'c.cascade', '--max-drop', '5%', '--confidence', 'none');
  const evaluated = JSON.parse((await runCascade(folder, 'eval', 'c.cascade', '--json', '--quiet')).stdout);
  // Both are always right, so that all leave at the first.
  t.like(evaluated, { full_accuracy_percent: 100, accuracy_percent: 100, macs_per_image: macs(2) });
  t.deepEqual(
    evaluated.exits.map(({ name, macs: cost }: { name: string; macs: number }) => [name, cost]),
    [
      ['small', macs(2)],
      ['full network', macs(2) + macs(4)],
    ],
  );
  const { stdout } = await runCascade(folder, 'compare', 'c.cascade', '--splits', '2', '--quiet');
  t.regex(stdout, /^Exits small$/m);
  t.regex(stdout, /^One network alone$/m);
  t.regex(stdout, /^small +0\.00 \[0\.00, 0\.00\] +40\.0 %$/m);
  for (const format of ['onnx', 'tfjs']) {
    const words = ['export', 'c.cascade', '--format', format, '--out', format, '--json'];
    const { segments } = JSON.parse((await runCascade(folder, ...words)).stdout);
    t.deepEqual(
      segments.map((each: Record<string, unknown>) => [each['input'], each['features'], each['left_at']]),
      [
        ['pixels', null, 'small'],
        ['pixels', null, 'full network'],
      ],
    );
  }
});

test('the exits of a cascade come along and say what they say there', async (t) => {
  const folder = await folderWithNetworks(t);
  const attach = ['attach', 'small.onnx', '--data', 'colours', '--exits', '0,', '--heads', 'linear'];
  await mustRun(folder, ...attach, '--augment', '0', '--out', 'small.cascade');
  const names = ['--names', 'little,large', '--out', 'c.cascade'];
  await mustRun(folder, 'chain', 'small.cascade', 'large.onnx', '--data', 'colours', ...names);
  const manifest = await loadManifest(path.join(folder, 'c.cascade'));
  t.deepEqual(
    manifest.exits.map(({ name, member, block, head }) => [name, member, block, head]),
    [
      ['little, block 0', 0, 0, 'linear'],
      ['little', 0, null, 'classifier'],
    ],
  );
  const own = await loadManifest(path.join(folder, 'small.cascade'));
  const [inChain, alone] = await Promise.all([
    loadPool(path.join(folder, 'c.cascade'), manifest),
    loadPool(path.join(folder, 'small.cascade'), own),
  ]);
  t.deepEqual(inChain.outputs.exitLogits[0], alone.outputs.exitLogits[0]);
  t.deepEqual(inChain.outputs.exitLogits[1], alone.outputs.fullLogits);
  t.deepEqual(inChain.outputs.costs, {
    backbone: [alone.outputs.costs.backbone[0]!, macs(2)],
    heads: [alone.outputs.costs.heads[0]!, 0],
    full: macs(4),
    members: [0, 0, 1],
  });
});

test('what makes no chain is refused in one sentence', async (t) => {
  const folder = await folderWithNetworks(t);
  await writeColourNetwork(path.join(folder, 'wrong.onnx'), PLAIN, [2, 2, 2, 2, 2]);
  await writeColourNetwork(path.join(folder, 'four.onnx'), PLAIN, [0, 1, 2, 3], 4);
  const refused = async (files: readonly string[], ...options: string[]): Promise<string> => {
    const out = ['--data', 'colours', '--out', 'x.cascade'];
    const { code, stderr } = await runCascade(folder, 'chain', ...files, ...out, ...options, '--quiet');
    t.not(code, 0);
    return stderr.trim();
  };
  t.is(
    await refused(['small.onnx']),
    'cascade: A chain needs at least two networks; name them from the cheapest to the most expensive.',
  );
  t.is(
    await refused(['large.onnx', 'small.onnx']),
    'cascade: small.onnx costs 27663 MACs, no more than large.onnx before it (46095); name the networks from the cheapest to the most expensive.',
  );
  t.is(
    await refused(['small.onnx', 'four.onnx']),
    'cascade: four.onnx has 4 output classes, but Colours has 5; choose networks and data with the same classes.',
  );
  t.regex(
    await refused(['wrong.onnx', 'large.onnx']),
    /^cascade: wrong\.onnx is right on \S+ % of \d+ fitting images, no better than chance/,
  );
  t.is(
    await refused(['small.onnx', 'large.onnx'], '--names', 'a,a'),
    'cascade: --names a,a must give each of the 2 networks a plain name of its own, such as small,large.',
  );
  await mustRun(folder, ...CHAIN);
  t.is(
    await refused(['small.onnx', 'c.cascade']),
    'cascade: c.cascade is a chain already; name its networks one by one instead.',
  );
});

test('a chain is recorded again, whole and in shards, to the same bytes', async (t) => {
  const folder = await folderWithNetworks(t);
  await mustRun(folder, ...CHAIN);
  const meta = path.join(folder, 'c.cascade', 'records', 'test', 'meta.json');
  const first = await readFile(meta, 'utf8');
  await mustRun(folder, 'record', 'c.cascade', '--split', 'test', '--data', 'colours');
  t.is(await readFile(meta, 'utf8'), first);
  for (const shard of ['1/2', '2/2'])
    await mustRun(folder, 'record', 'c.cascade', '--split', 'test', '--data', 'colours', '--shard', shard);
  await mustRun(folder, 'record', 'c.cascade', '--split', 'test', '--merge');
  t.is(await readFile(meta, 'utf8'), first);
});

test('a network of another image size is given resized images', async (t) => {
  const folder = await folderWithNetworks(t);
  await writeColourNetwork(path.join(folder, 'half.onnx'), PLAIN, [0, 1, 2, 3, 4], 2, 16);
  const { code, stderr } = await runCascade(
    folder,
    ...['chain', 'half.onnx', 'large.onnx', '--data', 'colours', '--out', 'c.cascade'],
  );
  t.is(code, 0, stderr);
  t.regex(stderr, /^half: images are resized to 16×16 for it \(bilinear\)\.$/m);
  const manifest = await loadManifest(path.join(folder, 'c.cascade'));
  t.deepEqual(manifest.members![0]!.input_shape, [3, 16, 16]);
  const { outputs } = await loadPool(path.join(folder, 'c.cascade'), manifest);
  const right = outputs.labels.filter(
    (label, image) => argmax(outputs.exitLogits[0]!, 5 * image, 5) === label,
  );
  t.is(right.length, outputs.labels.length);
});

test('results of a chain name its networks', async (t) => {
  const folder = await folderWithNetworks(t);
  await mustRun(folder, ...CHAIN);
  await mustRun(folder, 'calibrate', 'c.cascade', '--max-drop', '5%', '--confidence', 'none');
  const csv = await readFile(path.join(folder, 'results', 'c', 'thresholds.csv'), 'utf8');
  t.regex(csv, /,0,,small,classifier,true,/);
});

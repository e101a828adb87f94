import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { withFolderLock } from '../../lib/artifact/folders/folder-lock.js';
import type { Timing } from '../../lib/artifact/timings/timing-schema.js';
import { saveTimings } from '../../lib/artifact/timings/timings.js';
import { mustRun, runCascade } from '../support/run-cascade.js';
import { smallCascade } from '../support/small-cascade.js';
import { smallChain } from '../support/small-chain.js';
import { exactly, TIMING } from '../support/timing.js';

/** Times of the small cascade, a millisecond for the full network. */
function timingOf(blocks: readonly (number | null)[]): Timing {
  return {
    ...TIMING,
    full: exactly(1_000_000),
    exits: blocks.map((block, exit) => ({
      block,
      trunk: exactly(300_000 * (exit + 1)),
      head: exactly(10_000),
    })),
  };
}

async function timedFolder(t: Parameters<typeof smallCascade>[0]): Promise<string> {
  const { folder, manifest } = await smallCascade(t);
  await saveTimings(folder, [timingOf(manifest.exits.map(({ block }) => block))], manifest);
  return path.dirname(folder);
}

test('measure times every exit, keeps that in the cascade, and what it keeps can be calibrated by', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const beside = path.dirname(folder);
  const { stdout, stderr } = await mustRun(beside, 'measure', 'small.cascade', '--batch', '1,3', '--json');
  const timings: Timing[] = JSON.parse(stdout);
  t.deepEqual(
    timings.map(({ batch_size, images, pixels }) => [batch_size, images, pixels]),
    [
      [1, 64, 'random'],
      [3, 66, 'random'],
    ],
  );
  t.regex(stderr, /^The data set is not there, so random pixels are timed instead; they take as long\.\n/);
  for (const { full, exits } of timings) {
    t.true(full.nanoseconds > 0 && full.low <= full.nanoseconds && full.nanoseconds <= full.high);
    t.deepEqual(
      exits.map(({ block }) => block),
      manifest.exits.map(({ block }) => block),
    );
    const upTo = [...exits.map(({ trunk }) => trunk.nanoseconds), full.nanoseconds];
    t.deepEqual(
      upTo,
      [...upTo].sort((a, b) => a - b),
    );
  }
  t.deepEqual(JSON.parse(await readFile(path.join(folder, 'timings.json'), 'utf8')), { schema: 1, timings });
  const calibrated = await mustRun(
    beside,
    'calibrate',
    'small.cascade',
    '--cost',
    'time',
    '--batch',
    '3',
    '--json',
  );
  t.like(JSON.parse(calibrated.stdout), { cost: 'time', batch_size: 3 });
});

test('a chain is measured network by network, calibrated by time, and compared with its networks in time', async (t) => {
  const { folder, manifest } = await smallChain(t);
  const beside = path.dirname(folder);
  const measured = await mustRun(beside, 'measure', 'chain.cascade', '--json');
  const [{ full, exits }]: [Timing] = JSON.parse(measured.stdout);
  t.deepEqual(
    exits.map(({ block, head }) => [block, head.nanoseconds]),
    [
      [null, 0],
      [null, 0],
    ],
  );
  const table = await mustRun(beside, 'measure', 'chain.cascade');
  for (const { name } of manifest.exits) t.regex(table.stdout, new RegExp(`^${name} `, 'm'));
  await saveTimings(
    folder,
    [{ ...timingOf([null, null]), engine: { name: 'onnxruntime', version: '0' } }],
    manifest,
  );
  const words = ['chain.cascade', '--cost', 'time', '--json'];
  const calibrated = await mustRun(beside, 'calibrate', ...words, '--max-drop', '30%', '--confidence', '60%');
  const report = JSON.parse(calibrated.stdout);
  t.like(report, { cost: 'time', method: 'shared', criterion: 'softmax, averaged 0.8' });
  t.true(full.nanoseconds > 0);
  // Whoever goes on has run all of the networks before: 0.3 ms, 0.3 + 0.6, and 0.3 + 0.6 + 1.
  t.deepEqual(
    report.exits.map((exit: { predicted_milliseconds: number }) => exit.predicted_milliseconds),
    [0.31, 0.92, 1.92],
  );
  t.like(JSON.parse((await mustRun(beside, 'eval', 'chain.cascade', '--json')).stdout), { cost: 'time' });
  const swept = await mustRun(beside, 'sweep', ...words);
  t.like(JSON.parse(swept.stdout)[0], { cost: 'time', predicted_full_milliseconds_per_image: 1 });
  const compared = await mustRun(beside, 'compare', ...words, '--splits', '1', '--criteria', 'softmax');
  const alone = JSON.parse(compared.stdout).filter(
    ({ method }: { method: string }) => method === 'one-network',
  );
  t.deepEqual(
    alone.map((row: Record<string, unknown>) => [row['exits'], row['predicted_time_saved_percent']]),
    [
      ['small', 69],
      ['middle', 39],
    ],
  );
});

test('the router of segments is timed as well', async (t) => {
  const { folder } = await smallCascade(t);
  const words = [
    'measure',
    'small.cascade',
    '--batch',
    '2',
    '--engine',
    'tensorflow',
    '--backend',
    'wasm',
    '--json',
  ];
  const { stdout } = await mustRun(path.dirname(folder), ...words);
  t.like(JSON.parse(stdout)[0], { engine: { name: 'tensorflow', backend: 'wasm' }, batch_size: 2 });
});

test('a budget in milliseconds is the share of the full network that it is, and eval tells both currencies', async (t) => {
  const folder = await timedFolder(t);
  const words = ['small.cascade', '--confidence', 'none', '--json'];
  const inMilliseconds = JSON.parse(
    (await mustRun(folder, 'calibrate', ...words, '--max-time', '0.9ms')).stdout,
  );
  t.like(inMilliseconds, {
    cost: 'time',
    max_time_percent: 90,
    max_macs_percent: null,
    max_drop_points: null,
  });
  t.true(inMilliseconds.predicted_milliseconds_per_image <= 0.9);
  for (const same of ['90%', '900us', '900µs', '0.0009s']) {
    const { stdout } = await mustRun(folder, 'calibrate', ...words, '--max-time', same);
    t.deepEqual(JSON.parse(stdout), inMilliseconds, same);
  }
  const { stdout } = await mustRun(folder, 'eval', 'small.cascade');
  t.regex(
    stdout,
    /^Asked for at most 90 % of the full network's time, 0\.900 ms an image \(paper-path, by the time of one image at a time\), on /m,
  );
  t.regex(stdout, /\nfull network .* 1\.000 ms\n/);
});

test('sweep follows the latest calibration in all that it is not told', async (t) => {
  const { folder: cascade, manifest } = await smallCascade(t);
  const timing = timingOf(manifest.exits.map(({ block }) => block));
  await saveTimings(cascade, [timing, { ...timing, batch_size: 4 }], manifest);
  const folder = path.dirname(cascade);
  const swept = async (...words: string[]) =>
    JSON.parse((await mustRun(folder, 'sweep', 'small.cascade', '--json', ...words)).stdout)[0];
  t.like(await swept(), { method: 'paper-path', criterion: 'softmax', cost: 'macs', batch_size: 1 });
  const words = ['--cost', 'time', '--batch', '4', '--method', 'joint', '--criterion', 'margin'];
  await mustRun(folder, 'calibrate', 'small.cascade', '--confidence', 'none', ...words);
  const followed = { method: 'joint', criterion: 'margin', cost: 'time', batch_size: 4 };
  t.like(await swept(), followed);
  t.like(await swept('--cost', 'macs'), { ...followed, cost: 'macs' });
  t.like(await swept('--batch', '1'), { ...followed, batch_size: 1 });
  t.like(await swept('--criterion', 'entropy'), { method: 'shared', criterion: 'entropy, averaged 0.4' });
  // Another machine has none of these times: those of the calibration are the prices.
  await saveTimings(cascade, [{ ...timing, cpu: 'another' }], manifest);
  t.like(await swept(), followed);
});

test('sweep and compare choose by time where they are told to', async (t) => {
  const folder = await timedFolder(t);
  const swept = JSON.parse(
    (await mustRun(folder, 'sweep', 'small.cascade', '--cost', 'time', '--json')).stdout,
  );
  t.like(swept[0], { cost: 'time', batch_size: 1, predicted_full_milliseconds_per_image: 1 });
  const words = [
    '--splits',
    '1',
    '--criteria',
    'softmax',
    '--average',
    '0',
    '--drops',
    '5%',
    '--budgets',
    '90%',
  ];
  const { stdout } = await mustRun(folder, 'compare', 'small.cascade', '--cost', 'time', ...words, '--json');
  const [drop, budget] = JSON.parse(stdout);
  t.true(drop.macs_saved_percent !== null && drop.predicted_time_saved_percent !== null);
  t.like(budget, { cost: 'time', max_macs_percent: null, max_time_percent: 90 });
});

for (const [words, said] of [
  [
    ['calibrate', 'small.cascade', '--cost', 'time', '--batch', '8'],
    'small.cascade has no times of this machine for 8 images at once; run `cascade measure small.cascade --batch 8` first.',
  ],
  [
    ['eval', 'small.cascade', '--batch', '8'],
    'small.cascade has no times of this machine for 8 images at once; run `cascade measure small.cascade --batch 8` first.',
  ],
  [
    ['calibrate', 'small.cascade', '--max-time', '60%', '--max-drop', '1%'],
    '--max-drop and --max-time are two targets; give one of them.',
  ],
  [
    ['calibrate', 'small.cascade', '--max-macs', '60%', '--cost', 'time'],
    '--max-macs is no budget of time; with --cost time give --max-time.',
  ],
  [
    ['calibrate', 'small.cascade', '--max-time', '60%', '--cost', 'macs'],
    '--max-time is no budget of MACs; leave --cost macs out, or give --max-macs.',
  ],
  [
    ['calibrate', 'small.cascade', '--max-time', '3ms'],
    '--max-time 3ms is more than the 1.000 ms that the full network takes; give less.',
  ],
  [
    ['calibrate', 'small.cascade', '--max-time', '0.6'],
    "option '--max-time <time>' argument '0.6' is invalid. Write it as 1.2ms, 800us, 0.1s, or 60%; see `cascade calibrate --help`.",
  ],
  [
    ['calibrate', 'small.cascade', '--cost', 'time', '--method', 'paper-epsilon', '1%'],
    '--method paper-epsilon takes its own slack; leave --max-drop, --max-macs, --max-time, --cost and --labels out.',
  ],
  [
    ['measure', 'small.cascade', '--batch', '1,0'],
    "option '--batch <images>' argument '1,0' is invalid. Write a number of images from 1 to 4096; see `cascade measure --help`.",
  ],
] as const) {
  test(`cascade ${words.join(' ')} is refused in one sentence`, async (t) => {
    const { code, stdout, stderr } = await runCascade(await timedFolder(t), ...words);
    t.is(stderr, `cascade: ${said}\n`);
    t.is(stdout, '');
    t.is(code, 2);
  });
}

test('a cascade that cannot be changed is refused before anything is measured', async (t) => {
  const { folder } = await smallCascade(t);
  const { code, stdout, stderr } = await withFolderLock(folder, () =>
    runCascade(path.dirname(folder), 'measure', 'small.cascade', '--batch', '1'),
  );
  t.is(code, 1);
  t.is(stdout, '');
  t.notRegex(stderr, /Timing batches/);
  t.regex(stderr, /^cascade: small\.cascade is being changed by another cascade process/m);
});

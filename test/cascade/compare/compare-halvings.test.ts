import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { comparedMethods } from '../../../lib/calibrate/compared-methods.js';
import { compareHalving, type HalvingOptions } from '../../../lib/cascade/compare/compare-halving.js';
import { compareHalvings } from '../../../lib/cascade/compare/compare-halvings.js';
import { openKeptHalvings, planOf } from '../../../lib/cascade/compare/kept-halvings.js';
import { temporaryFolder } from '../../support/run-cascade.js';
import { syntheticPopulation } from '../../support/synthetic-population.js';

const OUTPUTS = syntheticPopulation(600, 2, 13);

const OPTIONS: HalvingOptions = {
  methods: comparedMethods(
    {
      ...{ methods: ['paper-path', 'exit-ensembles', 'exit-policy'], criteria: ['softmax'] },
      ...{ average: [0], top: 1 },
    },
    [[0, 1]],
  ),
  ...{ drops: [0.02, 0.05], budgets: [0.7], confidence: 0.9, currency: 'macs', ends: [0] },
  prices: { macs: OUTPUTS.costs, time: null },
};

test('halvings that are compared side by side have the figures of each by itself, in the order of their seeds', async (t) => {
  const done: number[] = [];
  const onProgress = (count: number): void => void done.push(count);
  const figures = await compareHalvings(OUTPUTS, OPTIONS, 3, { onProgress, signal: undefined });
  t.deepEqual(
    figures,
    [0, 1, 2].map((seed) => compareHalving(OUTPUTS, OPTIONS, seed)),
  );
  t.deepEqual(done, [1, 2, 3]);
});

test('when it is aborted it stops with the reason', async (t) => {
  const abort = new AbortController();
  const compared = compareHalvings(OUTPUTS, OPTIONS, 1000, {
    onProgress: () => abort.abort(new Error('enough')),
    signal: abort.signal,
  });
  await t.throwsAsync(compared, { message: 'enough' });
});

test('in time what a method adds is billed at the full network’s price of a multiply-accumulate', (t) => {
  const { costs } = OUTPUTS;
  const inTime = {
    backbone: costs.backbone.map((macs) => 3 * macs),
    heads: costs.heads.map((macs) => 3 * macs),
    full: 3 * costs.full,
  };
  const prices = { macs: costs, time: { costs: inTime, timing: {} } } as unknown as HalvingOptions['prices'];
  const { free, promised } = compareHalving(OUTPUTS, { ...OPTIONS, prices }, 0);
  // Three nanoseconds a multiply-accumulate throughout, those that are added included: the same shares.
  for (const { macs, time } of free) {
    macs.savedAtDrop.forEach((saved, index) => {
      t.true(Math.abs(saved - time!.savedAtDrop[index]!) < 1e-9);
    });
  }
  t.deepEqual(
    promised.map((each) => each === null),
    [true, true, false, false, false],
  );
});

test('an interrupted comparison goes on to the same figures, and one of another plan starts anew', async (t) => {
  const file = path.join(await temporaryFolder(t), 'compare.partial.json');
  const plan = planOf(OUTPUTS, OPTIONS, '1.0.0');
  const whole = [0, 1, 2].map((seed) => compareHalving(OUTPUTS, OPTIONS, seed));
  const abort = new AbortController();
  const interrupted = compareHalvings(OUTPUTS, OPTIONS, 1000, {
    onProgress: () => abort.abort(new Error('enough')),
    signal: abort.signal,
    kept: await openKeptHalvings(file, plan, OPTIONS),
  });
  await t.throwsAsync(interrupted, { message: 'enough' });

  const kept = await openKeptHalvings(file, plan, OPTIONS);
  t.true(kept.figures.size > 0);
  const done: number[] = [];
  const onProgress = (count: number): void => void done.push(count);
  const figures = await compareHalvings(OUTPUTS, OPTIONS, 3, { onProgress, signal: undefined, kept });
  t.deepEqual(figures, whole);
  t.true(done.length <= 3, 'what was kept is not computed again');

  t.is((await openKeptHalvings(file, planOf(OUTPUTS, OPTIONS, '1.0.1'), OPTIONS)).figures.size, 0);
  t.is(
    (await openKeptHalvings(file, planOf(OUTPUTS, { ...OPTIONS, drops: [0.1] }, '1.0.0'), OPTIONS)).figures
      .size,
    0,
  );
  const written = JSON.parse(await readFile(file, 'utf8'));
  written.halvings[0].figures.free.pop();
  await writeFile(file, JSON.stringify(written));
  await t.throwsAsync(openKeptHalvings(file, plan, OPTIONS), { message: /a halving has other figures/ });
  const damaged = (await readFile(file, 'utf8')).replace('"saved"', '"spent"');
  await writeFile(file, damaged);
  await t.throwsAsync(openKeptHalvings(file, plan, OPTIONS), {
    message: /compare\.partial\.json is damaged .*; delete it/,
  });
  await kept.remove();
  t.false(existsSync(file));
});

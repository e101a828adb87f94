import { readFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { loadCalibrations } from '../../lib/artifact/calibrations.js';
import type { Manifest } from '../../lib/artifact/manifest.js';
import { pricesOf } from '../../lib/artifact/timings/prices.js';
import type { Timing } from '../../lib/artifact/timings/timing-schema.js';
import { chooseCertified, chooseEmpirically, type Search } from '../../lib/calibrate/calibrate.js';
import { certifiedUnderBudget } from '../../lib/calibrate/certified-path.js';
import { calibrateCascade } from '../../lib/cascade/calibrate-cascade.js';
import { evaluateCascade } from '../../lib/cascade/evaluate-cascade.js';
import { sweepCascade } from '../../lib/cascade/sweep-cascade.js';
import { replayRule } from '../../lib/exits/decision-rule.js';
import { outputRows } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { loadSplit } from '../../lib/records/recorded-cascade.js';
import { permutation } from '../../lib/stats/permutation.js';
import { createRandom } from '../../lib/stats/random.js';
import { readsOrRefuses } from '../support/mutations.js';
import { smallCascade } from '../support/small-cascade.js';
import { exactly, TIMING } from '../support/timing.js';

const SEARCH: Search = { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false };
const DROP = { kind: 'max-drop', drop: 0.3 } as const;
const BUDGET = { kind: 'max-cost', share: 0.95 } as const;

/** Times in which the first exit's head takes most of what it saves, whatever its MACs. */
function timingOf({ exits }: Manifest, change: Partial<Timing> = {}): Timing {
  const times = [
    { trunk: 300_000, head: 600_000 },
    { trunk: 500_000, head: 20_000 },
  ];
  return {
    ...TIMING,
    full: exactly(1_000_000),
    exits: exits.map(({ block }, exit) => ({
      block,
      trunk: exactly(times[exit]!.trunk),
      head: exactly(times[exit]!.head),
    })),
    ...change,
  };
}

async function timedCascade(t: ExecutionContext) {
  const { folder, manifest } = await smallCascade(t);
  const timing = timingOf(manifest);
  const prices = pricesOf(manifest, timing);
  const { outputs } = await loadSplit(folder, manifest, 'calibration', 0);
  const inTime = { ...outputs, costs: prices.time!.costs };
  const byTime = { splitSeed: 0, search: SEARCH, prices, currency: 'time' } as const;
  return { folder, manifest, timing, prices, outputs, inTime, byTime };
}

test('a choice by time is the choice by costs that are those times', async (t) => {
  const { folder, manifest, timing, outputs, inTime, byTime } = await timedCascade(t);
  for (const target of [DROP, BUDGET]) {
    const { calibration } = await calibrateCascade(folder, manifest, { ...byTime, target, confidence: null });
    t.deepEqual(calibration.rule, chooseEmpirically(inTime, SEARCH, target).rule);
    t.deepEqual(calibration.timing, timing);
  }
  const rule = chooseEmpirically(inTime, SEARCH, DROP).rule;
  t.notDeepEqual(rule, chooseEmpirically(outputs, SEARCH, DROP).rule, 'the currency makes a difference here');
  t.is(rule.thresholds[0], null);
});

test('with a promise too, and its path keeps both currencies', async (t) => {
  const { folder, manifest, prices, outputs, inTime, byTime } = await timedCascade(t);
  const { calibration } = await calibrateCascade(folder, manifest, {
    ...byTime,
    target: DROP,
    confidence: 0.6,
  });
  const { path: expected, rule, pathImages } = chooseCertified(inTime, SEARCH, DROP, 0.6, 0);
  t.deepEqual(calibration.rule, rule);
  const { path: kept, pathMacs } = calibration.promise!;
  t.deepEqual(
    kept.points.map(({ cost }) => cost),
    expected.points.map(({ cost }) => cost),
  );
  const order = permutation(outputs.labels.length, createRandom(0));
  const testing = outputRows({ ...outputs, costs: prices.macs }, order.subarray(pathImages));
  t.deepEqual(
    pathMacs,
    kept.points.map(({ thresholds }) => replayRule(testing, { scoring: DEFAULT_SCORING, thresholds }).cost),
  );
});

test('it is read from disk as it was made, can be asked for another budget, and stands beside that by MACs', async (t) => {
  const { folder, manifest, timing, prices, byTime } = await timedCascade(t);
  const { all: before } = await loadCalibrations(folder, manifest);
  const { calibration } = await calibrateCascade(folder, manifest, {
    ...byTime,
    target: DROP,
    confidence: 0.6,
  });
  const { all: after } = await loadCalibrations(folder, manifest);
  t.is(after.length, before.length + 1);
  t.deepEqual(after.slice(0, -1), before);
  const { promise, ...others } = after.at(-1)!;
  const { promise: made, ...expected } = calibration;
  t.deepEqual(others, expected);
  t.deepEqual(promise!.pathMacs, made!.pathMacs);
  const ask = (path: typeof made) =>
    certifiedUnderBudget(path!.path, 0.99, 0.6, prices.time!.costs)?.thresholds;
  t.deepEqual(ask(promise), ask(made));
  const elsewhere = pricesOf(manifest, { ...timing, batch_size: 128 });
  await calibrateCascade(folder, manifest, { ...byTime, target: DROP, confidence: 0.6 });
  t.is((await loadCalibrations(folder, manifest)).all.length, after.length, 'the same question replaces');
  await calibrateCascade(folder, manifest, { ...byTime, prices: elsewhere, target: DROP, confidence: 0.6 });
  t.is(
    (await loadCalibrations(folder, manifest)).all.length,
    after.length + 1,
    'other batches are another question',
  );
});

test('thresholds.json keeps the older layout until something is chosen by time', async (t) => {
  const { folder, manifest, byTime } = await timedCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const older = await readFile(file, 'utf8');
  t.is(JSON.parse(older).schema, 1);
  t.notRegex(older, /time|timing|nanoseconds/);
  await calibrateCascade(folder, manifest, { ...byTime, target: BUDGET, confidence: null });
  const newer = JSON.parse(await readFile(file, 'utf8'));
  t.is(newer.schema, 2);
  t.like(newer.calibrations.at(-1), { max_macs_percent: null, max_time_percent: 95 });
});

test('a changed thresholds.json of a choice by time is understood or refused in one sentence', async (t) => {
  const { folder, manifest, byTime } = await timedCascade(t);
  await calibrateCascade(folder, manifest, { ...byTime, target: DROP, confidence: 0.6 });
  await readsOrRefuses(t, path.join(folder, 'thresholds.json'), async () => {
    for (const calibration of (await loadCalibrations(folder, manifest)).all) {
      const time = calibration.timing ?? null;
      await evaluateCascade(folder, manifest, [calibration], pricesOf(manifest, time));
    }
  });
});

test('a budget of time that nothing meets says so in time', async (t) => {
  const { folder, manifest, byTime } = await timedCascade(t);
  const target = { kind: 'max-cost', share: 0.1 } as const;
  await t.throwsAsync(calibrateCascade(folder, manifest, { ...byTime, target, confidence: null }), {
    message:
      "No choice of thresholds costs at most 10 % of the full network's time; raise --max-time, or add exits that cost less.",
  });
});

test('a front by time goes from dear to cheap in time and tells MACs, too', async (t) => {
  const { folder, manifest, prices } = await timedCascade(t);
  const options = { method: 'paper-path', scoring: DEFAULT_SCORING, splitSeed: 0, prices } as const;
  const { points } = await sweepCascade(folder, manifest, { ...options, currency: 'time' });
  const times = points.map(({ calibration }) => calibration.predicted_time_saved_percent!);
  t.true(points.length > 2);
  t.deepEqual(
    times,
    [...times].sort((a, b) => a - b),
  );
  const byMacs = await sweepCascade(folder, manifest, options);
  const saved = byMacs.points.map(({ calibration }) => calibration.predicted_time_saved_percent!);
  t.true(times[0]! >= 0);
  t.true(Math.min(...saved) < 0, 'by MACs some points cost more time than the full network');
  t.true(byMacs.points.every(({ test }) => test.predicted_milliseconds_per_image !== null));
});

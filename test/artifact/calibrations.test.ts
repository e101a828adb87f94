import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { activateCalibration, loadCalibrations, saveCalibration } from '../../lib/artifact/calibrations.js';
import { evaluateCascade } from '../../lib/cascade/evaluate-cascade.js';
import { scoredTables } from '../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../lib/exits/scoring.js';
import { singleExitCounts } from '../../lib/exits/single-exit-counts.js';
import { loadSplit } from '../../lib/records/recorded-cascade.js';
import { percent } from '../../lib/stats/percent.js';
import { smallCascade } from '../support/small-cascade.js';

test('thresholds that were written before the last output was averaged still mean the full network alone at the end', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const written = JSON.parse(await readFile(file, 'utf8'));
  const { scoring: _, ...latest } = written.calibrations.at(-1);
  // Exits that run and let no image leave: all that a cascade says is its last output.
  const thresholds = latest.thresholds.map(() => 2);
  const evaluationWith = async (scoring: object) => {
    const calibrations = [{ ...latest, thresholds, scoring }];
    await writeFile(file, JSON.stringify({ ...written, calibrations }));
    const { all } = await loadCalibrations(folder, manifest);
    const { evaluations } = await evaluateCascade(folder, manifest, all);
    return evaluations[0]!;
  };
  const { outputs } = await loadSplit(folder, manifest, 'test', 0);
  const alone = singleExitCounts(scoredTables(outputs, DEFAULT_SCORING)).at(-1)!;
  const before = await evaluationWith({ criterion: 'softmax', top: 1, averaging: 0.8 });
  t.is(before.accuracy_percent, percent(alone / outputs.labels.length));
  t.is(before.drop_points, 0);
  const since = await evaluationWith({ criterion: 'softmax', top: 1, averaging: 0.8, lastAveraging: 0.8 });
  t.not(since.accuracy_percent, before.accuracy_percent);
  t.is(since.full_accuracy_percent, before.full_accuracy_percent);
});

test('a promise for every exit is kept with its groups, in a layout that older programs refuse; others keep their bytes', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const before = await readFile(file, 'utf8');
  const latest = (await loadCalibrations(folder, manifest)).active!;
  await saveCalibration(folder, latest, manifest);
  t.is(await readFile(file, 'utf8'), before);
  t.is(JSON.parse(before).schema, 1);

  const { confidence, path: tested } = latest.promise!;
  const groups = [
    { images: 2, breaks: 1, repairs: 0 },
    { images: tested.images, breaks: 1, repairs: 1 },
  ];
  const points = tested.points.map((point) => ({ ...point, groups }));
  const perExit = {
    ...latest,
    promise: { confidence, kind: 'per-exit' as const, path: { ...tested, points } },
  };
  await saveCalibration(folder, perExit, manifest);
  const written = JSON.parse(await readFile(file, 'utf8'));
  t.is(written.schema, 3);
  t.is(written.calibrations.at(-1).promise_kind, 'per-exit');
  const { all: read } = await loadCalibrations(folder, manifest);
  t.deepEqual(read.at(-1), perExit);
  // Another promise is another question: the one before is still there.
  t.deepEqual(read.at(-2), latest);

  written.calibrations.at(-1).path.points[0].groups.breaks[0] = 3;
  await writeFile(file, JSON.stringify(written));
  await t.throwsAsync(loadCalibrations(folder, manifest), { message: /groups/ });
});

test('another calibration is made the active one, and names and numbers stay what they were when one is made again', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const [first, second] = (await loadCalibrations(folder, manifest)).all;
  await saveCalibration(folder, { name: 'careful', ...second! }, manifest);
  await activateCalibration(folder, 0, manifest);
  t.is(JSON.parse(await readFile(file, 'utf8')).schema, 4, 'older programs would take the latest');
  t.deepEqual((await loadCalibrations(folder, manifest)).active, first);

  await saveCalibration(folder, first!, manifest);
  const again = await loadCalibrations(folder, manifest);
  t.deepEqual(again, { all: [first!, { name: 'careful', ...second! }], active: first });

  await saveCalibration(folder, { name: 'careful', ...first! }, manifest);
  const moved = await loadCalibrations(folder, manifest);
  t.deepEqual(
    moved.all.map(({ name }) => name),
    ['careful', undefined],
  );
  t.is(moved.active, moved.all[0]);
});

test('without names, and with the latest active, the file is what older programs read', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const written = async () => JSON.parse(await readFile(file, 'utf8'));
  const before = await written();
  t.deepEqual(Object.keys(before), ['schema', 'calibrations']);
  await activateCalibration(folder, 0, manifest);
  t.deepEqual(await written(), { ...before, schema: 4, active: 0 });
  await activateCalibration(folder, 1, manifest);
  t.deepEqual(await written(), before);
});

test('an active calibration that is not there, a name twice, and a name that is a number are refused', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const file = path.join(folder, 'thresholds.json');
  const { calibrations, ...written } = JSON.parse(await readFile(file, 'utf8'));
  const named = (...names: string[]) =>
    calibrations.map((each: object, index: number) => ({ ...each, name: names[index] }));
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ active: 2, calibrations }, /damaged \(active: there are 2 calibrations\)/],
    [{ calibrations: named('fast', 'fast') }, /damaged \(calibrations: two have the same name\)/],
    [{ calibrations: named('fast', '1') }, /damaged \(calibrations\.1\.name: is no name of a calibration\)/],
    [{ calibrations: named('fast', '../x') }, /damaged \(calibrations\.1\.name/],
  ];
  for (const [change, message] of cases) {
    await writeFile(file, JSON.stringify({ ...written, ...change }));
    await t.throwsAsync(loadCalibrations(folder, manifest), { message });
  }
});

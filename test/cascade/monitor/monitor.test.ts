import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { chosenCalibration } from '../../../lib/artifact/chosen-calibration.js';
import { calibrateCascade } from '../../../lib/cascade/calibrate-cascade.js';
import { Monitor } from '../../../lib/cascade/monitor/monitor.js';
import type { MonitorOptions } from '../../../lib/cascade/monitor/monitor-options.js';
import { loadMonitorState } from '../../../lib/cascade/monitor/monitor-state.js';
import { CascadeError } from '../../../lib/errors.js';
import { replayRule } from '../../../lib/exits/decision-rule.js';
import { withoutLabels } from '../../../lib/exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../../../lib/exits/scoring.js';
import { loadSplit } from '../../../lib/records/recorded-cascade.js';
import { readsOrRefuses } from '../../support/mutations.js';
import { IMAGES, smallCascade } from '../../support/small-cascade.js';

const AGREES = { ranFull: true, disagrees: false };
const DISAGREES = { ranFull: true, disagrees: true };
const REFERENCE = { source: 'photos', images: 1000, disagreements: 30 };
/** The rate at which 30 or fewer of 1,000 come with a probability of 0.025: the binomial sum bisected in Python. */
const TOLERATED_PERCENT = 4.2551;

async function opened(
  t: ExecutionContext,
  options: Partial<MonitorOptions> = {},
): Promise<{ readonly folder: string; readonly monitor: Monitor }> {
  const { folder } = await smallCascade(t);
  const monitor = await Monitor.open(folder, { share: 0.25, reference: REFERENCE, ...options });
  return { folder, monitor };
}

test('a new monitor is held against the test images, which thresholds were not chosen on', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { report, file } = await Monitor.open(folder, { share: 0.01 });
  t.is(file, path.join(folder, 'monitor.json'));
  const { outputs } = await loadSplit(folder, manifest, 'test', 0);
  const { rule } = await chosenCalibration(folder, manifest);
  const { breaks } = replayRule(withoutLabels(outputs), rule);
  t.true(breaks > 0);
  t.deepEqual(report.reference, { source: 'whole of noise/test', images: IMAGES, disagreements: breaks });
  t.is(report.false_alarms_percent, 5);
  t.is(report.evidence_needed, 40);
});

test('what is tolerated is an exact upper limit that errs with half the false alarms', async (t) => {
  const { monitor } = await opened(t);
  t.is(monitor.report.tolerated_percent, TOLERATED_PERCENT);
  t.is(monitor.report.evidence, 1);
});

test('the alarm is raised once, by disagreements, and stays', async (t) => {
  const alarms: number[] = [];
  const { monitor } = await opened(t, { onAlarm: ({ images }) => alarms.push(images) });
  for (let image = 0; image < 100; image++) monitor.observe(image % 30 === 0 ? DISAGREES : AGREES);
  monitor.observe(undefined);
  t.is(monitor.report.alarm, null);
  t.is(monitor.report.images, 101);
  t.is(monitor.report.checked, 100);
  while (monitor.report.alarm === null) monitor.observe(DISAGREES);
  const { alarm, evidence, evidence_needed: needed } = monitor.report;
  t.true(evidence >= needed);
  t.true(alarm.disagreements > 4 && alarm.disagreements < 15, `${alarm.disagreements}`);
  for (let image = 0; image < 3000; image++) monitor.observe(AGREES);
  t.true(monitor.report.evidence < 1);
  t.deepEqual(monitor.report.alarm, alarm);
  t.deepEqual(alarms, [alarm.images]);
});

test('a stream in pieces is chosen from and judged as in one go', async (t) => {
  const { folder, monitor } = await opened(t, { seed: 3, state: undefined });
  const chosen = Array.from({ length: 400 }, () => monitor.chooses());
  const check = (image: number) => (image % 9 === 0 ? DISAGREES : AGREES);
  chosen.forEach((isChosen, image) => {
    monitor.observe(isChosen ? check(image) : undefined);
  });
  const state = path.join(folder, 'pieces.json');
  let image = 0;
  for (const length of [1, 150, 0, 49, 200]) {
    const piece = await Monitor.open(folder, { share: 0.25, seed: 3, reference: REFERENCE, state });
    for (let place = 0; place < length; place++, image++) {
      t.is(piece.chooses(), chosen[image]!);
      piece.observe(chosen[image] ? check(image) : undefined);
    }
    await piece.close();
    if (image === 400) t.deepEqual(piece.report, monitor.report);
  }
  t.is(image, 400);
});

test('a share of the images is chosen, others with another seed', async (t) => {
  const { folder, monitor } = await opened(t);
  const other = await Monitor.open(folder, { share: 0.25, seed: 1, reference: REFERENCE });
  const choices = (of: Monitor): boolean[] => Array.from({ length: 10_000 }, () => of.chooses());
  const [first, second] = [choices(monitor), choices(other)];
  const chosen = first.filter(Boolean).length;
  // Four standard deviations of 43.
  t.true(Math.abs(chosen - 2500) < 174, `${chosen}`);
  const both = first.filter((isChosen, image) => isChosen && second[image]).length;
  t.true(Math.abs(both - 625) < 97, `${both}`);
});

test('to open a monitor writes nothing, and what is saved is there whole', async (t) => {
  const { monitor } = await opened(t);
  t.is(await loadMonitorState(monitor.file), undefined);
  monitor.observe(DISAGREES);
  await monitor.save();
  const { schema, ...state } = (await loadMonitorState(monitor.file))!;
  t.is(schema, 1);
  t.is(state.checked, 1);
  t.is(state.full_runs, 1);
  t.is(state.share_percent, 25);
});

test('a state goes on with another share, and with nothing else that is asked for otherwise', async (t) => {
  const { folder, monitor } = await opened(t);
  await monitor.close();
  const again = await Monitor.open(folder, { share: 0.5 });
  t.is(again.report.share_percent, 50);
  t.deepEqual(again.report.reference, REFERENCE);
  const remedy = 'delete it to begin anew, or name another file for the state.';
  for (const [options, fault] of [
    [{ falseAlarms: 0.01 }, 'was begun with 5 % of false alarms'],
    [{ seed: 1 }, 'was begun with the seed 0'],
    [{ reference: { ...REFERENCE, images: 999 } }, 'was begun with another reference'],
  ] as const)
    await t.throwsAsync(Monitor.open(folder, { share: 0.5, ...options }), {
      instanceOf: CascadeError,
      message: `${monitor.file} ${fault}; ${remedy}`,
    });
});

test('a state is bound to the network and to the thresholds', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const monitor = await Monitor.open(folder, { share: 0.25, reference: REFERENCE });
  await monitor.close();
  t.true(await monitor.isOf(folder));
  const { folder: other, manifest: otherManifest } = await smallCascade(t);
  await writeFile(
    path.join(other, 'heads.safetensors'),
    Buffer.concat([await readFile(path.join(other, 'heads.safetensors')), Buffer.of(0)]),
  );
  t.false(await monitor.isOf(other));
  await t.throwsAsync(Monitor.open(other, { share: 0.25, state: monitor.file }), {
    message: /monitor\.json is of another cascade; delete it/,
  });
  t.is(otherManifest.name, manifest.name);
  await calibrateCascade(folder, manifest, {
    splitSeed: 0,
    search: { method: 'paper-path', scoring: DEFAULT_SCORING, labelFree: false },
    target: { kind: 'max-drop', drop: 0.1 },
    confidence: null,
  });
  t.false(await monitor.isOf(folder));
  await t.throwsAsync(Monitor.open(folder, { share: 0.25 }), {
    message: /monitor\.json is of other thresholds; delete it/,
  });
});

test('a changed state is understood or refused in one sentence', async (t) => {
  const { folder, monitor } = await opened(t);
  for (let image = 0; image < 20; image++) monitor.observe(image % 5 === 0 ? DISAGREES : AGREES);
  await monitor.close();
  await readsOrRefuses(t, monitor.file, async () => {
    const again = await Monitor.open(folder, { share: 0.25 });
    again.observe(DISAGREES);
    t.true(again.report.evidence >= 0);
  });
});

test('options that make no sense are refused by name', async (t) => {
  const { folder } = await smallCascade(t);
  for (const [options, field] of [
    [{ share: 0 }, 'share'],
    [{ share: 1, falseAlarms: 1 }, 'falseAlarms'],
    [{ share: 1, seed: -1 }, 'seed'],
    [{ share: 1, onAlarm: 'call me' }, 'onAlarm'],
    [{ share: 1, reference: { ...REFERENCE, disagreements: 1000 } }, 'reference.disagreements'],
  ] as const)
    await t.throwsAsync(Monitor.open(folder, options as unknown as MonitorOptions), {
      instanceOf: CascadeError,
      message: new RegExp(`^The options of Monitor\\.open do not fit, ${field}: `),
    });
  await t.throwsAsync(Monitor.open(7 as unknown as string, { share: 1 }), { instanceOf: CascadeError });
});

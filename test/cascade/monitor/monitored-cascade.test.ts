import test from 'ava';
import { Cascade } from '../../../lib/cascade/cascade.js';
import { Monitor } from '../../../lib/cascade/monitor/monitor.js';
import { loadMonitorState } from '../../../lib/cascade/monitor/monitor-state.js';
import { CascadeError } from '../../../lib/errors.js';
import { createRandom } from '../../../lib/stats/random.js';
import { SHAPE, smallCascade } from '../../support/small-cascade.js';

const SIZE = SHAPE[0] * SHAPE[1] * SHAPE[2];

test('a cascade with a monitor answers as without, and keeps what was seen call by call', async (t) => {
  const { folder } = await smallCascade(t);
  const random = createRandom(2);
  const pixels = Uint8Array.from({ length: 40 * SIZE }, () => 256 * random());
  const plain = await Cascade.load(folder, { batchSize: 8 });
  const expected = await plain.classify(pixels);
  await plain.dispose();
  const monitor = await Monitor.open(folder, { share: 0.5 });
  const watched = await Cascade.load(folder, { batchSize: 8, monitor });
  const answers = [
    ...(await watched.classify(pixels.subarray(0, 30 * SIZE))),
    ...(await watched.classify(pixels.subarray(30 * SIZE))),
  ];
  t.deepEqual(
    answers.map(({ label, leftAt }) => [label, leftAt]),
    expected.map(({ label, leftAt }) => [label, leftAt]),
  );
  const { images, checked, full_runs: runs } = monitor.report;
  t.is(images, 40);
  t.true(checked > 8 && checked < 32, `${checked}`);
  t.is((await loadMonitorState(monitor.file))!.checked, checked);
  const billed = answers.filter(({ macs }, image) => macs > expected[image]!.macs);
  t.is(billed.length, runs);
  await watched.dispose();
  t.is((await loadMonitorState(monitor.file))!.images, 40);
});

test('a monitor of another drop is refused', async (t) => {
  const { folder } = await smallCascade(t);
  const monitor = await Monitor.open(folder, { share: 0.5 });
  const error = await t.throwsAsync<CascadeError>(Cascade.load(folder, { monitor, maxDrop: 0 }), {
    instanceOf: CascadeError,
  });
  t.is(
    error.message,
    `The monitor of Cascade.load is of another cascade or other thresholds than ${folder}; open it with the same.`,
  );
});

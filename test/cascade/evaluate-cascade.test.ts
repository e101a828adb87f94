import test from 'ava';
import { loadCalibrations } from '../../lib/artifact/calibrations.js';
import { pricesOf } from '../../lib/artifact/timings/prices.js';
import { evaluateCascade } from '../../lib/cascade/evaluate-cascade.js';
import { explainCascade } from '../../lib/cascade/explain/explain-cascade.js';
import { percent } from '../../lib/stats/percent.js';
import { smallCascade } from '../support/small-cascade.js';

test('read part by part, the exits are as right by how sure they are as read as a whole', async (t) => {
  const { folder, manifest } = await smallCascade(t);
  const { all: calibrations } = await loadCalibrations(folder, manifest);
  const { reliability, leftAt } = await evaluateCascade(folder, manifest, calibrations);
  t.is(reliability.length, calibrations.length);
  const prices = pricesOf(manifest, null);
  const whole = await explainCascade(folder, manifest, calibrations.at(-1)!, prices, {
    eachExit: 0,
    changed: 0,
  });
  t.deepEqual(reliability.at(-1), whole.reliability);
  const leaving = whole.evaluation.exits.map((_, exit) => leftAt.filter((each) => each === exit).length);
  t.deepEqual(
    leaving.map((count) => percent(count / leftAt.length)),
    whole.evaluation.exits.map(({ share_percent: share }) => share),
  );
  t.true(reliability.at(-1)!.some((bins) => bins !== null));
});

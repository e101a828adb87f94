import test from 'ava';
import { timeSpecification } from '../../../lib/report/plot/plot-time.js';
import type { TimeReportRow } from '../../../lib/report/rows-read.js';

function measured(lowest: number): TimeReportRow {
  return {
    cascade: 'resnet20',
    dataset: 'cifar10',
    engine: 'onnxruntime',
    threads: 2,
    batch_size: 1,
    macs_saved_percent: 38,
    time_saved_percent: 3,
    time_saved_low_percent: lowest,
    time_saved_high_percent: 15,
  };
}

/** Ends of an axis of the layer that draws the bars. */
function domain(rows: readonly TimeReportRow[], axis: 'x' | 'y'): readonly number[] {
  const { layer } = timeSpecification(rows) as unknown as {
    layer: { encoding: Record<string, { scale: { domain: number[] } }> }[];
  };
  return layer[1]!.encoding[axis]!.scale.domain;
}

test('a bar that reaches below no time saved is shown to its end', (t) => {
  t.deepEqual(domain([measured(-7)], 'y'), [-10, 43]);
  t.deepEqual(domain([measured(-7)], 'x'), [0, 43]);
});

test('a bar of one slow round does not squash the picture', (t) => {
  t.deepEqual(domain([measured(-300)], 'y'), [-20, 43]);
});

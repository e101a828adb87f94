import test from 'ava';
import { timeSpecification } from '../../../lib/report/plot/plot-time.js';
import { renderSvg } from '../../../lib/report/plot/render.js';
import type { TimeReportRow } from '../../../lib/report/rows-read.js';

function measured(lowest: number, more: Partial<TimeReportRow> = {}): TimeReportRow {
  return {
    cascade: 'c10-resnet20',
    dataset: 'CIFAR-10',
    engine: 'onnxruntime',
    threads: 2,
    batch_size: 1,
    full_milliseconds_per_image: 0.74,
    milliseconds_per_image: 0.72,
    predicted_time_saved_percent: null,
    macs_saved_percent: 38,
    time_saved_percent: 3,
    time_saved_low_percent: lowest,
    time_saved_high_percent: 15,
    ...more,
  };
}

/** Ends of the axis, of the panel's first layer that has any. */
function domain(rows: readonly TimeReportRow[]): readonly number[] {
  const { hconcat } = timeSpecification(rows) as unknown as {
    hconcat: { layer: { encoding: { x: { scale?: { domain: number[] } } } }[] }[];
  };
  return hconcat[0]!.layer.find(({ encoding }) => encoding.x.scale !== undefined)!.encoding.x.scale!.domain;
}

const textsOf = async (rows: readonly TimeReportRow[]): Promise<readonly string[]> => {
  const svg = await renderSvg(timeSpecification(rows));
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1]!);
};

test('the axis spans what is saved and the bars to their ends', (t) => {
  t.deepEqual(domain([measured(-7)]), [-10, 40]);
  t.deepEqual(domain([measured(30, { time_saved_percent: 32 })]), [25, 40]);
});

test('a bar of one slow round does not squash the picture', (t) => {
  t.deepEqual(domain([measured(-300)]), [-25, 40]);
});

test('of one cascade a row is a number of images at once, with its milliseconds', async (t) => {
  const texts = await textsOf([measured(-7), measured(-7, { batch_size: 128, milliseconds_per_image: 0.4 })]);
  for (const text of [
    'one image at a time',
    '0.74 → 0.72 ms',
    '128 images at once',
    '0.74 → 0.40 ms',
    'MACs',
  ])
    t.true(texts.includes(text), text);
  t.false(texts.includes('c10-resnet20'));
  t.false(texts.includes('time, predicted'));
});

test('of several cascades a row is a cascade by its short name, a panel a number of images at once', async (t) => {
  const other = { cascade: 'c10-resnet56', predicted_time_saved_percent: 5 };
  const texts = await textsOf([measured(-7), measured(-7, other), measured(-7, { batch_size: 128 })]);
  for (const text of ['resnet20', 'resnet56', 'one image at a time', '128 images at once', 'time, predicted'])
    t.true(texts.includes(text), text);
});

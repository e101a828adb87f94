import test from 'ava';
import type { TopLevelSpec } from 'vega-lite';
import { latencySpecification } from '../../../../lib/report/plot/exits/plot-latency.js';
import { reliabilitySpecification } from '../../../../lib/report/plot/exits/plot-reliability.js';
import { sharesSpecification } from '../../../../lib/report/plot/exits/plot-shares.js';
import { onPaper } from '../../../../lib/report/plot/look.js';
import { renderSvg } from '../../../../lib/report/plot/render.js';
import type { LatencyReportRow, ReliabilityRow, ShareRow } from '../../../../lib/report/rows-read.js';

const CHOICE = {
  cascade: 'r20',
  dataset: 'CIFAR-10',
  split: 'test',
  split_seed: '0',
  method: 'shared',
  criterion: 'softmax',
  max_drop_points: 1,
  max_macs_percent: null,
  max_time_percent: null,
  epsilon_points: null,
  confidence_percent: 95,
  labels: 'given',
  cost: 'macs',
} as const;

function shares(more: Partial<ShareRow> = {}): readonly ShareRow[] {
  return [
    { exit: 0, name: 'block 2', share_percent: 60, exit_accuracy_percent: 98.5 },
    { exit: 1, name: 'block 5', share_percent: 0, exit_accuracy_percent: null },
    { exit: 2, name: 'full network', share_percent: 40, exit_accuracy_percent: 80 },
  ].map((row) => ({ ...CHOICE, images: 5000, ...row, ...more }));
}

const textsOf = async (specification: TopLevelSpec): Promise<readonly string[]> => {
  const svg = await renderSvg(specification);
  // A text of several lines is in several parts.
  return [...svg.matchAll(/<text[^>]*>(.*?)<\/text>/g)].map((match) =>
    match[1]!.replaceAll(/<[^>]*>/g, ' ').trim(),
  );
};

test('each part of a bar says its share and how many there are right, and a choice what was asked', async (t) => {
  const texts = await textsOf(sharesSpecification(shares()));
  for (const text of ['60.0 %', '98.5 % right', '40.0 %', '80.0 % right', 'drop ≤ 1 point', 'block 5'])
    t.true(texts.includes(text), text);
  t.false(texts.includes('0.0 %'));
});

test('figures are promised in each part only where each part has room for them', async (t) => {
  const subtitleOf = async (rows: readonly ShareRow[]): Promise<string> =>
    (await textsOf(sharesSpecification(rows))).find((text) => text.includes('in each part'))!;
  t.regex(await subtitleOf(shares()), /; in each part its share and/);
  const narrow = shares().map((row, part) => ({ ...row, share_percent: [98, 0, 2][part]! }));
  t.regex(await subtitleOf(narrow), /; in each part with room for it its share and/);
});

test('shares of the calibration split are drawn only where there are none of the test split', async (t) => {
  const calibration = shares({ split: 'calibration', max_drop_points: 2 });
  const both = await textsOf(sharesSpecification([...calibration, ...shares()]));
  t.false(both.includes('drop ≤ 2 points'));
  t.true((await textsOf(sharesSpecification(calibration))).includes('drop ≤ 2 points'));
});

test('choices that ask for the same are told apart by what differs', async (t) => {
  const texts = await textsOf(sharesSpecification([...shares(), ...shares({ confidence_percent: null })]));
  t.true(texts.includes('drop ≤ 1 point, 95 % confidence'));
  t.true(texts.includes('drop ≤ 1 point, no promise'));
});

function bin(exit: number, confidence: number, accuracy: number, more: Partial<ReliabilityRow> = {}) {
  const interval = { accuracy_low_percent: accuracy - 3, accuracy_high_percent: accuracy + 3 };
  const figures = { images: 500, mean_confidence: confidence, accuracy_percent: accuracy, ...interval };
  return { ...CHOICE, exit, name: `block ${exit}`, ...figures, ...more };
}

test('reliability has a panel an exit, and a line of as right as sure where confidence is a probability', async (t) => {
  const rows = [bin(0, 0.5, 45), bin(0, 0.9, 92), bin(1, 0.6, 70), bin(1, 0.95, 97)];
  const texts = await textsOf(reliabilitySpecification(rows));
  for (const text of ['block 0', 'block 1', 'Confidence', 'Right (%)']) t.true(texts.includes(text), text);
  t.true(texts.some((text) => text.startsWith('All 1,000 test images')));
  t.true(texts.join(' ').includes('Dashed'));
  const margin = rows.map((row) => ({ ...row, criterion: 'margin' }));
  t.false((await textsOf(reliabilitySpecification(margin))).join(' ').includes('Dashed'));
  const fifth = rows.map((row) => ({ ...row, criterion: 'softmax, top 5' }));
  t.false((await textsOf(reliabilitySpecification(fifth))).join(' ').includes('Dashed'));
});

test('of several choices of a cascade the latest has its reliability drawn', (t) => {
  const earlier = [bin(0, 0.5, 45), bin(1, 0.6, 70)];
  const later = [bin(0, 0.2, 30, { criterion: 'margin' }), bin(1, 0.3, 40, { criterion: 'margin' })];
  const { data } = reliabilitySpecification([...earlier, ...later]) as unknown as {
    data: { values: { accuracy_percent: number }[] };
  };
  t.deepEqual(
    data.values.map((row) => row.accuracy_percent),
    [30, 40],
  );
});

const LATENCY: LatencyReportRow = {
  ...{ cascade: 'r20', dataset: 'CIFAR-10', engine: 'onnxruntime', threads: 2, batch_size: 1 },
  ...{
    left_at: 'block 2',
    timings: 1425,
    p50_milliseconds: 0.4,
    p95_milliseconds: 0.5,
    p99_milliseconds: 0.6,
  },
};

test('latency has a row for each place where images left, with how often it was timed', async (t) => {
  const texts = await textsOf(
    latencySpecification([LATENCY, { ...LATENCY, left_at: 'all images', timings: 3840 }]),
  );
  for (const text of ['block 2', '1,425 timings', 'all images', '3,840 timings', 'Milliseconds per image'])
    t.true(texts.includes(text), text);
});

test('in a column of a paper each of these pictures is within a twentieth of its width', async (t) => {
  const look = onPaper(8.5);
  for (const specification of [
    sharesSpecification(shares(), look),
    reliabilitySpecification([bin(0, 0.5, 45), bin(0, 0.9, 92), bin(1, 0.6, 70), bin(1, 0.95, 97)], look),
    latencySpecification([LATENCY], look),
  ]) {
    const [, width] = /width="([\d.]+)"/.exec(await renderSvg(specification))!;
    t.true(Math.abs(Number(width) / look.width - 1) < 0.05, `${width} of ${look.width}`);
  }
});

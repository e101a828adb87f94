import test from 'ava';
import { probeSpecification } from '../../../lib/report/plot/probe/plot-probe.js';
import { renderSvg } from '../../../lib/report/plot/render.js';
import { probeCsvRows } from '../../../lib/report/probe-rows.js';
import { PROBED } from '../sample-probed.js';

const rowsOf = (backbone: string) =>
  probeCsvRows({ backbone, dataset: 'cifar10', seed: 0 }, PROBED).map((row) => ({
    ...row,
    head: row.head ?? '',
  }));

/** What the two layers draw: the full networks, and the probes. */
function drawn(backbones: readonly string[]) {
  const { layer } = probeSpecification(backbones.flatMap(rowsOf)) as unknown as {
    layer: [
      { data: { values: { accuracy_percent: number }[] } },
      { data: { values: { series: string; macs_percent: number; accuracy_percent: number }[] } },
    ];
  };
  return { full: layer[0].data.values, probes: layer[1].data.values };
}

test('a line a kind of head leads through the probes, and the full network is a level', async (t) => {
  const { full, probes } = drawn(['r20']);
  t.deepEqual(
    probes.map((row) => [row.series, row.macs_percent, row.accuracy_percent]),
    [
      ['linear', 20.1, 25],
      ['mlp', 22, 50],
      ['linear', 60.1, 75],
      ['mlp', 64, 75],
    ],
  );
  t.deepEqual(
    full.map((row) => row.accuracy_percent),
    [75],
  );
  const svg = await renderSvg(probeSpecification(rowsOf('r20')));
  t.true(svg.includes('Probes are weaker than fitted heads'));
});

test('lines of several backbones bear their names', (t) => {
  const { probes } = drawn(['r20', 'r56']);
  t.deepEqual(
    [...new Set(probes.map((row) => row.series))],
    ['r20, linear', 'r20, mlp', 'r56, linear', 'r56, mlp'],
  );
});

import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { csvText } from '../../../lib/report/csv.js';
import { readComparedNetwork, withOtherHeads } from '../../../scripts/methods-page/compared-network.js';
import { methodsPage } from '../../../scripts/methods-page/methods-page.js';
import { temporaryFolder } from '../../support/run-cascade.js';

function row(cascade: string, method: string, criterion: string, saved: number, ahead: readonly number[]) {
  const [mean, low, high] = ahead.length === 0 ? ['', '', ''] : ahead;
  return {
    ...{ cascade, dataset: 'cifar10', exits: '8 17', method, criterion, splits: 20, images: 10_000 },
    ...{ max_drop_points: 1, macs_saved_percent: saved },
    ...{ macs_saved_low_percent: saved - 1, macs_saved_high_percent: saved + 1 },
    ...{ macs_ahead_percent: mean!, macs_ahead_low_percent: low!, macs_ahead_high_percent: high! },
  };
}

test('differences from the paper’s path are bold where their interval leaves out 0, and other heads have rows of their own', async (t) => {
  const folder = await temporaryFolder(t);
  const written = {
    r56: [
      row('r56', 'paper-path', 'softmax', 40, [0, 0, 0]),
      row('r56', 'exit-policy', '', 42, [2, 0.5, 3]),
      row('r56', 'exit-switching', '', 39, [-1, -3, 0.5]),
    ],
    'r56-means': [row('r56-means', 'paper-path', 'softmax', 20, [0, 0, 0])],
  };
  const networks = await Promise.all(
    Object.entries(written).map(async ([name, rows]) => {
      const file = path.join(folder, `${name}.csv`);
      await writeFile(file, csvText(rows));
      return readComparedNetwork(file);
    }),
  );
  const page = methodsPage(withOtherHeads(networks)).split('\n');
  for (const line of [
    '| paper-path, softmax (the paper’s) | 40.0 [39.0, 41.0] | – |',
    '| exit-policy | 42.0 [41.0, 43.0] | **+2.0 [+0.5, +3.0]** |',
    '| exit-switching | 39.0 [38.0, 40.0] | −1.0 [−3.0, +0.5] |',
    '| class means as heads (E²CM) | 20.0 [19.0, 21.0] | – |',
    '| r56 | saved | exit-policy (1) | none |',
  ])
    t.true(page.includes(line), line);
  t.false(page.some((line) => line.startsWith('## r56-means')));
});

test('docs/methods.md has the figures of results/methods', async (t) => {
  const page = await readFile('docs/methods.md', 'utf8');
  const names = [...page.matchAll(/results\/methods\/([^/]+)\/compare\.png/g)].map(([, name]) => name!);
  t.true(names.length > 0);
  const networks = await Promise.all(
    [...names, ...names.map((name) => `${name}-means`)].map((name) =>
      readComparedNetwork(path.join('results', 'methods', name, 'compare.csv')).catch(() => undefined),
    ),
  );
  t.is(page, methodsPage(withOtherHeads(networks.filter((network) => network !== undefined))));
});

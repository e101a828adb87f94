import test from 'ava';
import { onPaper } from '../../../lib/report/plot/look.js';
import { comparisonSpecification } from '../../../lib/report/plot/plot-comparison.js';
import { renderSvg } from '../../../lib/report/plot/render.js';
import type { ComparisonRow } from '../../../lib/report/rows-read.js';

const METHODS = ['shared', 'paper-path', 'joint'] as const;
const CRITERIA = ['softmax', 'margin', 'entropy', 'energy', 'temperature', 'patience'].flatMap((name) => [
  name,
  `${name}, averaged 0.4`,
]);

/** What every method saves with every one of some measures of confidence, at three drops. */
function rows(criteria: readonly string[]): readonly ComparisonRow[] {
  const saved = { macs_saved_percent: 50, macs_saved_low_percent: 45, macs_saved_high_percent: 55 };
  const common = { cascade: 'r56', dataset: 'cifar10', exits: '8 14', splits: 20, images: 10000, ...saved };
  return METHODS.flatMap((method) =>
    criteria.flatMap((criterion) =>
      [0.5, 1, 2].map(
        (drop) => ({ ...common, method, criterion, max_drop_points: drop }) as unknown as ComparisonRow,
      ),
    ),
  );
}

/** Height of the picture in centimetres, in a column of a paper. */
async function heightOf(drawn: readonly ComparisonRow[]): Promise<number> {
  const [, height] = /height="([\d.]+)"/.exec(await renderSvg(comparisonSpecification(drawn, onPaper(8.5))))!;
  return (Number(height) * 2.54) / 96;
}

test('three dozen methods in a column of a paper fit on a page of A4, and a few have more room each', async (t) => {
  const few = await heightOf(rows(CRITERIA.slice(0, 4)));
  const many = await heightOf(rows(CRITERIA));
  t.true(many < 25, `${many} cm`);
  t.true(few / 12 > many / 36, `${few} cm`);
});

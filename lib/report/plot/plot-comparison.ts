import type { TopLevelSpec } from 'vega-lite';
import { CascadeError } from '../../errors.js';
import { largest } from '../../stats/largest.js';
import { smallest } from '../../stats/smallest.js';
import { methodName, setName } from '../describe/describe-comparison.js';
import { counted, inPoints } from '../numbers.js';
import type { ComparisonRow } from '../rows-read.js';
import { colourList } from './front-style.js';
import { SUBTITLE_SIZE } from './front-title.js';
import { distinct } from './naming.js';
import { LABEL_SIZE, PICTURE_STYLE } from './picture-style.js';
import { textWidth, wrapText } from './text-width.js';

const ROW_HEIGHT = 20;
const PLOT_WIDTH = 560;

/**
 * The picture of `compare.csv`: for each set of exits the MACs that every method saves, a colour for each drop that is
 * accepted, with the interval over the halvings. Methods are sorted by what they save at the middle drop.
 */
export function comparisonSpecification(rows: readonly ComparisonRow[]): TopLevelSpec {
  const asked = rows.filter((row) => row.max_drop_points !== null && row.macs_saved_percent !== null);
  if (asked.length === 0)
    throw new CascadeError(
      'The comparison holds no savings at any drop to draw; compare again with --drops.',
    );
  const drops = distinct(asked.map((row) => row.max_drop_points!)).sort((a, b) => a - b);
  const values = asked.map((row) => ({
    ...row,
    method: methodName(row),
    panel: `${row.cascade}, ${setName(row.exits.replaceAll(' ', ', ')).replace('Exits', 'exits')}`,
    drop: inPoints(row.max_drop_points!),
  }));
  const middle = inPoints(drops[drops.length >> 1]!);
  const order = distinct(
    [...values]
      .sort(
        (a, b) =>
          Number(b.drop === middle) - Number(a.drop === middle) ||
          b.macs_saved_percent! - a.macs_saved_percent!,
      )
      .map(({ method }) => method),
  );
  const labelWidth = largest(order.map((name) => textWidth(name, LABEL_SIZE))) + 14;
  const { splits, images, dataset } = asked[0]!;
  const highest = largest(values.map((row) => row.macs_saved_high_percent ?? row.macs_saved_percent!));
  const x = {
    field: 'macs_saved_percent',
    type: 'quantitative' as const,
    title: 'MACs saved, % of the full network (heads charged)',
    scale: {
      domain: [
        smallest(
          values.map((row) => row.macs_saved_percent!),
          0,
        ),
        highest + 2,
      ],
      nice: false,
    },
  };
  const y = { field: 'method', type: 'nominal' as const, title: null, sort: order };
  const color = {
    field: 'drop',
    type: 'nominal' as const,
    title: 'accepted drop of accuracy',
    sort: drops.map(inPoints),
    scale: { range: colourList(drops.length) },
    legend: { orient: 'top' as const, direction: 'horizontal' as const },
  };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: `Savings of methods and measures of confidence on ${dataset}.`,
    background: 'white',
    padding: 16,
    title: {
      text: `${distinct(values.map((row) => row.cascade)).join(', ')} on ${dataset}: what each way of leaving early saves`,
      subtitle: wrapText(
        `Means over ${counted(splits, 'halving')} of ${counted(images, 'image')}: thresholds from one half, drop and saving really measured on the other. Bars: 95 % of the halvings.`,
        SUBTITLE_SIZE,
        labelWidth + PLOT_WIDTH,
      ),
      anchor: 'start',
      offset: 14,
    },
    vconcat: distinct(values.map(({ panel }) => panel)).map((panel) => ({
      title: {
        text: panel,
        anchor: 'start' as const,
        fontSize: 12.5,
        fontWeight: 'normal' as const,
        offset: 6,
      },
      width: PLOT_WIDTH,
      height: ROW_HEIGHT * order.length,
      data: { values: values.filter((row) => row.panel === panel) },
      layer: [
        {
          mark: { type: 'rule' as const, strokeWidth: 1.5 },
          encoding: {
            x: { ...x, field: 'macs_saved_low_percent' },
            x2: { field: 'macs_saved_high_percent' },
            y,
            color,
          },
        },
        {
          mark: { type: 'point' as const, filled: true, size: 45, opacity: 1 },
          encoding: { x, y, color },
        },
      ],
    })),
    config: {
      ...PICTURE_STYLE,
      // Vega cuts labels at 180 pixels by default.
      axis: { ...PICTURE_STYLE.axis, labelLimit: labelWidth, minExtent: labelWidth },
      axisX: { minExtent: 0 },
    },
  };
}

import type { TopLevelSpec } from 'vega-lite';
import type { Explanation } from '../../cascade/explain/explain-cascade.js';
import type { Scoring } from '../../exits/scoring.js';
import { chartFrame, INK, pageColour } from './chart-style.js';

const HEIGHT = 180;

/** Panels beside one another, so that as few places of the grid as can be are empty, and their width. */
function gridOf(panels: number): { readonly columns: number; readonly width: number } {
  return panels % 2 === 1 && panels % 3 === 0 ? { columns: 3, width: 150 } : { columns: 2, width: 200 };
}

/** How right each enabled exit is by how sure it is, a panel each; dashed where an exit would be as right as it is sure. */
export function reliabilityChart({ reliability, manifest, calibration }: Explanation): TopLevelSpec {
  const { scoring } = calibration.rule;
  const isProbability = hasProbabilities(scoring);
  const values = reliability.flatMap((bins, exit) =>
    (bins ?? []).map(({ confidence, accuracy, low, high, images }) => ({
      exit: manifest.exits[exit]!.name,
      confidence,
      images,
      right: 100 * accuracy,
      low: 100 * low,
      high: 100 * high,
      equal: isProbability ? 100 * confidence : null,
    })),
  );
  const { columns, width } = gridOf(reliability.filter((bins) => bins !== null).length);
  const x = {
    field: 'confidence',
    type: 'quantitative' as const,
    title: `confidence (${scoring.criterion})`,
    scale: { zero: false },
    axis: { tickCount: 4 },
  };
  const y = {
    field: 'right',
    type: 'quantitative' as const,
    title: 'right, %',
    scale: { zero: false },
    axis: { tickCount: 5 },
  };
  return {
    ...chartFrame('How right each exit is by how sure it is.'),
    padding: 8,
    data: { values },
    facet: {
      field: 'exit',
      type: 'nominal',
      title: null,
      sort: manifest.exits.map(({ name }) => name),
    },
    columns,
    spacing: 26,
    // Otherwise an axis stands under a place that is empty, and none under the panel above it.
    resolve: { axis: { x: 'independent' } },
    spec: {
      width,
      height: HEIGHT,
      layer: [
        ...(isProbability
          ? [
              {
                mark: { type: 'line' as const, color: INK, strokeDash: [4, 3], strokeWidth: 1, opacity: 0.6 },
                encoding: { x, y: { ...y, field: 'equal' } },
              },
            ]
          : []),
        {
          mark: { type: 'rule', color: pageColour(0), strokeWidth: 1.5 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'point', filled: true, opacity: 1, size: 45, color: pageColour(0) },
          encoding: { x, y },
        },
      ],
    },
  };
}

/** Whether an exit's confidence is the probability that it gives its answer. */
function hasProbabilities({ criterion, top }: Scoring): boolean {
  return criterion === 'top-k' || (top === 1 && (criterion === 'softmax' || criterion === 'temperature'));
}

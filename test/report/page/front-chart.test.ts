import test from 'ava';
import type { Explanation } from '../../../lib/cascade/explain/explain-cascade.js';
import { frontChart } from '../../../lib/report/page/front-chart.js';
import { boxesOverlap, segmentMeetsBox } from '../../../lib/report/plot/geometry.js';
import { textWidth } from '../../../lib/report/plot/text-width.js';

/** A cascade of which the last exit lies on the line of certified points, as far as the chart reads it. */
function explained(): Explanation {
  const points = [0.3, 0.5, 0.7, 0.9, 1].map((share) => ({
    test: { macs_per_image: share * 1e8, accuracy_percent: 93 - 20 * (1 - share) ** 4 },
  }));
  return {
    evaluation: { ...points[2]!.test, images: 1000 },
    full: { full_macs: 1e8, full_accuracy_percent: 93 },
    steps: points,
    singleExits: [700, 880, 929],
    manifest: {
      exits: [0.3, 0.6, 0.8].map((share, index) => ({
        ...{ name: `block ${index}`, backbone_macs: share * 1e8, head_macs: 0 },
      })),
    },
  } as unknown as Explanation;
}

test('labels keep clear of the line and of one another, also where a point lies on the line', (t) => {
  const { specification, plot } = frontChart([explained()], ['r56']);
  const { layer } = specification as unknown as { layer: { data: { values: Record<string, number>[] } }[] };
  const [line, , , , labels] = layer.map(({ data }) => data.values);
  const named = labels as unknown as { name: string; x: number; y: number }[];
  t.deepEqual(named.map(({ name }) => name).sort(), [
    'all at block 0',
    'all at block 1',
    'all at block 2',
    'chosen',
    'full network',
  ]);
  const boxes = named.map(({ name, x, y }) => {
    const half = textWidth(name, 12) / 2;
    return { left: x - half, right: x + half, top: y - 6, bottom: y + 6 };
  });
  const points = line!.map(({ macs, accuracy }) => ({
    x: ((macs! - plot.x[0]) / (plot.x[1] - plot.x[0])) * plot.width,
    y: (1 - (accuracy! - plot.y[0]) / (plot.y[1] - plot.y[0])) * plot.height,
  }));
  for (const [index, box] of boxes.entries()) {
    t.false(boxes.some((other, place) => place !== index && boxesOverlap(box, other)));
    for (const [place, end] of points.entries()) {
      const { x: x1, y: y1 } = points[Math.max(0, place - 1)]!;
      t.false(segmentMeetsBox({ x1, y1, x2: end.x, y2: end.y }, box), named[index]!.name);
    }
  }
});

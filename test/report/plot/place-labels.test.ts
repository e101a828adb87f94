import test from 'ava';
import fc from 'fast-check';
import { boxContains, boxesOverlap, segmentMeetsBox } from '../../../lib/report/plot/geometry.js';
import type { Label, PlacedLabel } from '../../../lib/report/plot/place-labels.js';
import { LINE_HEIGHT, placeLabels } from '../../../lib/report/plot/place-labels.js';
import { textWidth } from '../../../lib/report/plot/text-width.js';

const BOUNDS = { left: 0, top: 0, right: 800, bottom: 400 };
const NOTHING = { boxes: [], lines: [] };

const label = (text: string, x: number, y: number): Label => ({
  lines: [text],
  fontSize: 11,
  x,
  y,
  radius: 5,
});
const marker = ({ x, y, radius }: Label) => ({
  left: x - radius,
  right: x + radius,
  top: y - radius,
  bottom: y + radius,
});

function textBox({ label: { lines, fontSize }, x, y }: PlacedLabel<Label>) {
  const width = Math.max(...lines.map((line) => textWidth(line, fontSize)));
  const height = lines.length * LINE_HEIGHT * fontSize;
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

test('a label with room stands beside its marker without a leader', (t) => {
  const [placed] = placeLabels([label('block 8', 100, 100)], NOTHING, BOUNDS);
  t.is(placed?.leader, null);
  t.is(placed?.y, 100);
  t.true(textBox(placed!).left > 105 && textBox(placed!).left < 115);
});

test('a label at the right edge goes to the other side', (t) => {
  const [placed] = placeLabels([label('full network', 795, 100)], NOTHING, BOUNDS);
  t.true(textBox(placed!).right < 790);
});

test('a label avoids a line that runs beside its marker', (t) => {
  const line = { x1: 0, y1: 100, x2: 800, y2: 100 };
  const [placed] = placeLabels([label('block 8', 100, 100)], { boxes: [], lines: [line] }, BOUNDS);
  t.false(placed?.overLine);
  t.false(segmentMeetsBox(line, textBox(placed!)));
});

test('a label that a line runs under everywhere says so', (t) => {
  const lines = Array.from({ length: 80 }, (_, index) => ({ x1: 0, y1: 5 * index, x2: 800, y2: 5 * index }));
  const [placed] = placeLabels([label('block 8', 100, 100)], { boxes: [], lines }, BOUNDS);
  t.true(placed?.overLine);
});

test('a label without any free place is left out', (t) => {
  t.deepEqual(
    placeLabels([label('block 8', 10, 10)], NOTHING, { left: 0, top: 0, right: 30, bottom: 30 }),
    [],
  );
});

test('a label of a crowd has a leader that ends at its text', (t) => {
  const crowd = Array.from({ length: 8 }, (_, index) => label(`number ${index}`, 400 + 3 * index, 200));
  const placed = placeLabels(crowd, { boxes: crowd.map(marker), lines: [] }, BOUNDS);
  t.is(placed.length, 8);
  const led = placed.filter((place) => place.leader !== null);
  t.true(led.length > 0);
  for (const place of led) {
    const { left, right, top, bottom } = textBox(place);
    const grown = { left: left - 4, right: right + 4, top: top - 4, bottom: bottom + 4 };
    const { x2, y2 } = place.leader!;
    t.true(segmentMeetsBox({ x1: x2, y1: y2, x2, y2 }, grown));
  }
});

test('labels never overlap each other, a marker or the bounds, and their leaders run over no text', (t) => {
  const labels = fc.array(
    fc.record({
      lines: fc.array(fc.constantFrom('block 8', '78.7 %', 'max drop 1 %: 93.0 %'), {
        minLength: 1,
        maxLength: 2,
      }),
      fontSize: fc.constantFrom(11, 12),
      x: fc.integer({ min: 10, max: 790 }),
      y: fc.integer({ min: 10, max: 390 }),
      radius: fc.constantFrom(4, 7),
    }),
    { maxLength: 14 },
  );
  t.notThrows(() =>
    fc.assert(
      fc.property(labels, (crowd) => {
        const placed = placeLabels(crowd, { boxes: crowd.map(marker), lines: [] }, BOUNDS);
        const boxes = placed.map(textBox);
        return boxes.every(
          (box, index) =>
            boxContains(BOUNDS, box) &&
            !crowd.some((other) => boxesOverlap(box, marker(other))) &&
            !boxes.some((other, second) => second > index && boxesOverlap(box, other)) &&
            !placed.some(({ leader }) => leader !== null && segmentMeetsBox(leader, box)),
        );
      }),
      { seed: 2, numRuns: 60 },
    ),
  );
});

test('of far more labels than a picture can hold only the first are looked at', (t) => {
  const count = 5000;
  const labels = Array.from({ length: count }, (_, index) => ({
    ...{ lines: ['a'], fontSize: 10, radius: 2 },
    ...{ x: 100 * (index % 100) + 50, y: 100 * Math.floor(index / 100) + 50 },
  }));
  const bounds = { left: 0, right: 10_000, top: 0, bottom: 5000 };
  const placed = placeLabels(labels, { boxes: [], lines: [] }, bounds);
  // 400 million comparisons, of 288 places a label with 5,000 things that are drawn.
  t.deepEqual(
    placed.map(({ label }) => label),
    labels.slice(0, 277),
  );
});

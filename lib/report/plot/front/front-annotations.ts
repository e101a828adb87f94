import { ownColour as color, column, dashed, pixels } from '../channels.js';
import { NEUTRAL } from '../colours.js';
import type { Look } from '../look.js';
import type { FrontKey } from './front-key.js';
import type { FrontLabels } from './front-labels.js';

const TEXT = { type: 'text', align: 'center', baseline: 'middle' } as const;

/** A text, read out as it stands. */
const said = { text: { field: 'text' }, description: { field: 'text' } };

/** The texts beside the markers, with a white rim where a line runs under them, and the key below the axis. */
export function frontAnnotations(
  methods: readonly string[],
  labels: FrontLabels,
  key: FrontKey,
  { text, scale }: Look,
) {
  const labelled = {
    x: pixels('x'),
    y: pixels('y'),
    ...said,
    size: { ...column('font_size'), scale: null },
  };
  return [
    {
      name: 'leaders',
      data: { values: [...labels.leaders] },
      mark: { type: 'rule' as const, strokeWidth: 0.7, aria: false },
      encoding: { x: pixels('x1'), y: pixels('y1'), x2: { field: 'x2' }, y2: { field: 'y2' }, color },
    },
    {
      name: 'label halos',
      data: { values: labels.texts.filter((each) => each.over_line) },
      mark: { ...TEXT, stroke: 'white', strokeWidth: 3.5, color: 'white', opacity: 0.9, aria: false },
      encoding: labelled,
    },
    {
      name: 'labels',
      data: { values: [...labels.texts] },
      mark: TEXT,
      encoding: { ...labelled, color },
    },
    {
      name: 'key: lines',
      data: { values: key.signs.filter((entry) => entry.sign === 'line') },
      mark: { type: 'rule' as const, strokeWidth: 2 * scale },
      encoding: { x: pixels('x'), x2: { field: 'x2' }, y: pixels('y'), color, strokeDash: dashed(methods) },
    },
    {
      name: 'key: markers',
      data: { values: key.signs.filter((entry) => entry.sign !== 'line') },
      mark: { type: 'point' as const, size: 60 * scale, opacity: 1 },
      encoding: {
        x: pixels('middle'),
        y: pixels('y'),
        shape: { field: 'sign', type: 'nominal' as const, scale: null },
        color,
        fill: { ...color, field: 'fill' },
      },
    },
    {
      name: 'key: texts',
      data: { values: [...key.texts] },
      mark: { ...TEXT, align: 'left' as const, fontSize: text.label, color: NEUTRAL },
      encoding: { x: pixels('x'), y: pixels('y'), ...said },
    },
  ];
}

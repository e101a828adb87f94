import { dashes } from './colours.js';

/** A column of numbers, on the scale of its axis. */
export const column = (field: string) => ({ field, type: 'quantitative' as const });

/** A column of pixels from the plot's upper left corner. */
export const pixels = (field: string) => ({ ...column(field), scale: null, axis: null });

/** The column `colour`, of colours. */
export const ownColour = { field: 'colour', type: 'nominal' as const, scale: null };

/** A column of names, each with a colour of its own. */
export const color = <Legend>(
  field: string,
  names: readonly string[],
  colours: readonly string[],
  legend: Legend,
) => ({
  field,
  type: 'nominal' as const,
  scale: { domain: [...names], range: [...colours] },
  legend,
});

/** A column of names, each with a shape of its own; with the same legend as their colours they share it. */
export const shape = color;

/** The column `method`, told by dashes. */
export const dashed = (methods: readonly string[]) => ({
  field: 'method',
  type: 'nominal' as const,
  scale: { domain: [...methods], range: dashes(methods.length) },
  legend: null,
});

import { dashes } from './front-style.js';

/** A column of numbers, on the scale of its axis. */
export const column = (field: string) => ({ field, type: 'quantitative' as const });

/** A column of pixels from the plot's upper left corner. */
export const pixels = (field: string) => ({ ...column(field), scale: null, axis: null });

/** The column `colour`, of colours. */
export const color = { field: 'colour', type: 'nominal' as const, scale: null };

/** The column `method`, told by dashes. */
export const dashed = (methods: readonly string[]) => ({
  field: 'method',
  type: 'nominal' as const,
  scale: { domain: [...methods], range: dashes(methods.length) },
  legend: null,
});

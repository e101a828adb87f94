import { colourList, NEUTRAL } from '../colours.js';
import type { FrontData } from './front-data.js';
import type { PicturePoint } from './front-points.js';

/**
 * The colour of a run; where there is one run only, that of a method, and neutral for what has none.
 * After the last colour they begin again.
 */
export function colourOf(data: FrontData): (point: Pick<PicturePoint, 'run' | 'method'>) => string {
  const [series, key] =
    data.runs.length > 1 ? [data.runs, 'run' as const] : [data.methods, 'method' as const];
  const colours = colourList(series.length);
  return (point) => colours[series.indexOf(point[key])] ?? NEUTRAL;
}

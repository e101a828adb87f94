import type { ExitCosts } from '../exits/exit-table.js';
import { normalCdf } from '../stats/normal-cdf.js';
import { tangoScore } from '../stats/tango-score.js';
import { type CertifiedPath, certifiedUnderDrop, type DropTest } from './certified-path.js';

/** Tango's asymptotic test, which agrees with the exact one to within what an estimate can tell, at once for any number of images. */
const scoreTest: DropTest = ({ breaks, repairs }, images, maxDrop) =>
  maxDrop >= 1 ? 0 : normalCdf(tangoScore(breaks, repairs, images, maxDrop));

/**
 * The share of the cost that a path would save if more images tested it and its breaks and repairs kept their rates. An estimate, for advice
 * only.
 *
 * @param times as many images as have tested it, a whole number.
 * @param maxDrop a fraction.
 * @param confidence a fraction.
 */
export function savedWithMore(
  { images, points, ...path }: CertifiedPath,
  times: number,
  maxDrop: number,
  confidence: number,
  costs: Pick<ExitCosts, 'full'>,
): number {
  const larger = points.map(({ breaks, repairs, cost, ...point }) => ({
    ...point,
    breaks: times * breaks,
    repairs: times * repairs,
    cost: times * cost,
  }));
  const grown = { ...path, images: times * images, points: larger };
  const point = certifiedUnderDrop(grown, maxDrop, confidence, costs, scoreTest);
  return point === undefined ? 0 : 1 - point.cost / (times * images) / costs.full;
}

import { exactDropTest, type PathPoint } from './certified-path.js';

/** Beyond this many images nobody calibrates. */
const MOST = 10_000_000;

/**
 * How many test images would certify a point if its breaks and repairs kept their rates; null if no number would, or none that is
 * practical. An estimate, for advice only.
 *
 * @param images on which the point was tested.
 */
export function imagesNeeded(
  { breaks, repairs }: Pick<PathPoint, 'breaks' | 'repairs'>,
  images: number,
  maxDrop: number,
  confidence: number,
  labelFree: boolean,
): number | null {
  if ((breaks - repairs) / images >= maxDrop) return null;
  const isEnough = (count: number): boolean => {
    const scale = count / images;
    const scaled = { breaks: Math.ceil(breaks * scale), repairs: Math.floor(repairs * scale) };
    return exactDropTest(scaled, count, maxDrop, labelFree) <= 1 - confidence;
  };
  let enough = images;
  while (!isEnough(enough)) {
    enough = Math.ceil(enough * 1.25);
    if (enough > MOST) return null;
  }
  return enough;
}

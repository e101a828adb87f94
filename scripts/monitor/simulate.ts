import { neededEvidence, toleratedRate } from '../../lib/cascade/monitor/monitor-report.js';
import { betOnRise, logRiseWealth, NO_RISE_WEALTH } from '../../lib/stats/rise-wealth.js';

/** Images that are drawn from, 1 where cascade and full network disagree. */
export type Population = Uint8Array;

export interface Watch {
  /** Images that calibration saw beside those that chose thresholds. */
  readonly referenceImages: number;
  /** Share of the images that are checked, a fraction. */
  readonly share: number;
  /** A fraction. */
  readonly falseAlarms: number;
  /** Where the stream ends if no alarm was raised. */
  readonly mostImages: number;
}

/**
 * One deployment: a reference is drawn from what calibration saw, then images come in, each drawn with replacement, and a share of them is
 * checked.
 *
 * @param source what the stream draws its `image`-th image from.
 * @param random uniform numbers in [0, 1).
 * @returns the image at which the alarm was raised, from 1; undefined if none was.
 */
export function imageOfAlarm(
  calibrated: Population,
  source: (image: number) => Population,
  { referenceImages, share, falseAlarms, mostImages }: Watch,
  random: () => number,
): number | undefined {
  const isDisagreed = (population: Population): boolean =>
    population[Math.floor(random() * population.length)] === 1;
  let disagreements = 0;
  for (let image = 0; image < referenceImages; image++) if (isDisagreed(calibrated)) disagreements++;
  const asked = {
    reference: { source: '', images: referenceImages, disagreements },
    false_alarms_percent: 100 * falseAlarms,
  };
  const next = betOnRise(toleratedRate(asked));
  const needed = Math.log(neededEvidence(asked));
  let wealth = NO_RISE_WEALTH;
  for (let image = 0; ; ) {
    image += imagesToNextCheck(share, random);
    if (image > mostImages) return undefined;
    wealth = next(wealth, isDisagreed(source(image)));
    if (logRiseWealth(wealth) >= needed) return image;
  }
}

/** How far it is to the next image that is chosen: geometric, as if each were chosen by itself. */
function imagesToNextCheck(share: number, random: () => number): number {
  return share === 1 ? 1 : Math.floor(Math.log1p(-random()) / Math.log1p(-share)) + 1;
}

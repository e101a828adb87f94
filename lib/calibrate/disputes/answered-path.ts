import type { CertifiedPath } from '../certified-path.js';
import type { Answers } from './dispute.js';
import { countAnswers } from './labels-left.js';
import type { UnlabelledPath } from './unlabelled-path.js';

/**
 * A path as the labels that are known test it. A missing one counts as a break, so that whatever is promised with some labels would be
 * with all of them, and labelling may stop at any moment.
 */
export function answeredPath({ images, points, disputes }: UnlabelledPath, answers: Answers): CertifiedPath {
  const { breaks, repairs, missing } = countAnswers(disputes, points.length, answers);
  return {
    images,
    labelFree: false,
    points: points.map((point, index) => ({
      ...point,
      breaks: breaks[index]! + missing[index]!,
      repairs: repairs[index]!,
    })),
  };
}

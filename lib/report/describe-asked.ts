import type { Calibration } from '../artifact/calibration.js';
import { percent } from '../stats/percent.js';
import { inPoints } from './numbers.js';

/** What was asked of a calibration, in words. */
export function describeAsked({ target, promise, method, labels }: Calibration): string {
  const promised = promise === null ? '' : ` with ${percent(promise.confidence)} % confidence`;
  const quantity = labels === 'none' ? 'a disagreement with the full network' : 'a drop';
  switch (target.kind) {
    case 'max-drop':
      return `Asked for ${quantity} of at most ${inPoints(percent(target.drop))}${promised} (${method})`;
    case 'max-macs':
      return `Asked for at most ${percent(target.share)} % of the MACs${promised} (${method})`;
    case 'epsilon':
      return `The paper's rule with a slack of ${inPoints(percent(target.epsilon))}`;
  }
}

import { exitCosts, type WrittenCosts } from '../../lib/artifact/exit-costs.js';
import { defaultAveraging } from '../../lib/calibrate/default-search.js';
import { averagedBy, DEFAULT_SCORING } from '../../lib/exits/scoring.js';

/** How `ask` looks for thresholds where nothing else is said. */
export function sharedSearch(costs: WrittenCosts) {
  const asked = { method: 'shared', criterion: 'softmax', labelFree: false } as const;
  const averaging = defaultAveraging({ ...asked, costs: exitCosts(costs) });
  const scoring = { ...DEFAULT_SCORING, ...averagedBy(averaging) };
  return { method: 'shared', scoring, labelFree: false } as const;
}

import { CLASS_THRESHOLDS } from './class-thresholds.js';
import { EXIT_ENSEMBLES } from './exit-ensembles.js';
import { EXIT_POLICY } from './exit-policy.js';
import { EXIT_SWITCHING } from './exit-switching.js';
import { EXPONENTIAL_SHARES } from './exponential-shares.js';
import { GEOMETRIC_SHARES } from './geometric-shares.js';
import { HELD_OUT_ACCURACY } from './held-out-accuracy.js';
import { LEARNED_CONFIDENCE } from './learned-confidence.js';
import type { Neighbour } from './neighbour.js';
import type { NeighbourName } from './neighbour-names.js';
import { NETWORK_ENERGY } from './network-energy.js';

/** The published ways of leaving early that records allow. */
export const NEIGHBOURS: Readonly<Record<NeighbourName, Neighbour>> = {
  'geometric-shares': GEOMETRIC_SHARES,
  'exponential-shares': EXPONENTIAL_SHARES,
  'held-out-accuracy': HELD_OUT_ACCURACY,
  'class-thresholds': CLASS_THRESHOLDS,
  'exit-ensembles': EXIT_ENSEMBLES,
  'exit-policy': EXIT_POLICY,
  'learned-confidence': LEARNED_CONFIDENCE,
  'network-energy': NETWORK_ENERGY,
  'exit-switching': EXIT_SWITCHING,
};

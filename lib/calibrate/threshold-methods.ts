import type { FrontMethod } from './front.js';

/** The ways of choosing thresholds that are compared with one another, by the names that `compare --methods` takes. */
export const THRESHOLD_METHODS = ['shared', 'paper-path', 'joint'] as const satisfies readonly FrontMethod[];

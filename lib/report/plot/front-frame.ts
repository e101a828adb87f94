import { largest } from '../../stats/largest.js';
import { smallest } from '../../stats/smallest.js';
import type { FrontData } from './front-data.js';
import type { Box } from './geometry.js';

/** Size of the plotting area in pixels. */
export const PLOT = { width: 796, height: 364 } as const;

/** A drop of more points than this is no trade: a front that falls further leaves the picture at its lower edge. */
const DEEPEST_DROP = 15;
/** Points left free below the lowest point of the front. */
const FREE_BELOW = 2;

/** The part of the plane of cost and accuracy that is shown, in percent. */
export interface Frame {
  readonly cost: readonly [number, number];
  readonly accuracy: readonly [number, number];
}

/**
 * Shows the whole range of costs, and of accuracy what the fronts and operating points span: single exits far
 * below them do not squash the picture (they are marked at its lower edge).
 */
export function frontFrame(data: FrontData): Frame {
  const full = data.fullNetworks.map((point) => point.accuracy_percent);
  const fronts = data.fronts.map((point) => point.accuracy_percent);
  const chosen = data.operatingPoints.flatMap((point) =>
    [point.accuracy_percent, point.low_percent, point.high_percent].filter((value) => value !== null),
  );
  const exits = data.exits.map((point) => point.accuracy_percent);
  const shown = fronts.length + chosen.length > 0 ? [...fronts, ...chosen, ...full] : [...exits, ...full];
  const deepest = full.length > 0 && fronts.length > 0 ? smallest(full) - DEEPEST_DROP : 0;
  const lowest = smallest(chosen, Math.max(deepest, smallest(shown)));
  const low = Math.max(0, Math.floor(lowest - FREE_BELOW));
  const highest = largest([...shown, ...exits]);
  const high = Math.min(100, highest + Math.max(0.5, 0.12 * (highest - low)));

  const costs = [...data.fronts, ...data.operatingPoints, ...data.exits].map((point) => point.cost_percent);
  const left = Math.max(0, 10 * Math.floor((smallest(costs, 100) - 2) / 10));
  return { cost: [left, largest(costs, 100) + 3], accuracy: [low, high] };
}

/** Turns percent of the cost and of accuracy into pixels from the plot's upper left corner. */
export function toPixels(frame: Frame): (cost: number, accuracy: number) => { x: number; y: number } {
  const [left, right] = frame.cost;
  const [low, high] = frame.accuracy;
  return (cost, accuracy) => ({
    x: (PLOT.width * (cost - left)) / (right - left),
    y: (PLOT.height * (high - accuracy)) / (high - low),
  });
}

export const PLOT_BOX: Box = { left: 3, top: 3, right: PLOT.width - 3, bottom: PLOT.height - 3 };

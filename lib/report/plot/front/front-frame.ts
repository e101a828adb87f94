import { largest } from '../../../stats/largest.js';
import { smallest } from '../../../stats/smallest.js';
import type { Box } from '../geometry.js';
import type { Look } from '../look.js';
import type { FrontData } from './front-data.js';

/** Height of the plot beside its width. */
const ASPECT = { screen: 0.46, paper: 0.66 } as const;

/** A drop of more points than this is no trade: a front that falls further leaves the picture at its lower edge. */
const DEEPEST_DROP = 8;
/** Points left free below the lowest point of the front. */
const FREE_BELOW = 0.5;

/** Percent of the full network's cost between two places where the axis may begin. */
const STEP = 5;

/** The part of the plane of cost and accuracy that is shown, in percent, and its size in pixels. */
export interface Frame {
  readonly cost: readonly [number, number];
  readonly accuracy: readonly [number, number];
  readonly width: number;
  readonly height: number;
}

/** Pixels around the plot, without title and key. */
export function marginsOf({ titled, text }: Look) {
  return titled
    ? { left: 64, right: 40, top: 56 }
    : { left: 4 * text.label, right: 1.4 * text.label, top: 0.8 * text.label };
}

/**
 * Shows of accuracy what the fronts and operating points span, and of costs what is there: single exits far
 * below them do not squash the picture (they are marked at its lower edge).
 */
export function frontFrame(data: FrontData, look: Look): Frame {
  const full = data.fullNetworks.map((point) => point.accuracy_percent);
  const fronts = data.fronts.map((point) => point.accuracy_percent);
  const chosen = data.operatingPoints.flatMap((point) =>
    [point.accuracy_percent, point.low_percent, point.high_percent].filter((value) => value !== null),
  );
  const exits = data.exits.map((point) => point.accuracy_percent);
  const shown = fronts.length + chosen.length > 0 ? [...fronts, ...chosen, ...full] : [...exits, ...full];
  const deepest = full.length > 0 && fronts.length > 0 ? smallest(full) - DEEPEST_DROP : 0;
  const lowest = smallest(chosen, Math.max(deepest, smallest(shown)));
  const low = Math.max(0, Math.floor(2 * (lowest - FREE_BELOW)) / 2);
  const highest = largest([...shown, ...exits]);
  const high = Math.min(100, highest + Math.max(0.4, 0.1 * (highest - low)));

  const visible = data.fronts.filter((point) => point.accuracy_percent >= low);
  const costs = [...visible, ...data.operatingPoints, ...data.exits].map((point) => point.cost_percent);
  const left = Math.max(0, STEP * Math.floor((smallest(costs, 100) - 1) / STEP));
  const right = largest(costs, 100);
  const margins = marginsOf(look);
  const width = Math.round(look.width - margins.left - margins.right);
  return {
    cost: [left, right + 0.03 * (right - left)],
    accuracy: [low, high],
    width,
    height: Math.round(width * ASPECT[look.titled ? 'screen' : 'paper']),
  };
}

/** Turns percent of the cost and of accuracy into pixels from the plot's upper left corner. */
export function toPixels(frame: Frame): (cost: number, accuracy: number) => { x: number; y: number } {
  const [left, right] = frame.cost;
  const [low, high] = frame.accuracy;
  return (cost, accuracy) => ({
    x: (frame.width * (cost - left)) / (right - left),
    y: (frame.height * (high - accuracy)) / (high - low),
  });
}

/** Where texts may stand. */
export function innerBox({ width, height }: Frame): Box {
  return { left: 3, top: 3, right: width - 3, bottom: height - 3 };
}

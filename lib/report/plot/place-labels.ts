import type { Box, Segment } from './geometry.js';
import { boxContains, boxesOverlap, segmentMeetsBox, segmentsCross } from './geometry.js';
import { textWidth } from './text-width.js';

/** A text that wants to stand near a marker; all lengths in pixels. */
export interface Label {
  readonly lines: readonly string[];
  readonly fontSize: number;
  readonly x: number;
  readonly y: number;
  /** Half the marker's size: the text keeps clear of it. */
  readonly radius: number;
}

/** What is drawn already. Boxes are never written over; lines only where nothing else is left. */
export interface Obstacles {
  readonly boxes: readonly Box[];
  readonly lines: readonly Segment[];
}

/** Where a text stands, by its centre; the leader joins it to a marker further away. */
export interface PlacedLabel<L extends Label> {
  readonly label: L;
  readonly x: number;
  readonly y: number;
  readonly leader: Segment | null;
  /** True where a line runs under the text. */
  readonly overLine: boolean;
}

/** From one line of a text to the next, in font sizes. */
export const LINE_HEIGHT = 1.25;
const DISTANCES = [2, 8, 16, 25, 36, 48, 62, 78, 96, 116, 140, 166];
const DIRECTIONS = 24;
/** From this distance on, a line is needed to see what a label belongs to. */
const LEADER_DISTANCE = 14;

/** Costs in pixels of distance: how much further away a label goes to avoid this. */
const COST = { lineUnderText: 1000, leaderOverLine: 40, leader: 6, turn: 3 };
/** Kept free left and right of a text. */
const SIDE = 2;

/** On which side of their markers labels prefer to stand: either, all left, all right. */
const LEANINGS = [0, -1, 1] as const;
/** How often labels that found no place are let choose before the others, for each leaning. */
const ROUNDS = 5;
/** Comparisons of places with what is drawn, over all rounds; some seconds at most. Pictures that can be read take a tenth. */
const MOST_COMPARISONS = 4e8;

/**
 * Finds places near their markers for as many labels as it can; where room is short the earlier ones choose
 * first. Labels never overlap each other, a marker or the bounds; one without a free place is not in the
 * result. A greedy heuristic with a few restarts, deterministic. Where so much is drawn that no place is left anyway, it looks at fewer labels.
 */
export function placeLabels<L extends Label>(
  labels: readonly L[],
  obstacles: Obstacles,
  bounds: Box,
): PlacedLabel<L>[] {
  let best: PlacedLabel<L>[] = [];
  const drawn = obstacles.boxes.length + obstacles.lines.length + labels.length;
  // Labels that may look for a place, those of all rounds together.
  let affordable = Math.floor(MOST_COMPARISONS / (DISTANCES.length * DIRECTIONS * Math.max(1, drawn)));
  const wanted = labels.slice(0, affordable);
  for (const leaning of LEANINGS) {
    let order = wanted;
    for (
      let round = 0;
      round < ROUNDS && best.length < wanted.length && affordable >= wanted.length;
      round++
    ) {
      affordable -= wanted.length;
      const placed = placeInOrder(order, obstacles, bounds, leaning);
      if (placed.length > best.length) best = placed;
      const isPlaced = (label: L) => placed.some((place) => place.label === label);
      order = [...order.filter((label) => !isPlaced(label)), ...order.filter(isPlaced)];
    }
  }
  return best;
}

/** Gives each label in turn the cheapest place that is still free. */
function placeInOrder<L extends Label>(
  labels: readonly L[],
  obstacles: Obstacles,
  bounds: Box,
  leaning: number,
): PlacedLabel<L>[] {
  const boxes = [...obstacles.boxes];
  const leaders: Segment[] = [];
  const placed: PlacedLabel<L>[] = [];
  for (const label of labels) {
    let best: (Candidate & { overLine: boolean }) | undefined;
    for (const candidate of candidates(label, leaning)) {
      if (best !== undefined && candidate.cost >= best.cost) continue;
      if (!isFree(candidate, label, boxes, leaders, bounds)) continue;
      const overLine = obstacles.lines.some((line) => segmentMeetsBox(line, candidate.box));
      const cost =
        candidate.cost +
        (overLine ? COST.lineUnderText : 0) +
        (crosses(candidate.leader, obstacles.lines) ? COST.leaderOverLine : 0);
      if (best === undefined || cost < best.cost) best = { ...candidate, cost, overLine };
    }
    if (best === undefined) continue;
    const { box, leader, overLine } = best;
    boxes.push(box);
    if (leader !== null) leaders.push(leader);
    placed.push({ label, x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2, leader, overLine });
  }
  return placed;
}

interface Candidate {
  readonly box: Box;
  readonly leader: Segment | null;
  readonly cost: number;
}

/** Places around the marker, from near to far and all the way round. */
function* candidates(label: Label, leaning: number): Generator<Candidate> {
  const width = Math.max(...label.lines.map((line) => textWidth(line, label.fontSize))) + 2 * SIDE;
  const height = label.lines.length * label.fontSize * LINE_HEIGHT;
  for (const distance of DISTANCES) {
    for (let step = 0; step < DIRECTIONS; step++) {
      const angle = (2 * Math.PI * step) / DIRECTIONS;
      const [towardsX, towardsY] = [Math.cos(angle), Math.sin(angle)];
      const reach = label.radius + distance;
      // Beside the marker a text is centred on its height, above or below on its width, at a corner on neither.
      const centreX = label.x + towardsX * reach + (clamp(1.6 * towardsX, -1, 1) * width) / 2;
      const centreY = label.y + towardsY * reach + (clamp(1.6 * towardsY, -1, 1) * height) / 2;
      const box = {
        left: centreX - width / 2,
        right: centreX + width / 2,
        top: centreY - height / 2,
        bottom: centreY + height / 2,
      };
      const leader = distance >= LEADER_DISTANCE ? leaderTo(label, box) : null;
      const turn = leaning === 0 ? Math.abs(Math.sin(2 * angle)) : 1 - leaning * towardsX;
      yield { box, leader, cost: distance + COST.turn * turn + (leader === null ? 0 : COST.leader) };
    }
  }
}

/** From the marker's rim to the nearest point of the text, stopping a little short of both. */
function leaderTo(label: Label, box: Box): Segment {
  const nearX = clamp(label.x, box.left, box.right);
  const nearY = clamp(label.y, box.top, box.bottom);
  const length = Math.hypot(nearX - label.x, nearY - label.y);
  const [towardsX, towardsY] = [(nearX - label.x) / length, (nearY - label.y) / length];
  const start = label.radius + 1;
  const end = length - 1;
  return {
    x1: label.x + towardsX * start,
    y1: label.y + towardsY * start,
    x2: label.x + towardsX * end,
    y2: label.y + towardsY * end,
  };
}

/** True where text and leader touch no other text, leader or marker and the text lies within the bounds. */
function isFree(
  { box, leader }: Candidate,
  label: Label,
  boxes: readonly Box[],
  leaders: readonly Segment[],
  bounds: Box,
): boolean {
  if (!boxContains(bounds, box) || boxes.some((other) => boxesOverlap(box, other))) return false;
  if (leaders.some((other) => segmentMeetsBox(other, box))) return false;
  if (leader === null) return true;
  const isOwn = ({ left, right, top, bottom }: Box) =>
    label.x >= left && label.x <= right && label.y >= top && label.y <= bottom;
  return !boxes.some((other) => !isOwn(other) && segmentMeetsBox(leader, other)) && !crosses(leader, leaders);
}

function crosses(leader: Segment | null, lines: readonly Segment[]): boolean {
  return leader !== null && lines.some((line) => segmentsCross(leader, line));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

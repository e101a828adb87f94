import type { Graph } from '../graph.js';
import { consumersOf } from '../graph.js';
import type { MacConvention } from '../macs.js';
import { nodeMacs, totalMacs } from '../macs.js';
import { areImagesInFront, shapeOfOne } from '../operator/batched-shape.js';
import { inferBatchedShapes } from '../shapes.js';
import { areChannelsLast } from './channels-last.js';
import type { CutPoint } from './cut-point.js';
import { passedValues } from './passed-values.js';
import { scopeOf } from './scope.js';

/** Least share of the network's multiply-accumulates between two places, and behind the last: less is not worth stopping for. */
const LEAST_SHARE = 1 / 40;

/** Up to so many times that share behind a place, one of fewer channels stands in for it, ... */
const REPLACED_WITHIN = 3;
/** ... of at most this share of its own. */
const FEWER = 2 / 3;

/** Amounts of computation that are told apart: many more than there are places. */
const AMOUNTS = 2000;

type Place = Omit<CutPoint, 'block'>;

/**
 * The cut points of any network: values through which everything passes, where at least a fortieth of all multiply-accumulates lies
 * before, between and behind them. Of values with the same computed before them the last that is no vector yet; and none where one of
 * clearly fewer channels follows soon, so that an exit does not stand inside a block that is wide in its middle.
 */
export function passedCuts(graph: Graph, convention: MacConvention = 'default'): readonly CutPoint[] {
  const total = totalMacs(graph, convention);
  const places = passedPlaces(graph, total, convention);
  const last = places.at(-1);
  if (last === undefined) return [];
  const least = LEAST_SHARE * total;
  const isPassedOver = (place: Place, index: number): boolean =>
    places
      .slice(index + 1)
      .some(
        (later) =>
          later.macs < place.macs + REPLACED_WITHIN * least && channelsOf(later) <= FEWER * channelsOf(place),
      );
  const kept: Place[] = [];
  places.forEach((place, index) => {
    const since = place.macs - (kept.at(-1)?.macs ?? 0);
    const isWorth = since >= least && total - place.macs >= least;
    if (isWorth && !isPassedOver(place, index)) kept.push(place);
  });
  return [...kept.filter((place) => place !== last), last].map((place, block) => ({ block, ...place }));
}

function channelsOf({ shape, channelsLast }: Place): number {
  return channelsLast === true ? shape.at(-1)! : shape[0]!;
}

/** One place for each amount of computation, in order. */
function passedPlaces(graph: Graph, total: number, convention: MacConvention): readonly Place[] {
  const macs = nodeMacs(graph, convention);
  const shapes = inferBatchedShapes(graph);
  const passed = passedValues(graph);
  const places = new Map<number, Place>();
  let cumulated = 0;
  for (const { name } of graph.nodes) {
    cumulated += macs.get(name)!;
    const batched = shapes.get(name)!;
    const shape = shapeOfOne(batched);
    const isUsable = areImagesInFront(batched) && shape.length >= 1 && shape.length <= 3;
    if (!passed.has(name) || name === graph.output || !isUsable || cumulated === 0) continue;
    const amount = Math.floor((AMOUNTS * cumulated) / total);
    const isVector = shape.length === 1 && (places.get(amount)?.shape.length ?? 1) > 1;
    if (!isVector) places.set(amount, { value: name, shape, macs: cumulated });
  }
  const consumers = consumersOf(graph);
  return [...places.values()].map(({ value, shape, macs: computed }) => ({
    value,
    shape,
    ...(areChannelsLast(consumers, value, shape) && { channelsLast: true as const }),
    ...scopeOf(value),
    macs: computed,
  }));
}

import type { ExitTables } from '../../exits/exit-tables.js';
import { accumulatedCounts, type GroupCounts } from '../../exits/group-counts.js';
import { costOf, enabledExits } from '../../exits/thresholds.js';
import { normalQuantile } from '../../stats/normal-quantile.js';
import { tangoScore } from '../../stats/tango-score.js';
import type { Candidate } from '../certified-path.js';
import type { PathMaker } from '../paths/path-maker.js';
import { pathThresholds, replayPathByExit, sumsAlong } from '../paths/threshold-path.js';
import { breakChances } from './break-chances.js';

/** Most candidates: neighbours closer than this in cost are told apart by nobody. */
const MOST_CANDIDATES = 200;

/** A score below which a candidate will probably be certified. */
const CERTIFIED_SCORE = normalQuantile(0.05);

/** What a candidate will probably come to when other images test it. */
interface Forecast extends Candidate {
  /** Cost of all images that made it, together. */
  readonly cost: number;
  /** The worst of its groups' scores: the lower, the surer it is to be certified. */
  readonly score: number;
}

/** How much of the drop is left at each point of a path, before the images that test are looked at. */
interface Making {
  readonly tables: ExitTables;
  readonly makePath: PathMaker;
  /** A fraction. */
  readonly drop: number;
  readonly testImages: number;
  /** How probably images break at each exit, as `breakChances`; left out, what was seen counts alone. */
  readonly chances?: typeof breakChances;
}

/**
 * Candidates for a drop that is to hold at every exit, from the surest to the cheapest. On a path from safe to cheap none would do: where
 * hardly any image leaves at some exit, nothing can be said of those that do, and the first candidate would fail. So candidates stand
 * in the order of how surely they will be certified, and of those that are not both dearer and less sure than another (Pareto testing:
 * Laufer-Goldshtein, Fisch, Barzilay & Jaakkola 2023, arXiv 2210.07913). Of few images the surest is often one that looks so by chance,
 * and if it fails nothing is certified: before it stands the one that is surest by all mistakes of an exit, where that is a safer one.
 * Sets of exits grow one by one, so that exits at which too few images leave come late, or never, and block nobody.
 *
 * @param tables of the images that make the candidates.
 * @param drop a fraction.
 * @param testImages how many will test them.
 */
export function perExitCandidates(
  tables: ExitTables,
  makePath: PathMaker,
  drop: number,
  testImages: number,
): readonly Candidate[] {
  const making = { tables, makePath, drop, testImages };
  const front = surestFirst(making);
  const [surest] = surestFirst({ ...making, chances: breakChances });
  const isSafer = surest !== undefined && surest.cost > (front[0]?.cost ?? Number.POSITIVE_INFINITY);
  return [...(isSafer ? [surest] : []), ...front].map(({ thresholds, parameter }) => ({
    thresholds,
    ...(parameter !== undefined && { parameter }),
  }));
}

/** The forecasts that are not both dearer and less sure than another, from the surest to the cheapest. */
function surestFirst(making: Making): readonly Forecast[] {
  const { images, costs } = making.tables;
  const full = images * costs.full;
  const front: Forecast[] = [];
  for (const forecast of growingSets(making)
    .flat()
    .sort((a, b) => a.score - b.score || a.cost - b.cost)) {
    const before = front.at(-1);
    const step = before === undefined ? 0 : full / MOST_CANDIDATES;
    if (forecast.cost < (before?.cost ?? full) - step) front.push(forecast);
  }
  return front;
}

/** Forecasts of the points of some paths: of the best exit alone, with the exit that adds most, and so on while one adds anything. */
function growingSets(making: Making): Forecast[][] {
  const { tables } = making;
  const sets: Forecast[][] = [];
  let chosen = new Array<boolean>(tables.exits).fill(false);
  let best: Worth = { saved: 0, score: Number.POSITIVE_INFINITY };
  while (chosen.includes(false)) {
    const larger = chosen
      .flatMap((isIn, exit) => (isIn ? [] : [chosen.with(exit, true)]))
      .map((exits) => ({ exits, forecasts: forecastsOf(making, exits) }))
      .map((set) => ({ ...set, worth: worthOf(set.forecasts, tables) }))
      .reduce((a, b) => (isWorthMore(b.worth, a.worth) ? b : a));
    if (!isWorthMore(larger.worth, best)) break;
    ({ exits: chosen, worth: best } = larger);
    sets.push(larger.forecasts);
  }
  return sets;
}

function forecastsOf(
  { tables, makePath, drop, testImages, chances }: Making,
  exits: readonly boolean[],
): Forecast[] {
  const table = tables.table(exits);
  const path = makePath(table, exits);
  const byExit = replayPathByExit(path, table);
  const expected = chances && sumsAlong(path, table, chances(table));
  const scale = testImages / tables.images;
  return Array.from(path.parameter, (parameter, point) => {
    const thresholds = pathThresholds(path, point);
    const counts = byExit.map(({ leaving, breaks, repairs }) => ({
      images: leaving[point]!,
      breaks: breaks[point]!,
      repairs: repairs[point]!,
    }));
    const leaving = counts.map(({ images }) => images);
    const groups = accumulatedCounts(counts, thresholds);
    const awaited =
      expected &&
      accumulatedCounts(
        counts.map((count, exit) => ({ ...count, breaks: expected[exit]![point]! })),
        thresholds,
      );
    return {
      thresholds,
      parameter,
      cost: costOf(leaving, tables.costs, enabledExits(thresholds)),
      score: Math.max(
        ...groups.map((group, index) =>
          scoreOf({ ...group, breaks: likelyBreaks(group, awaited?.[index]) }, scale, drop),
        ),
      ),
    };
  }).filter(({ score }) => Number.isFinite(score));
}

/**
 * One break more than was seen, since none in a few images is not none in many; with what all mistakes of an exit tell of the images that
 * it is sure of, the geometric mean of the two.
 */
function likelyBreaks(seen: GroupCounts, awaited: GroupCounts | undefined): number {
  const breaks = seen.breaks + 1;
  return awaited === undefined ? breaks : Math.sqrt(breaks * awaited.breaks);
}

/** Tango's score of as many images as will test. */
function scoreOf({ images, breaks, repairs }: GroupCounts, scale: number, drop: number): number {
  const count = Math.round(images * scale);
  if (count === 0) return Number.POSITIVE_INFINITY;
  const broken = Math.min(count, Math.round(breaks * scale));
  return tangoScore(broken, Math.min(count - broken, Math.round(repairs * scale)), count, drop);
}

/** What a set of exits is worth: what it probably saves with a promise, a fraction, and how sure its surest candidate is. */
interface Worth {
  readonly saved: number;
  readonly score: number;
}

function worthOf(forecasts: readonly Forecast[], { images, costs }: ExitTables): Worth {
  let saved = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const { cost, score } of forecasts) {
    least = Math.min(least, score);
    if (score <= CERTIFIED_SCORE) saved = Math.max(saved, 1 - cost / images / costs.full);
  }
  return { saved, score: least };
}

function isWorthMore(a: Worth, b: Worth): boolean {
  return a.saved > b.saved || (a.saved === b.saved && a.score < b.score);
}

import test from 'ava';
import { additiveCosts } from '../../../lib/cascade/timing/additive-costs.js';
import { type TimedWays, timedWays } from '../../../lib/cascade/timing/timed-ways.js';
import type { ExitCosts } from '../../../lib/exits/exit-table.js';
import { leavingCosts } from '../../../lib/exits/thresholds.js';

/** What every way takes if costs add up: all leave at the first enabled exit with a threshold that nobody is below. */
function readings({ ways }: TimedWays, costs: ExitCosts): number[] {
  return ways.map((thresholds) => {
    const leaving = leavingCosts(
      costs,
      thresholds.map((threshold) => threshold !== null),
    );
    const exit = thresholds.findIndex((threshold) => threshold !== null && threshold < 0);
    return leaving[exit === -1 ? thresholds.length : exit]!;
  });
}

function medians(costs: ReturnType<typeof additiveCosts>) {
  return {
    backbone: costs.exits.map(({ trunk }) => trunk.nanoseconds),
    heads: costs.exits.map(({ head }) => head.nanoseconds),
    full: costs.full.nanoseconds,
  };
}

const COSTS = { backbone: [300, 500, 800], heads: [40, 50, 60], full: 1000 };

test('the costs that ways were run with come out of their times, also where a round was slow for all', (t) => {
  const ways = timedWays(3, undefined);
  t.is(ways.ways.length, 7);
  const rounds = [1, 1, 5, 1, 1].map((slow) => readings(ways, COSTS).map((time) => slow * time));
  t.deepEqual(medians(additiveCosts(ways, rounds, undefined)), COSTS);
});

test('of networks in a row, trunk and head of each exit are told apart but at the end of an earlier network', (t) => {
  const members = [0, 0, 1, 1];
  const costs = { backbone: [300, 500, 800], heads: [40, 0, 60], full: 1000, members };
  const ways = timedWays(3, members);
  t.deepEqual(ways.exits[1], { leaving: 2 });
  const { members: _, ...expected } = costs;
  t.deepEqual(medians(additiveCosts(ways, [readings(ways, costs)], members)), expected);
});

test('a trunk of a later network may take less than one of an earlier', (t) => {
  const members = [0, 1, 1];
  const costs = { backbone: [900, 100], heads: [0, 10], full: 1000, members };
  const ways = timedWays(2, members);
  t.deepEqual(medians(additiveCosts(ways, [readings(ways, costs)], members)).backbone, [900, 100]);
});

test('noise makes no head cheaper than nothing and no trunk shorter than the one before', (t) => {
  const ways = timedWays(2, undefined);
  // Full, leaving at each, passing each: the first head reads -20, the trunks 620 and 560, the full network 550.
  const [first, second] = ways.exits;
  const round = new Array<number>(5);
  round[0] = 550;
  round[first!.leaving] = 600;
  round[first!.passing!] = 530;
  round[second!.leaving] = 590;
  round[second!.passing!] = 580;
  const { full, exits } = additiveCosts(ways, [round], undefined);
  const pooled = Math.round((620 + 560 + 550) / 3);
  t.is(exits[0]!.head.nanoseconds, 0);
  t.is(exits[1]!.head.nanoseconds, 30);
  t.deepEqual([...exits.map(({ trunk }) => trunk.nanoseconds), full.nanoseconds], [pooled, pooled, pooled]);
  t.deepEqual(exits[0]!.trunk, { nanoseconds: pooled, low: pooled, high: 620 });
});

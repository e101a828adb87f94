import type { MeasuredTime } from '../../artifact/timings/timing-schema.js';
import type { ExitCosts } from '../../exits/exit-table.js';
import { isotonic } from '../../stats/isotonic.js';
import { medianInterval } from '../../stats/median-interval.js';
import type { TimedWays } from './timed-ways.js';

/** Confidence of the interval around each median. */
const INTERVAL_CONFIDENCE = 0.95;

/** What a cascade's parts take for one image. */
export interface AdditiveCosts {
  readonly full: MeasuredTime;
  readonly exits: readonly { readonly trunk: MeasuredTime; readonly head: MeasuredTime }[];
}

/**
 * What each trunk and each head takes, from timed ways. Within a round ways are subtracted from one another, so that a machine that was
 * slow for a round was so for all that is compared; then comes the median over the rounds.
 *
 * @param rounds nanoseconds an image: a row a round, a column a way.
 * @param members as `ExitCosts` has them.
 */
export function additiveCosts(
  { exits }: TimedWays,
  rounds: readonly (readonly number[])[],
  members: ExitCosts['members'],
): AdditiveCosts {
  const ofWay = (way: number): number[] => rounds.map((round) => round[way]!);
  const heads = exits.map(({ without, passing }) =>
    rounds.map((round) => (without === undefined ? 0 : round[passing!]! - round[without]!)),
  );
  const trunks = exits.map(({ leaving }, exit) =>
    rounds.map((round, index) => round[leaving]! - heads[exit]![index]!),
  );
  const upTo = risingWithin([...trunks, ofWay(0)].map(timeOf), members);
  return {
    full: upTo.at(-1)!,
    exits: heads.map((head, exit) => ({ trunk: upTo[exit]!, head: timeOf(head) })),
  };
}

/** No part takes less than no time; what the clock says below it is noise. */
function timeOf(values: readonly number[]): MeasuredTime {
  const { median, low, high } = medianInterval(values, INTERVAL_CONFIDENCE);
  return { nanoseconds: possible(median), low: possible(low), high: possible(high) };
}

function possible(nanoseconds: number): number {
  return Math.max(0, Math.round(nanoseconds));
}

/**
 * Two exits close to each other may be timed the wrong way round, but whoever gets further has run more of a network: the nearest times
 * that rise from exit to exit take the place of those that were read. Intervals stay as they were read, widened to hold them.
 */
function risingWithin(
  times: readonly MeasuredTime[],
  members: ExitCosts['members'],
): readonly MeasuredTime[] {
  const memberOf = (index: number): number => members?.[index] ?? 0;
  return times.map((time, index) => {
    const own = times.flatMap((_, other) => (memberOf(other) === memberOf(index) ? [other] : []));
    const rising = isotonic(own.map((other) => times[other]!.nanoseconds));
    const nanoseconds = Math.round(rising[own.indexOf(index)]!);
    return { nanoseconds, low: Math.min(time.low, nanoseconds), high: Math.max(time.high, nanoseconds) };
  });
}

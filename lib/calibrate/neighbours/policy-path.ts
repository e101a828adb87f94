import type { ExitTables } from '../../exits/exit-tables.js';
import type { RecordedOutputs } from '../../exits/recorded-outputs.js';
import { type Outcome, replayOn } from '../../exits/replay.js';
import { enabledExits } from '../../exits/thresholds.js';
import { countAtLeast, pathThrough, surestFirst } from '../paths/small-steps.js';
import type { Neighbour, Policy, Scorer } from './neighbour.js';

/** Most points of a path: neighbours closer in cost cannot be told apart. */
const MOST_POINTS = 150;

/** Replays policies, scoring the outputs once for neighbours that share a scorer. */
export function replayPolicies(policies: readonly Policy[], outputs: RecordedOutputs): readonly Outcome[] {
  let scorer: Scorer | undefined;
  let tables: ExitTables | undefined;
  return policies.map((policy) => {
    if (policy.scorer !== scorer || tables === undefined) {
      scorer = policy.scorer;
      tables = scorer(outputs);
    }
    return replayOn(tables, policy.thresholds);
  });
}

/**
 * The policies of a method on one path, made from these images: from safe to cheap, each noticeably cheaper on them than the one before.
 * Their accuracy there decides nothing, so that images which by chance make a cheap policy look faultless do not hide the safer ones from
 * a test on others.
 */
export function policyPath(neighbour: Neighbour, making: RecordedOutputs, top: number): readonly Policy[] {
  const fitted = neighbour.fit(making, top);
  const policies = [...fitted.slice(0, 1).flatMap((first) => stepsTo(first, making)), ...fitted];
  const outcomes = replayPolicies(policies, making);
  const { full } = making.costs;
  const step = (full * making.labels.length) / MOST_POINTS;
  const path: Policy[] = [];
  let next = full * making.labels.length;
  policies.forEach((policy, index) => {
    const { cost } = outcomes[index]!;
    const isLast = index === policies.length - 1;
    if (!(cost < next) && !(isLast && cost < next + step)) return;
    path.push(policy);
    next = cost - step;
  });
  return path;
}

/**
 * Policies from where nobody leaves to a first one, in small steps: of those whom it lets go at an exit, ever more, the surest first. A
 * first policy that a few images make look safe may let half of all images go at once, and a test in order would end there.
 */
function stepsTo(first: Policy, making: RecordedOutputs): readonly Policy[] {
  const tables = first.scorer(making);
  const { exits } = tables.table(enabledExits(first.thresholds));
  const sorted = exits.map(({ confidence }, exit) =>
    first.thresholds[exit] === null ? null : surestFirst(confidence),
  );
  const leaving = sorted.map((scores, exit) =>
    scores === null ? 0 : countAtLeast(scores, first.thresholds[exit]!),
  );
  const path = pathThrough([{ parameter: first.parameter, leaving }], sorted, making.labels.length);
  return Array.from(path.parameter.subarray(0, -1), (_, step) => ({
    ...first,
    thresholds: path.thresholds.map((column) => column?.[step] ?? null),
  }));
}

/** The policies that no other beats in both cost and right answers on these images, from the dearest on. */
export function undominatedPolicies(
  policies: readonly Policy[],
  outputs: RecordedOutputs,
): readonly Policy[] {
  const points = replayPolicies(policies, outputs)
    .map(({ cost, breaks, repairs }, index) => ({ cost, lost: breaks - repairs, policy: policies[index]! }))
    .sort((a, b) => a.cost - b.cost || a.lost - b.lost);
  const kept: typeof points = [];
  for (const point of points) if (point.lost < (kept.at(-1)?.lost ?? Infinity)) kept.push(point);
  return kept.reverse().map(({ policy }) => policy);
}

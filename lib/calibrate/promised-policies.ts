import { outputExits, outputRows, type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
import { makeCertifiedPath, PATH_SHARE } from './calibrate.js';
import {
  type CertifiedPath,
  certifiedUnderDrop,
  type DropTest,
  exactDropTest,
  type PathPoint,
  remembered,
} from './certified-path.js';
import type { ComparedMethod } from './compare.js';
import type { Policy } from './neighbours/neighbour.js';
import { NEIGHBOURS } from './neighbours/neighbours.js';
import { policyPath, replayPolicies } from './neighbours/policy-path.js';
import { partition } from './paths/partition.js';

/** A tested point with how it decides. */
interface TestedPolicy extends PathPoint {
  readonly policy: Policy;
}

/**
 * What a compared method promises, one policy a drop: the cheapest of its path that images which had no part in making it certify, by the
 * same exact paired test in the same fixed order for all methods. A path is made once, for the drop in the middle, and every drop is
 * asked of it.
 *
 * @param drops fractions, at least one.
 * @param confidence a fraction.
 * @param seed of the images that make the path.
 * @param test a remembered one answers faster where several methods are asked: their points often have the same counts.
 * @returns undefined where nothing can be promised and all images go through the full network; null for what is no method with a path.
 */
export function promisedPolicies(
  method: ComparedMethod,
  making: RecordedOutputs,
  drops: readonly number[],
  confidence: number,
  seed: number,
  test: DropTest = remembered(exactDropTest),
): readonly (Policy | undefined)[] | null {
  if (method.kind === 'one-exit' || method.kind === 'random-exit') return null;
  const own = outputExits(making, method.exits);
  const path =
    method.kind === 'neighbour'
      ? testedNeighbour(method, own, seed)
      : testedThresholds(method, own, [...drops].sort((a, b) => a - b)[drops.length >> 1]!, seed);
  return drops.map((drop) => certifiedUnderDrop(path, drop, confidence, own.costs, test)?.policy);
}

function testedThresholds(
  { method, scoring }: Extract<ComparedMethod, { readonly kind: 'thresholds' }>,
  own: RecordedOutputs,
  drop: number,
  seed: number,
): CertifiedPath<TestedPolicy> {
  const search = { method, scoring, labelFree: false };
  const { path, scoring: fitted } = makeCertifiedPath(own, search, { kind: 'max-drop', drop }, seed);
  const scorer = (outputs: RecordedOutputs) => scoredTables(outputs, fitted);
  const points = path.points.map((point) => ({
    ...point,
    policy: { parameter: point.parameter ?? 0, scorer, thresholds: point.thresholds },
  }));
  return { ...path, points };
}

function testedNeighbour(
  { method, scoring }: Extract<ComparedMethod, { readonly kind: 'neighbour' }>,
  own: RecordedOutputs,
  seed: number,
): CertifiedPath<TestedPolicy> {
  const rows = partition(own.labels.length, PATH_SHARE, seed);
  const policies = policyPath(NEIGHBOURS[method], outputRows(own, rows.making), scoring.top);
  const testing = outputRows(own, rows.testing);
  const points = replayPolicies(policies, testing).map(({ breaks, repairs, cost }, index) => {
    const policy = policies[index]!;
    return {
      ...{ thresholds: policy.thresholds, parameter: policy.parameter, breaks, repairs, cost },
      policy,
    };
  });
  return { images: testing.labels.length, labelFree: false, points };
}

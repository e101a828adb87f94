import { blockName, FULL_NETWORK } from '../artifact/exit-names.js';
import type { Probed } from '../cascade/probe/probe-exits.js';
import { type RecordedOutputs, scoredTables } from '../exits/recorded-outputs.js';
import { DEFAULT_SCORING } from '../exits/scoring.js';
import { onlyExit, singleExitCounts } from '../exits/single-exit-counts.js';
import { leavingCosts } from '../exits/thresholds.js';
import { percent } from '../stats/percent.js';

/** A probe as if every image left there, or the full network, in the vocabulary of the CSV files. */
export type ProbeRow = {
  /** Null for the full network. */
  readonly block: number | null;
  readonly name: string;
  /** Kind of the head that the probe stands for; null for the full network. */
  readonly head: string | null;
  readonly images: number;
  readonly accuracy_percent: number;
  readonly macs: number;
  readonly macs_percent: number;
};

/** All probes in their order, the full network last. */
export function probeRows({ places, outputs }: Pick<Probed, 'places' | 'outputs'>): readonly ProbeRow[] {
  return candidateRows(probeNames(places), outputs);
}

/** A candidate for an exit, as reports call it. */
export type CandidateName = Pick<ProbeRow, 'block' | 'name' | 'head'>;

export function probeNames(places: Probed['places']): readonly CandidateName[] {
  return places.map(({ cut, head }) => ({ block: cut.block, name: blockName(cut.block, cut.scope), head }));
}

/** All candidates for exits in their order, the full network last. */
export function candidateRows(
  candidates: readonly CandidateName[],
  outputs: RecordedOutputs,
): readonly ProbeRow[] {
  const { costs, labels } = outputs;
  const full = { block: null, name: FULL_NETWORK, head: null };
  return singleExitCounts(scoredTables(outputs, DEFAULT_SCORING)).map((correct, index) => {
    const macs = leavingCosts(costs, onlyExit(index, candidates.length))[index]!;
    return {
      ...(candidates[index] ?? full),
      images: labels.length,
      accuracy_percent: percent(correct / labels.length),
      macs,
      macs_percent: percent(macs / costs.full),
    };
  });
}

/** A row of `probe.csv`; also what `--json` shows. */
export type ProbeCsvRow = ProbeRow & {
  readonly backbone: string;
  readonly dataset: string;
  readonly mac_convention: 'default';
  readonly seed: number;
};

/** The rows of `probe.csv`. @param about which backbone was probed, on what, with which seed. */
export function probeCsvRows(
  { backbone, dataset, seed }: Pick<ProbeCsvRow, 'backbone' | 'dataset' | 'seed'>,
  probed: Pick<Probed, 'places' | 'outputs'>,
): readonly ProbeCsvRow[] {
  return probeRows(probed).map((row) => ({ backbone, dataset, ...row, mac_convention: 'default', seed }));
}

import type { Reporter } from '../../reporter.js';
import { CANDIDATES, type Candidate } from './candidates.js';
import { describeMachine, type Machine } from './machine.js';
import { probeCandidate } from './probe-candidate.js';
import type { ProbeAnswer } from './probe-process.js';

/** What a machine is, and what each way to run networks does on it. */
export interface ProbedMachine {
  readonly machine: Machine;
  readonly answers: readonly (readonly [candidate: Candidate, answer: ProbeAnswer])[];
}

/**
 * Tries every candidate, one after another: they would take the cores from each other.
 *
 * @throws the signal's reason if it is aborted.
 */
export async function probeMachine(reporter: Reporter, signal?: AbortSignal): Promise<ProbedMachine> {
  const bar = reporter.bar('Trying engines', CANDIDATES.length);
  const answers: [Candidate, ProbeAnswer][] = [];
  try {
    for (const candidate of CANDIDATES) {
      answers.push([candidate, await probeCandidate(candidate, signal)]);
      bar.update(answers.length);
    }
  } finally {
    bar.stop();
  }
  return { machine: await describeMachine(), answers };
}

/** How a reader took a file: what it should never do comes last. */
export const VERDICTS = ['refused', 'accepted', 'uncaught', 'hung', 'too large'] as const;

export type Verdict = (typeof VERDICTS)[number];

/** How a reader took a file. */
export interface Outcome {
  /** Number of the case. */
  readonly number: number;
  readonly verdict: Verdict;
  /** What it said, and for what was not caught where; empty for an accepted file. */
  readonly message: string;
  /** Time of the processor, on all cores together. */
  readonly milliseconds: number;
  /** By how much the memory of the process grew meanwhile, at its highest; 0 where the system does not tell. */
  readonly megabytes: number;
}

/** Whether a reader failed, whatever it was given. */
export function isFailure({ verdict }: Outcome): boolean {
  return verdict !== 'refused' && verdict !== 'accepted';
}

/** What a reader may take for any file of at most `LONGEST` bytes. */
export interface Limits {
  /** Milliseconds of the processor. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

export const LIMITS: Limits = { milliseconds: 5000, megabytes: 1000 };

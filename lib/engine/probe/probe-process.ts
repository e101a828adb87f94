// A process of its own for each candidate, which may crash, print, or keep its memory.

import type { Candidate } from './candidates.js';
import { type Measured, measureCandidate } from './measure-candidate.js';

export type ProbeAnswer = { readonly measured: Measured } | { readonly failure: string };

process.once('message', async (candidate: Candidate) => {
  const answer: ProbeAnswer = await measureCandidate(candidate).then(
    (measured) => ({ measured }),
    (error: unknown) => ({ failure: error instanceof Error ? error.message.split('\n')[0]! : String(error) }),
  );
  process.send!(answer, () => process.exit());
});

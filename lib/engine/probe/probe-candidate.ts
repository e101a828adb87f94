import { fork } from 'node:child_process';
import { once } from 'node:events';
import { type Candidate, variantOf } from './candidates.js';
import type { ProbeAnswer } from './probe-process.js';

/** Seconds after which a library hangs. */
const TIME_LIMIT = 180;

/**
 * Measures a candidate in a process of its own, and only says why where it cannot be used.
 *
 * @throws the signal's reason if it is aborted.
 */
export async function probeCandidate(candidate: Candidate, signal?: AbortSignal): Promise<ProbeAnswer> {
  signal?.throwIfAborted();
  const child = fork(new URL('./probe-process.js', import.meta.url), { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), 1000 * TIME_LIMIT);
  const onAbort = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', onAbort, { once: true });
  let answer: ProbeAnswer | undefined;
  child.once('message', (message: ProbeAnswer) => {
    answer = message;
  });
  try {
    const closed = once(child, 'close') as Promise<[code: number | null, signal: string | null]>;
    child.send(candidate);
    const [code, killedBy] = await closed;
    signal?.throwIfAborted();
    if (answer !== undefined) return answer;
    const end =
      killedBy === 'SIGKILL'
        ? `did not answer within ${TIME_LIMIT} seconds or was killed`
        : `ended its process (${killedBy ?? `exit code ${code}`})`;
    return { failure: `${candidate.engine} (${variantOf(candidate)}) ${end}.` };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** A look at a running process. */
export interface Sample {
  readonly seconds: number;
  /** Processor time of all its threads. */
  readonly processorSeconds: number;
  /** Memory that it holds, and the most that it has held. */
  readonly residentMegabytes: number;
  readonly peakMegabytes: number;
  /** How far the work had come, as the caller counts. */
  readonly done: number;
}

const INTERVAL = 250;

/** Linux counts processor time in hundredths of a second for every program, whatever its own clock does. */
const TICKS_PER_SECOND = 100;

/**
 * Runs a program of Node and looks at its memory four times a second. Linux only.
 *
 * @param done counts the work that is done.
 * @param killAt kills it, so that it cannot clean up, as soon as that much is done.
 * @throws Error if it fails without having been killed.
 */
export async function watch(
  words: readonly string[],
  {
    done = async () => 0,
    killAt = Number.POSITIVE_INFINITY,
  }: { readonly done?: () => Promise<number>; readonly killAt?: number } = {},
): Promise<readonly Sample[]> {
  const started = performance.now();
  const child = spawn(process.execPath, [...words], { stdio: ['ignore', 'ignore', 'inherit'] });
  const closed = once(child, 'close') as Promise<[code: number | null]>;
  const samples: Sample[] = [];
  while (child.exitCode === null && child.signalCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const times = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => '');
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(status);
    if (resident !== null) {
      samples.push({
        seconds: (performance.now() - started) / 1000,
        processorSeconds: processorSeconds(times),
        residentMegabytes: (Number(resident[1]) * 1024) / 1e6,
        peakMegabytes: (Number(/^VmHWM:\s+(\d+) kB/m.exec(status)![1]) * 1024) / 1e6,
        done: await done(),
      });
      if (samples.at(-1)!.done >= killAt) child.kill('SIGKILL');
    }
    await setTimeout(INTERVAL);
  }
  const [code] = await closed;
  if (code !== 0 && code !== null) throw new Error(`cascade ${words.slice(1).join(' ')} failed.`);
  return samples;
}

/**
 * From the first look at which more was done than before to the last such look: loading, ending and what an earlier run had done are left
 * out, also where progress is written down but now and then.
 *
 * @returns undefined if that happened less than twice.
 */
export function growth(
  samples: readonly Sample[],
): { readonly start: Sample; readonly end: Sample } | undefined {
  const grown = samples.filter(({ done }, look) => look > 0 && done > samples[look - 1]!.done);
  return grown.length < 2 ? undefined : { start: grown[0]!, end: grown.at(-1)! };
}

/** @param stat what `/proc/<pid>/stat` says; the name, which may hold spaces, ends at the last parenthesis. */
function processorSeconds(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

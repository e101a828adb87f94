import { readFileSync, writeFileSync } from 'node:fs';

const KILOBYTE = 1024 / 1e6;

/** Memory that a process holds and the most that it has held, in MB; undefined where the system does not tell (only Linux does). */
export function memoryOf(pid: number | 'self'): { readonly now: number; readonly most: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string): number =>
      KILOBYTE * Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)![1]);
    return { now: field('VmRSS'), most: field('VmHWM') };
  } catch {
    return undefined;
  }
}

/** Lets this process's highest memory count from now on (proc(5), clear_refs). */
export function forgetMostMemory(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
  } catch {
    // Elsewhere than on Linux nothing is told anyway.
  }
}

/** Clock ticks a second in /proc, the same on every Linux that Node runs on. */
const TICKS = 100;

/** Milliseconds of the processor that a process has used, all its threads together; undefined where the system does not tell. */
export function processorTime(pid: number): number | undefined {
  try {
    // The program's name, in parentheses, may hold spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return ((Number(fields[11]) + Number(fields[12])) / TICKS) * 1000;
  } catch {
    return undefined;
  }
}

import os from 'node:os';

/** The part of a machine that times depend on. */
export interface Processor {
  /** As the operating system calls it. */
  readonly cpu: string;
  /** Threads that may run at once. */
  readonly cores: number;
  /** Such as `linux x64`. */
  readonly platform: string;
}

/** The processor that this program runs on. */
export function thisProcessor(): Processor {
  return {
    cpu: os.cpus()[0]?.model.trim() || 'unknown',
    cores: os.availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
  };
}

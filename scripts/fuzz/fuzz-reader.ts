import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Order, Report } from './child.js';
import { memoryOf, processorTime } from './memory.js';
import { isFailure, LIMITS, type Limits, type Outcome } from './outcome.js';

const READERS = new URL('./readers.js', import.meta.url).href;
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));

/** Milliseconds between two looks at a child. */
const INTERVAL = 100;

/** A child that neither computes nor answers for this many milliseconds never will, however slow the machine. */
const LONGEST_SILENCE = 120_000;

/** Its objects' share of the limit, in MB; beyond it Node ends the process. */
const HEAP = 1024;

/** Which cases, and what they may take. */
export interface Cases {
  readonly seed: number;
  readonly first: number;
  readonly count: number;
  readonly limits?: Limits;
  /** Address of a module that holds readers; cascade's own when left out. */
  readonly module?: string;
}

/**
 * Tries a reader with damaged files in processes of their own, which are killed where they take too long or too much.
 *
 * @returns an outcome a case, in their order.
 * @throws Error if the reader does not even take its samples.
 */
export async function* fuzzReader(
  reader: string,
  { seed, first, count, limits = LIMITS, module = READERS }: Cases,
): AsyncGenerator<Outcome> {
  const end = first + count;
  let next = first;
  while (next < end) {
    for await (const outcome of runChild(
      { module, reader, seed, first: next, end, confirm: false },
      limits,
    )) {
      next = outcome.number + 1;
      yield isFailure(outcome) ? await confirmed({ module, reader, seed }, outcome, limits) : outcome;
    }
  }
}

/** The same case once more in a fresh process, in the way of the command line: that alone counts. */
async function confirmed(
  order: Pick<Order, 'module' | 'reader' | 'seed'>,
  outcome: Outcome,
  limits: Limits,
): Promise<Outcome> {
  const { number } = outcome;
  for await (const again of runChild({ ...order, first: number, end: number + 1, confirm: true }, limits))
    return again;
  return outcome;
}

/** One child's outcomes; after one that ended the child no other follows. */
async function* runChild(order: Order, limits: Limits): AsyncGenerator<Outcome> {
  const child = fork(CHILD, [], {
    execArgv: [`--max-old-space-size=${HEAP}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const watch = new Watch(child, limits);
  child.send(order);
  try {
    yield* watch.outcomes();
  } finally {
    kill();
    process.off('exit', kill);
    if (watch.folder !== undefined) await rm(watch.folder, { recursive: true, force: true });
  }
}

/** What a child says and takes. */
class Watch {
  folder: string | undefined;
  readonly #finished: Outcome[] = [];
  readonly #closed: Promise<unknown>;
  #current: { readonly number: number; readonly since: number; readonly start: Usage } | undefined;
  /** As of the last look at a child that is no more. */
  #last: Usage = { milliseconds: 0, megabytes: 0 };
  #verdict: Pick<Outcome, 'verdict' | 'message'> | undefined;
  #said = '';
  #isOver = false;
  #wake = (): void => {};

  constructor(
    readonly child: ChildProcess,
    readonly limits: Limits,
  ) {
    child.on('message', (report: Report) => this.#take(report));
    child.stderr!.on('data', (part: Buffer) => {
      this.#said = `${this.#said}${part}`.slice(-10_000);
    });
    const timer = setInterval(() => this.#look(), INTERVAL);
    this.#closed = once(child, 'close').finally(() => {
      clearInterval(timer);
      this.#isOver = true;
      this.#wake();
    });
  }

  async *outcomes(): AsyncGenerator<Outcome> {
    for (;;) {
      const outcome = this.#finished.shift();
      if (outcome !== undefined) yield outcome;
      else if (this.#isOver) break;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
    await this.#closed;
    if (this.#current !== undefined) yield this.#ended(this.#current);
    else if (this.folder === undefined || this.child.exitCode !== 0)
      throw new Error(`The child ended before its work: ${this.#said}`);
  }

  #take(report: Report): void {
    if (report.kind === 'ready') this.folder = report.folder;
    else if (report.kind === 'started')
      this.#current = { number: report.number, since: performance.now(), start: usageOf(this.child) };
    else {
      this.#current = undefined;
      this.#finished.push(this.#judged(report.outcome));
      this.#wake();
    }
  }

  /** An answer that came, but too late or at too high a cost, is none. */
  #judged(outcome: Outcome): Outcome {
    const { milliseconds, megabytes } = outcome;
    const verdict =
      megabytes > this.limits.megabytes
        ? 'too large'
        : milliseconds > this.limits.milliseconds
          ? 'hung'
          : undefined;
    if (verdict === undefined || outcome.verdict === 'uncaught') return outcome;
    return { ...outcome, verdict, message: `in the end ${outcome.verdict}: ${outcome.message}` };
  }

  #look(): void {
    if (this.#current === undefined || this.#verdict !== undefined) return;
    const { since, start } = this.#current;
    const now = usageOf(this.child);
    this.#last = now;
    const silence = performance.now() - since;
    if (now.megabytes - start.megabytes > this.limits.megabytes)
      this.#end('too large', `killed at ${Math.round(now.megabytes - start.megabytes)} MB more than before`);
    else if (now.milliseconds - start.milliseconds > this.limits.milliseconds)
      this.#end('hung', 'killed while it computed');
    else if (silence > LONGEST_SILENCE) this.#end('hung', 'killed while it waited');
  }

  #end(verdict: Outcome['verdict'], message: string): void {
    this.#verdict = { verdict, message };
    this.child.kill('SIGKILL');
  }

  /** What became of the case in which the child came to its end. */
  #ended({ number, start }: { readonly number: number; readonly start: Usage }): Outcome {
    const { milliseconds, megabytes } = this.#last;
    const cost = {
      milliseconds: Math.max(0, milliseconds - start.milliseconds),
      megabytes: Math.max(0, megabytes - start.megabytes),
    };
    return { number, ...(this.#verdict ?? this.#crash()), ...cost };
  }

  #crash(): Pick<Outcome, 'verdict' | 'message'> {
    const { exitCode, signalCode } = this.child;
    if (exitCode === 0)
      return { verdict: 'hung', message: 'no answer came, and nothing was left to wait for' };
    if (this.#said.includes('heap out of memory'))
      return { verdict: 'too large', message: `over ${HEAP} MB of objects` };
    return {
      verdict: 'uncaught',
      message: `the process ended by ${signalCode ?? exitCode}: ${this.#said.slice(0, 1000)}`,
    };
  }
}

interface Usage {
  readonly milliseconds: number;
  readonly megabytes: number;
}

function usageOf({ pid }: ChildProcess): Usage {
  return {
    // Where the system does not tell, the clock must do.
    milliseconds: (pid === undefined ? undefined : processorTime(pid)) ?? performance.now(),
    megabytes: (pid === undefined ? undefined : memoryOf(pid)?.now) ?? 0,
  };
}

// Tries a reader with cases of a seed, one after another, in a process that its parent may kill. Not for the command line.
import { setImmediate } from 'node:timers/promises';
import { CaseFolder } from './case-folder.js';
import { damagedCase } from './damaged-case.js';
import { forgetMostMemory, memoryOf } from './memory.js';
import { describeFault, isOneSentence } from './one-sentence.js';
import type { Outcome } from './outcome.js';
import type { Reader } from './reader.js';

/** What the child is to do. */
export interface Order {
  /** Address of a module that holds `READERS`. */
  readonly module: string;
  readonly reader: string;
  readonly seed: number;
  readonly first: number;
  readonly end: number;
  /** Whether in the way of the command line. */
  readonly confirm: boolean;
}

/** What it tells, in this order for each case; `folder` once, before the first. */
export type Report =
  | { readonly kind: 'ready'; readonly folder: string }
  | { readonly kind: 'started'; readonly number: number }
  | { readonly kind: 'finished'; readonly outcome: Outcome };

/** A fault outside of any answer that is waited for. */
let fault: { readonly error: unknown } | undefined;
let onFault = (): void => {};
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error) => {
    fault ??= { error };
    onFault();
  });
}

function tell(report: Report): Promise<void> {
  return new Promise((resolve) => process.send!(report, undefined, undefined, () => resolve()));
}

async function work({ module, reader: name, seed, first, end, confirm }: Order): Promise<void> {
  const { READERS } = (await import(module)) as { readonly READERS: readonly Reader[] };
  const reader = READERS.find((each) => each.name === name)!;
  const read = (confirm ? reader.confirm : undefined) ?? reader.read;
  const samples = await reader.samples();
  const place = await CaseFolder.create();
  await tell({ kind: 'ready', folder: place.around });

  /** Reads what lies in the folder. @returns whether anything else may follow. */
  const attempt = async (
    files: readonly string[],
    content: Buffer,
  ): Promise<Pick<Outcome, 'verdict' | 'message'>> => {
    try {
      const faulty = new Promise<void>((_, reject) => {
        onFault = () => reject(fault!.error);
      });
      faulty.catch(() => {});
      await Promise.race([read.call(reader, place.folder, files), faulty]);
      // What was left to itself goes wrong now at the latest.
      await setImmediate();
      if (fault !== undefined) throw fault.error;
      return { verdict: 'accepted', message: '' };
    } catch (error) {
      const isRefusal = fault === undefined && isOneSentence(error, content);
      if (isRefusal) return { verdict: 'refused', message: error.message.replaceAll(place.folder, 'CASE') };
      return { verdict: 'uncaught', message: describeFault(error, place.folder) };
    }
  };

  try {
    // The sample as it is first: what it loads and fills once is no case's.
    for (const sample of samples) {
      const [[file, bytes]] = Object.entries(sample) as [[string, Buffer]];
      await place.fill(sample, file, bytes);
      const { verdict, message } = await attempt(Object.keys(sample), bytes);
      if (verdict !== 'accepted') throw new Error(`${name} does not take its own sample: ${message}`);
      if (reader.writes !== undefined) await place.empty();
    }
    for (let number = first; number < end && fault === undefined; number++) {
      const { sample, file, bytes } = await damagedCase(reader, samples, seed, number);
      await place.fill(sample, file, bytes);
      forgetMostMemory();
      const memory = memoryOf('self');
      const processor = process.cpuUsage();
      await tell({ kind: 'started', number });
      const answer = await attempt(Object.keys(sample), bytes);
      const { user, system } = process.cpuUsage(processor);
      const megabytes = memory === undefined ? 0 : Math.max(0, memoryOf('self')!.most - memory.now);
      const mayWrite =
        reader.writes === 'always' || (reader.writes === 'accepted' && answer.verdict === 'accepted');
      const strays = await place.strays(mayWrite);
      const { verdict, message } = withLateFaults(answer, strays, place.folder);
      await tell({
        kind: 'finished',
        outcome: { number, verdict, message, milliseconds: (user + system) / 1000, megabytes },
      });
      if (strays.length > 0 || mayWrite) await place.empty();
      else await place.restore(file);
    }
  } finally {
    await place.remove();
  }
}

/** What came to light once a reader had answered. */
function withLateFaults(
  answer: Pick<Outcome, 'verdict' | 'message'>,
  strays: readonly string[],
  folder: string,
): Pick<Outcome, 'verdict' | 'message'> {
  if (strays.length > 0)
    return { verdict: 'uncaught', message: `left behind: ${strays.join(', ')}; ${answer.message}` };
  if (fault !== undefined && answer.verdict !== 'uncaught')
    return { verdict: 'uncaught', message: describeFault(fault.error, folder) };
  return answer;
}

process.once('disconnect', () => process.exit());
process.once('message', (order: Order) => {
  // From here on the work alone holds the process: a reader that nothing will ever answer lets it end, instead of waiting for ever.
  process.channel!.unref();
  work(order).then(
    () => process.exit(0),
    (error: unknown) => {
      console.error(error);
      process.exit(3);
    },
  );
});

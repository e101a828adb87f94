import { SingleBar } from 'cli-progress';

import { printable } from '../printable.js';
import { type Bar, duration, type Reporter } from '../reporter.js';

/**
 * Notes and progress bars on stderr; where stderr is no terminal, a line a minute in place of a bar, and one when the work ends.
 *
 * @param clock milliseconds since some moment.
 */
export function terminalReporter(
  stream: Pick<NodeJS.WriteStream, 'write'> & { readonly isTTY?: boolean },
  clock: () => number = () => performance.now(),
): Reporter {
  return {
    note: (message) => stream.write(`${printable(message)}\n`),
    bar: (title, total) =>
      stream.isTTY === true
        ? terminalBar(stream as NodeJS.WriteStream, printable(title), total)
        : lineBar(stream, printable(title), total, clock),
  };
}

const TITLE_WIDTH = 34;

function terminalBar(stream: NodeJS.WriteStream, title: string, total: number): Bar {
  const bar = new SingleBar({
    stream,
    format: `${title.padEnd(TITLE_WIDTH)} {bar} {percentage} % · {eta_formatted} left`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    etaBuffer: 50,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}

/** Between two lines on the same piece of work, in milliseconds. */
const LINE_EVERY = 60_000;

function lineBar(
  stream: Pick<NodeJS.WriteStream, 'write'>,
  title: string,
  total: number,
  clock: () => number,
): Bar {
  const started = clock();
  let told = started;
  let first: { readonly done: number; readonly at: number } | undefined;
  return {
    update(done) {
      const now = clock();
      // Work that is gone on with begins in the middle; only what was done since then tells how fast it is.
      first ??= { done, at: now };
      if (now - told < LINE_EVERY) return;
      told = now;
      const left = ((total - done) * (now - first.at)) / (done - first.done) / 1000;
      const rest = Number.isFinite(left) ? `, about ${duration(left)} left` : '';
      stream.write(
        `${title}: ${Math.floor((100 * done) / total)} % after ${minutes(now - started)}${rest}\n`,
      );
    },
    stop: () => stream.write(`${title}: ${((clock() - started) / 1000).toFixed(1)} s\n`),
  };
}

function minutes(milliseconds: number): string {
  return `${Math.round(milliseconds / 60_000)} min`;
}

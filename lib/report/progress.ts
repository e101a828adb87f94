import { SingleBar } from 'cli-progress';

import { printable } from '../printable.js';
import type { Bar, Reporter } from '../reporter.js';

/** Notes and progress bars on stderr; no bar where stderr is no terminal, but a line when the work ends. */
export function terminalReporter(stream: NodeJS.WriteStream): Reporter {
  return {
    note: (message) => stream.write(`${printable(message)}\n`),
    bar: (title, total) =>
      stream.isTTY ? terminalBar(stream, printable(title), total) : lineBar(stream, printable(title)),
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

function lineBar(stream: NodeJS.WriteStream, title: string): Bar {
  const started = performance.now();
  return {
    update: () => {},
    stop: () => stream.write(`${title}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`),
  };
}

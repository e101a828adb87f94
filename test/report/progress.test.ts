import test from 'ava';
import { terminalReporter } from '../../lib/report/progress.js';

/** A reporter to what is no terminal, whose clock is set by hand. */
function reported(): {
  lines: string[];
  clock: { seconds: number };
  reporter: ReturnType<typeof terminalReporter>;
} {
  const lines: string[] = [];
  const clock = { seconds: 0 };
  const stream = { write: (text: string) => lines.push(text) > 0 } as unknown as NodeJS.WriteStream;
  return { lines, clock, reporter: terminalReporter(stream, () => 1000 * clock.seconds) };
}

test('without a terminal a line a minute tells how far the work is and how long it will take', (t) => {
  const { lines, clock, reporter } = reported();
  const bar = reporter.bar('Recording', 1000);
  for (let batch = 0; batch <= 10; batch++) {
    clock.seconds = 15 * batch;
    bar.update(50 * batch);
  }
  clock.seconds = 160;
  bar.stop();
  t.deepEqual(lines, [
    'Recording: 20 % after 1 min, about 4 min left\n',
    'Recording: 40 % after 2 min, about 3 min left\n',
    'Recording: 160.0 s\n',
  ]);
});

test('of work that is gone on with only what is done now tells how long it will take', (t) => {
  const { lines, clock, reporter } = reported();
  const bar = reporter.bar('Recording', 1000);
  bar.update(800);
  clock.seconds = 60;
  bar.update(850);
  t.deepEqual(lines, ['Recording: 85 % after 1 min, about 3 min left\n']);
});

test('short work is one line, when it ends', (t) => {
  const { lines, clock, reporter } = reported();
  const bar = reporter.bar('Fitting', 10);
  clock.seconds = 59;
  bar.update(9);
  bar.stop();
  t.deepEqual(lines, ['Fitting: 59.0 s\n']);
});

test('work of which nothing more was done in a minute tells no time', (t) => {
  const { lines, clock, reporter } = reported();
  const bar = reporter.bar('Fitting', 10);
  bar.update(5);
  clock.seconds = 61;
  bar.update(5);
  t.deepEqual(lines, ['Fitting: 50 % after 1 min\n']);
});

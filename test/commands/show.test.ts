import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import { IMPORT_THREE_EXITS, THREE_EXITS, writeLogitFiles } from '../support/logit-files.js';
import { madeOnce } from '../support/made-once.js';
import { mustRun, runCascade, temporaryFolder } from '../support/run-cascade.js';

/** A cascade with two calibrations, the latter called fast. */
const calibratedTwice = madeOnce(async (lifetime) => {
  const folder = await temporaryFolder(lifetime);
  await writeLogitFiles(folder, THREE_EXITS);
  await mustRun(folder, ...IMPORT_THREE_EXITS);
  await mustRun(folder, 'calibrate', 'mine.cascade', '--max-drop', '2%');
  await mustRun(folder, 'calibrate', 'mine.cascade', '--max-drop', '5%', '--as', 'fast');
  return folder;
});

interface Evaluated {
  readonly max_drop_points: number;
}

async function evaluatedDrop(folder: string, ...words: readonly string[]): Promise<number> {
  const { stdout } = await mustRun(folder, 'eval', 'mine.cascade', '--json', ...words);
  return (JSON.parse(stdout) as Evaluated).max_drop_points;
}

test('show lists exits, records, calibrations and sizes, and marks the active calibration', async (t) => {
  const folder = await calibratedTwice(t);
  const { stdout } = await mustRun(folder, 'show', 'mine.cascade');
  const [title, ...lines] = stdout.split('\n');
  t.is(title, 'mine.cascade: imported records on labels, 3 exits, 100,000,000 MACs');
  t.true(
    lines.includes(
      'exit 1  imported      40,000,000               40.0 %          0                                    –',
    ),
  );
  t.true(lines.includes('test         the second half of labels   2,000'));
  t.regex(stdout, /^ {2}1 {2}– +a drop of at most 2 points +shared .* 95 % +1,000 +0 +\d of 3$/m);
  t.regex(stdout, /^\* 2 {2}fast +a drop of at most 5 points +shared .* 95 % +1,000 +0 +\d of 3$/m);
  t.regex(stdout, /`cascade show mine\.cascade --use 1` makes another the active one/);
  t.regex(stdout, /^records +\d/m);
});

test('show --use makes a calibration the active one for all commands, by its number or its name', async (t) => {
  const folder = await calibratedTwice(t);
  t.is(await evaluatedDrop(folder), 5);
  const { stdout } = await mustRun(folder, 'show', 'mine.cascade', '--use', '1', '--json');
  const { calibrations } = JSON.parse(stdout) as {
    calibrations: { number: number; name: string | null; active: boolean; max_drop_points: number }[];
  };
  t.deepEqual(
    calibrations.map(({ number, name, active, max_drop_points: drop }) => [number, name, active, drop]),
    [
      [1, null, true, 2],
      [2, 'fast', false, 5],
    ],
  );
  t.is(await evaluatedDrop(folder), 2);
  t.is(await evaluatedDrop(folder, '--use', 'fast'), 5);
  await mustRun(folder, 'show', 'mine.cascade', '--use', 'fast');
  t.is(await evaluatedDrop(folder), 5);
});

test('a calibration that is not there is one sentence that names those that are', async (t) => {
  const folder = await calibratedTwice(t);
  for (const command of ['show', 'eval', 'run', 'export']) {
    const { code, stderr } = await runCascade(folder, command, 'mine.cascade', '--use', 'slow');
    t.is(code, 2);
    t.is(
      stderr,
      'cascade: mine.cascade has no calibration "slow", but 1, 2 (fast); `cascade show mine.cascade` lists them.\n',
    );
  }
  const { code, stderr } = await runCascade(folder, 'calibrate', 'mine.cascade', '--as', '2');
  t.is(code, 2);
  t.regex(stderr, /^cascade: --as 2 is no name of a calibration; [^\n]+\.\n$/);
});

test('a name that goes to another calibration is told of', async (t) => {
  const folder = await calibratedTwice(t);
  const { stderr } = await mustRun(folder, 'calibrate', 'mine.cascade', '--max-drop', '9%', '--as', 'fast');
  t.regex(stderr, /^fast was the name of calibration 2 and is that of 3 now\.$/m);
});

test('eval of another operating point than the active one leaves the files of that as they are', async (t) => {
  const folder = await calibratedTwice(t);
  const results = path.join(folder, 'results', 'mine');
  await mustRun(folder, 'eval', 'mine.cascade');
  const content = (name: string): Promise<string> => readFile(path.join(results, name), 'utf8');
  const before = await Promise.all(['eval.csv', 'shares.csv', 'groups.csv', 'exits.csv'].map(content));
  await mustRun(folder, 'eval', 'mine.cascade', '--max-drop', '8%');
  await mustRun(folder, 'eval', 'mine.cascade', '--use', '1');
  await mustRun(folder, 'eval', 'mine.cascade', '--use', '1', '--max-drop', '3%');
  const after = await Promise.all(['eval.csv', 'shares.csv', 'groups.csv', 'exits.csv'].map(content));
  t.deepEqual(after, before);
  const names = (await readdir(results)).filter((name) => name.startsWith('eval')).sort();
  t.deepEqual(names, [
    ...['eval-1.csv', 'eval-1.drop-3.csv', 'eval-1.drop-3.run.json', 'eval-1.run.json'],
    ...['eval.csv', 'eval.drop-8.csv', 'eval.drop-8.run.json', 'eval.run.json'],
  ]);
  t.regex(await content('eval-1.csv'), /,2,,,95,given,/);
  t.regex(await content('eval.drop-8.csv'), /,8,,,95,given,/);
});

test("a copy's results never take the place of the original's", async (t) => {
  const folder = await calibratedTwice(t);
  await cp(path.join(folder, 'mine.cascade'), path.join(folder, 'copy.cascade'), { recursive: true });
  await mustRun(folder, 'eval', 'mine.cascade');
  const before = await readFile(path.join(folder, 'results', 'mine', 'eval.csv'), 'utf8');
  await mustRun(folder, 'calibrate', 'copy.cascade', '--max-drop', '9%');
  await mustRun(folder, 'eval', 'copy.cascade');
  t.is(await readFile(path.join(folder, 'results', 'mine', 'eval.csv'), 'utf8'), before);
  t.regex(await readFile(path.join(folder, 'results', 'copy', 'eval.csv'), 'utf8'), /\ncopy,labels,test,/);
});

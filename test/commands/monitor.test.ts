import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { Monitor } from '../../lib/cascade/monitor/monitor.js';
import { PICTURES, QUESTION, withPictures } from '../cascade/ask/asked-cascade.js';
import { runCascade } from '../support/run-cascade.js';

interface Report {
  readonly images: number;
  readonly checked: number;
  readonly full_runs: number;
  readonly disagreements: number;
  readonly evidence: number;
  readonly reference: { readonly source: string; readonly images: number; readonly disagreements: number };
  readonly alarm: { readonly images: number } | null;
}

async function reportOf(t: ExecutionContext, folder: string, state: string): Promise<Report> {
  const { stdout, stderr } = await runCascade(folder, 'monitor', state, '--json', '--quiet');
  t.notRegex(stderr, /unexpected/);
  return JSON.parse(stdout);
}

test('run --monitor goes on where an earlier run stopped, to the same state as one run', async (t) => {
  const { folder, cascade } = await withPictures(t);
  const whole = ['run', cascade, 'pictures', '--format', 'csv', '--quiet', '--monitor', '40%'];
  const once = await runCascade(folder, ...whole, '--monitor-state', 'once.json');
  const names = (await readdir(path.join(folder, 'pictures'))).sort();
  const rows: string[] = [];
  for (const [part, [from, to]] of [
    [0, 1],
    [1, 70],
    [70, PICTURES],
  ].entries()) {
    const images = names.slice(from, to).map((name) => path.join('pictures', name));
    const run = await runCascade(
      folder,
      ...['run', cascade, ...images, '--format', 'csv', '--quiet', '--monitor', '40%'],
      ...['--monitor-state', 'pieces.json', '--batch', String(3 + part)],
    );
    rows.push(...run.stdout.trim().split('\n').slice(1));
  }
  t.deepEqual(rows, once.stdout.trim().split('\n').slice(1));
  t.is(
    await readFile(path.join(folder, 'pieces.json'), 'utf8'),
    await readFile(path.join(folder, 'once.json'), 'utf8'),
  );
  const { images, checked, full_runs: runs } = await reportOf(t, folder, 'once.json');
  t.is(images, PICTURES);
  t.true(checked > 35 && checked < 85 && runs <= checked, `${checked}`);
});

test('without --monitor answers are the same, and what the full network checked is billed with it', async (t) => {
  const { folder, cascade } = await withPictures(t);
  const words = ['run', cascade, 'pictures', '--json', '--quiet'];
  const plain = JSON.parse((await runCascade(folder, ...words)).stdout) as { macs: number }[];
  const { stdout } = await runCascade(folder, ...words, '--monitor', '100%');
  const checked = JSON.parse(stdout) as { macs: number; checked: boolean }[];
  const { full_runs: runs, checked: count, disagreements } = await reportOf(t, folder, cascade);
  t.is(count, PICTURES);
  t.true(disagreements <= runs);
  const { full_macs: full } = JSON.parse(await readFile(path.join(folder, cascade, 'cascade.json'), 'utf8'));
  const extra = checked.map(({ macs }, image) => macs - plain[image]!.macs);
  t.true(extra.every((macs) => macs === 0 || macs === full));
  t.is(extra.filter((macs) => macs === full).length, runs);
  t.deepEqual(
    checked.map((answer) => answer.checked),
    extra.map((macs) => macs === full),
  );
  t.deepEqual(
    checked.map(({ macs: _, checked: __, ...answer }) => answer),
    plain.map(({ macs: _, ...answer }) => answer),
  );
});

test('a state of earlier thresholds is shown with a word about that', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await runCascade(folder, 'run', cascade, 'pictures', '--quiet', '--monitor', '40%');
  const before = await runCascade(folder, 'monitor', cascade);
  t.notRegex(before.stderr, /other thresholds/);
  await runCascade(folder, 'calibrate', cascade, '--max-drop', '30%', '--confidence', 'none');
  const after = await runCascade(folder, 'monitor', cascade);
  t.regex(
    after.stderr,
    /monitor\.json is of other thresholds: it says nothing of .* as it is calibrated now\./,
  );
  t.is(after.stdout, before.stdout);
});

/** A state that is held against images on which cascade and full network nearly always agree. */
async function strictState(folder: string, cascade: string): Promise<void> {
  const reference = { source: 'photos', images: 1000, disagreements: 1 };
  const monitor = await Monitor.open(path.join(folder, cascade), { share: 1, reference });
  await monitor.close();
}

test('a stream that disagrees more than its reference raises the alarm: one sentence and the exit code 3', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await strictState(folder, cascade);
  const run = await runCascade(folder, 'run', cascade, 'pictures', '--format', 'csv', '--monitor', '100%');
  t.is(run.code, 3);
  t.is(run.stdout.trim().split('\n').length, 1 + PICTURES, 'the run goes on');
  const { alarm } = await reportOf(t, folder, cascade);
  const sentence =
    /^cascade: Alarm: small disagrees with the full network on more of these images than of those that it was calibrated for \(\d+ of (\d+) checked up to image \1, where at most 0\.56 % would disagree without a change\); its promise does not cover them, so calibrate with images like them\.$/m;
  t.regex(run.stderr, sentence);
  t.is(Number(sentence.exec(run.stderr)![1]), alarm!.images);
  t.regex(run.stderr, new RegExp(`^The alarm is raised at image ${alarm!.images}; the run goes on\\.$`, 'm'));

  const shown = await runCascade(folder, 'monitor', cascade);
  t.is(shown.code, 3);
  t.regex(shown.stdout, new RegExp(`^Monitor of small: alarm since image ${alarm!.images}\n`));
  t.regex(shown.stderr, sentence);

  await writeFile(path.join(folder, 'bad.png'), 'no picture');
  const again = await runCascade(folder, 'run', cascade, 'bad.png', '--monitor', '1%', '--format', 'csv');
  t.is(again.code, 3, 'an alarm stays, and an image that cannot be read does not hide it');
  t.regex(again.stderr, /^bad\.png cannot be decoded/m);
});

test('monitor shows what was seen, from the cascade or the file of the state', async (t) => {
  const { folder, cascade } = await withPictures(t);
  const none = await runCascade(folder, 'monitor', cascade);
  t.is(none.code, 2);
  t.is(
    none.stderr,
    'cascade: small.cascade/monitor.json is not there; begin with `cascade run small.cascade <images> --monitor 1%`.\n',
  );
  await runCascade(folder, 'run', cascade, 'pictures', '--quiet', '--monitor', '20%', '--false-alarms', '1%');
  const { code, stdout } = await runCascade(folder, 'monitor', cascade);
  t.is(code, 0);
  t.is((await runCascade(folder, 'monitor', path.join(cascade, 'monitor.json'))).stdout, stdout);
  const report = await reportOf(t, folder, cascade);
  t.deepEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/))
      .slice(0, 4),
    [['Monitor of small: no alarm'], [''], ['seen', 'number'], ['images', '150']],
  );
  t.regex(
    stdout,
    new RegExp(
      `^checked +a share of 20 %; the full network was run for ${report.full_runs} +${report.checked}$`,
      'm',
    ),
  );
  t.regex(
    stdout,
    /^evidence of a change +begins at 1, raises the alarm at 200 \(false alarms: at most 1 %\) +[\d.e-]+$/m,
  );
});

test('monitor --reference begins with images without labels, and replaces a state by force only', async (t) => {
  const { folder, cascade } = await withPictures(t);
  const words = ['monitor', cascade, '--reference', 'pictures', '--json', '--quiet'];
  const { code, stdout, stderr } = await runCascade(folder, ...words);
  t.is(code, 0, stderr);
  const { reference, images } = JSON.parse(stdout) as Report;
  t.is(images, 0);
  await runCascade(folder, 'run', cascade, 'pictures', '--quiet', '--monitor', '100%');
  const report = await reportOf(t, folder, cascade);
  t.deepEqual(reference, { source: 'pictures', images: PICTURES, disagreements: report.disagreements });
  const refused = await runCascade(folder, ...words);
  t.is(refused.code, 2);
  t.regex(refused.stderr, /monitor\.json is there already; name another --monitor-state, or add --force/);
  t.is((await runCascade(folder, ...words, '--force')).code, 0);
  t.is((await reportOf(t, folder, cascade)).images, 0);
  const thesis = path.join(folder, 'thesis.tex');
  await writeFile(thesis, 'years of work');
  const spared = await runCascade(folder, ...words, '--force', '--monitor-state', 'thesis.tex');
  t.is(spared.code, 1);
  t.regex(spared.stderr, /"thesis\.tex is not valid JSON; /);
  t.is(await readFile(thesis, 'utf8'), 'years of work');
});

test('a cascade calibrated by answers has no other images of their source, and says what to do', async (t) => {
  const { folder, cascade } = await withPictures(t);
  await runCascade(folder, 'ask', cascade, ...QUESTION, '--quiet');
  const calibrated = await runCascade(
    folder,
    'calibrate',
    cascade,
    '--answers',
    'ask/ask.csv',
    '--max-drop',
    '99%',
    '--quiet',
  );
  t.is(calibrated.code, 0, calibrated.stderr);
  const { code, stderr } = await runCascade(folder, 'run', cascade, 'pictures', '--monitor', '1%');
  t.is(code, 2);
  t.is(
    stderr,
    'cascade: small.cascade was calibrated on pictures and has no other images of that source; give some without labels: cascade monitor small.cascade --reference <images>.\n',
  );
  const again = await runCascade(folder, 'monitor', cascade, '--reference', 'pictures/');
  t.is(again.code, 2);
  t.is(
    again.stderr,
    'cascade: The thresholds were chosen on pictures/, on which cascade and full network agree more often than on other images; give --reference images that had no part in it.\n',
  );
});

test('a share of no image or of more than all is refused, and a cascade that is not there leaves no folder', async (t) => {
  const { folder, cascade } = await withPictures(t);
  for (const share of ['0', '0%', '5', 'all'])
    t.is((await runCascade(folder, 'run', cascade, 'pictures', '--monitor', share)).code, 2, share);
  const absent = await runCascade(folder, 'run', 'nothing.cascade', 'pictures', '--monitor', '1%');
  t.regex(absent.stderr, /^cascade: nothing\.cascade is not there/);
  t.false((await readdir(folder)).includes('nothing.cascade'));
});
